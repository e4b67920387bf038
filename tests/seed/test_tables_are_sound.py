"""Every row of the seed names its source, resolves, and holds what its column may hold."""

import re
from enum import StrEnum

import pytest

from graphsvc.domain.actors import ActorKind, ActorRole, Engagement, SchoolLevel
from graphsvc.domain.announcements import AnnouncementState, Direction, Nature
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.events import AttendanceRole, EventKind
from graphsvc.domain.links import LinkKind, State
from graphsvc.domain.places import PlaceLevel, PlaceRole
from graphsvc.domain.projects import ParticipationRole
from tests.seed.essonne_tables import FOLDER, TABLES, Row, cells, documented_sources, keys, rows, values

KEYED = {"themes": "code", "competences": "code", "territoires": "code"}
PARTS = {"parties": ("accord", "accords"), "participants": ("evenement", "evenements")}
SINGLE = (
    ("acteur", "acteurs"),
    ("acteur_a", "acteurs"),
    ("acteur_b", "acteurs"),
    ("financeur", "acteurs"),
    ("rattache_a", "acteurs"),
    ("accord", "accords"),
    ("projet", "projets"),
    ("evenement", "evenements"),
    ("lieu", "territoires"),
    ("code_insee", "territoires"),
)
SEVERAL = (("succede_a", "acteurs"), ("themes", "themes"), ("territoires", "territoires"))
DATES = (
    "debut",
    "fin",
    "confirme_le",
    "confirmee_le",
    "publiee_le",
    "expire_le",
    "ouvre_le",
    "ferme_le",
    "annee_creation",
)
CODES: dict[tuple[str, str], type[StrEnum]] = {
    ("acteurs", "type"): ActorKind,
    ("acteurs", "roles"): ActorRole,
    ("acteurs", "niveau"): SchoolLevel,
    ("acteurs", "engagement"): Engagement,
    ("relations", "type"): LinkKind,
    ("relations", "etat"): State,
    ("accords", "type"): LinkKind,
    ("accords", "etat"): State,
    ("projets", "etat"): State,
    ("participations", "role"): ParticipationRole,
    ("annonces", "sens"): Direction,
    ("annonces", "nature"): Nature,
    ("annonces", "etat"): AnnouncementState,
    ("evenements", "type"): EventKind,
    ("participants", "role"): AttendanceRole,
    ("appels", "pour"): ActorKind,
    ("territoires", "niveau"): PlaceLevel,
    ("territoires", "role"): PlaceRole,
}
EXTERNAL = re.compile(r"sdg:\d{1,2}(\.[0-9a-d]{1,2})?|dac:\d{3}(\d{2})?|rna:\d{6}")
CIVILITY = re.compile(r"(?<!\w)(?:M\.|MM\.|Mme|Mmes|Mlle|Monsieur|Madame|Mademoiselle|Dr)(?!\w)")
E_MAIL = re.compile(r"\S@\S")
PHONE = re.compile(r"(?<!\d)(?:\+33|0[1-9])(?:[ .-]?\d{2}){4}(?!\d)")
IDENTIFIERS = (
    "id",
    "code",
    "siren",
    "code_insee",
    "parent",
    "territoires",
    "lieu",
    "latitude",
    "longitude",
    "codes_externes",
)


def key_column(table: str) -> str:
    return KEYED.get(table, "id")


@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_rows_of_the_width_of_its_header(table: str) -> None:
    assert rows(table)
    assert all(None not in row and None not in row.values() for row in rows(table))


@pytest.mark.parametrize("table", [t for t in TABLES if "id" in rows(t)[0] or t in KEYED])
def test_keys_are_unique_and_filled(table: str) -> None:
    found = keys(table, key_column(table))
    assert all(found)
    assert len(found) == len(set(found))


def test_keys_of_actors_are_short_readable_words() -> None:
    assert [k for k in keys("acteurs") if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", k) or len(k) > 60] == []


@pytest.mark.parametrize("table", [t for t in TABLES if t not in PARTS])
def test_each_row_names_a_source_that_the_list_of_sources_explains(table: str) -> None:
    known = documented_sources()
    assert known
    assert [
        row for row in rows(table) if not values(row, "source") or not set(values(row, "source")) <= known
    ] == []


def test_no_explained_source_is_unused() -> None:
    used = {source for table in TABLES for row in rows(table) for source in values(row, "source")}
    drawn = {"data-natural-earth"}  # the contours of the countries, beside the tables
    assert documented_sources() == used | drawn


@pytest.mark.parametrize(("column", "target"), SINGLE)
def test_a_reference_resolves(column: str, target: str) -> None:
    known = set(keys(target, key_column(target)))
    assert [(t, line, v) for t, line, c, v in cells() if c == column and v not in known] == []


@pytest.mark.parametrize(("column", "target"), SEVERAL)
def test_references_in_a_list_resolve(column: str, target: str) -> None:
    known = set(keys(target, key_column(target)))
    missing = [(t, row) for t in TABLES for row in rows(t) if not set(values(row, column)) <= known]
    assert missing == []


def test_the_skills_of_announcements_resolve() -> None:
    known = set(keys("competences", "code"))
    assert [row["id"] for row in rows("annonces") if not set(values(row, "competences")) <= known] == []


@pytest.mark.parametrize("table", ["themes", "competences", "territoires"])
def test_parents_resolve_and_make_a_tree(table: str) -> None:
    parent = {row["code"]: row["parent"] for row in rows(table)}
    assert {up for up in parent.values() if up} <= set(parent)
    for start in parent:
        seen: list[str] = []
        at = start
        while at:
            assert at not in seen
            seen.append(at)
            at = parent[at]


def test_themes_have_two_levels() -> None:
    top = {row["code"] for row in rows("themes") if not row["parent"]}
    assert {row["parent"] for row in rows("themes") if row["parent"]} <= top


@pytest.mark.parametrize("column", DATES)
def test_dates_parse(column: str) -> None:
    for table, line, name, value in cells():
        if name == column:
            assert PartialDate.parse(value).year >= 1900, (table, line)


def test_no_period_ends_before_it_begins() -> None:
    def period(row: Row) -> tuple[str, str]:
        return row.get("debut") or row.get("annee_creation", ""), row.get("fin", "")

    for table in TABLES:
        for row in rows(table):
            start, end = period(row)
            if start and end:
                assert PartialDate.parse(start).first_day <= PartialDate.parse(end).last_day, row


@pytest.mark.parametrize(("table", "column"), CODES)
def test_codes_belong_to_the_domain(table: str, column: str) -> None:
    known = {code.value for code in CODES[table, column]}
    assert {value for row in rows(table) for value in values(row, column)} <= known


def test_external_codes_have_the_form_of_their_nomenclature() -> None:
    codes = [code for row in rows("themes") for code in values(row, "codes_externes")]
    assert codes
    assert [code for code in codes if not EXTERNAL.fullmatch(code)] == []


def test_points_are_complete_and_on_earth() -> None:
    for table in ("acteurs", "territoires"):
        for row in rows(table):
            assert bool(row["latitude"]) == bool(row["longitude"]), row
            if row["latitude"]:
                assert -90 <= float(row["latitude"]) <= 90
                assert -180 <= float(row["longitude"]) <= 180


def test_no_cell_names_a_person_or_a_way_to_reach_one() -> None:
    for pattern in (CIVILITY, E_MAIL, PHONE):
        found = [cell for cell in cells() if cell[2] not in IDENTIFIERS and pattern.search(cell[3])]
        assert found == []


def test_no_cell_has_stray_spaces_or_straight_quotes_around_words() -> None:
    assert [c for c in cells() if c[3] != c[3].strip() or "  " in c[3] or '"' in c[3]] == []


def test_the_list_of_sources_speaks_of_every_table() -> None:
    text = (FOLDER / "SOURCES.md").read_text(encoding="utf-8")
    assert [table for table in TABLES if f"{table}.csv" not in text] == []
