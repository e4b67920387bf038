"""What other records tell of a hidden cooperation does not reach the evidence: a network where only the leak
could tell.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest

from graphsvc.domain.actors import Actor, DatedName
from graphsvc.domain.agreements import Agreement, Party
from graphsvc.domain.announcements import Nature
from graphsvc.domain.events import Attendance, AttendanceRole, Event, EventKind
from graphsvc.domain.experiences import Experience
from graphsvc.domain.links import LinkKind
from graphsvc.domain.projects import Participation, Project
from graphsvc.domain.records import Record, RecordKind
from graphsvc.domain.themes import Theme
from graphsvc.snapshot import Snapshot
from matcher.evaluation.held_out import evaluate
from matcher.evaluation.hiding import known_pairs, without
from matcher.evaluation.metrics import Estimate
from matcher.evaluation.traces import as_written, names_of
from tests.matcher.networks import TODAY, actor, link, need, offer, snapshot_of, year

ORDINARY = frozenset({"eau", "evry"})


@pytest.mark.parametrize(
    ("text", "name", "left"),
    [
        ("Les amis de Kayes", "Kayes", "Les amis de"),
        ("l'Eau vive et l'eau", "L'Eau vive", "et l'eau"),
        ("comité de Bexley", "Association Les Amis de Bexley", "comité de"),
        ("Jumelée avec Saint-Louis du Sénégal", "Ville de Saint-Louis", "Jumelée avec du Sénégal"),
        ("les régions de KAYÈS et de Dakar", "Région de Kayes", "les régions de et de Dakar"),
        ("KAYES", "Kayes", ""),
        ("Un puits à l'eau", "Eau", "Un puits à"),
        ("Un puits", "Un", "Un puits"),
        ("Des puits à Évry", "Ville d'Évry", "Des puits à Évry"),
        ("Avec la Ville d'Évry", "Ville d'Évry", "Avec la"),
        ("rien", "", "rien"),
    ],
)
def test_a_name_is_taken_out_however_it_is_written(text: str, name: str, left: str) -> None:
    assert names_of([name], ORDINARY).out_of(text) == left


def test_a_title_is_met_as_it_is_written() -> None:
    title = as_written(["Des puits pour Kayes"])
    assert title.met("Suite de « Des puits pour Kayes ».")
    assert not title.met("À Kayes, des puits")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Fait du sport ; travaille avec Bexley ! Et danse.", "Fait du sport ; Et danse."),
        ("Jumelée avec Bexley", None),
        ("Fait du sport.", "Fait du sport."),
        (None, None),
    ],
)
def test_the_clauses_that_name_the_partner_go(text: str | None, left: str | None) -> None:
    assert names_of(["Bexley"], ORDINARY).clauses_left(text) == left


def _copy(*records: Record, hidden: tuple[str, str]) -> Snapshot:
    return without(snapshot_of(*records), frozenset({hidden}), frozenset(), "t")


def test_neither_side_nor_what_it_did_names_the_other() -> None:
    copy = _copy(
        actor("a", "Amis de Bexley", purpose="Fait du sport. Reçoit Kalimba.", acronym="ADB",
              other_names=(DatedName("Comité Bexley-Kalimba"),)),
        actor("b", "Kalimba", purpose="Danse avec l'ADB"),
        actor("c"),
        link("a", "b"),
        Agreement("deal", "Avec Kalimba", LinkKind.PARTNERSHIP, parties=(Party("a"), Party("c")),
                  description="Trois ans. Kalimba est invitée."),
        Project("p", "Kalimba", participations=_parts("a", "c")),
        Experience("told", "Une année", actor="a", themes=("wells",), failures="La venue de Kalimba"),
        Experience("kept", "Une autre année", actor="a", themes=("wells",)),
        Experience("other", "Kalimba", actor="c"),
        need("told", "b", description="Avec les amis de Bexley"),
        need("kept", "b"),
        hidden=("a", "b"),
    )  # fmt: skip
    a, b = copy.actor(0), copy.actor(1)
    assert (a.name, a.acronym, a.purpose) == ("Amis de Bexley", "ADB", "Fait du sport.")
    assert [n.text for n in a.other_names] == ["Comité"]
    assert (b.name, b.purpose) == ("Kalimba", None)
    assert (copy.agreement(0).title, copy.agreement(0).description) == ("Avec", "Trois ans.")
    assert copy.project(0).title == "?"
    assert copy.experience_ids == ("kept", "other")
    assert copy.announcement_ids == ("kept",)


def test_a_project_no_longer_names_who_left_it_nor_they_the_project() -> None:
    snapshot = snapshot_of(
        actor("a", "ADK", purpose="Porte « Des puits » ; danse"), actor("b"),
        Project("p", "ADK : Des puits", description="Par ADK. Trois ans.", participations=_parts("a", "b")),
        Project("q", "Des puits", participations=_parts("a", "b")),
        Experience("told", "Des puits", actor="a"),
    )  # fmt: skip
    copy = without(snapshot, frozenset(), frozenset({("p", "a"), ("q", "a")}), "t")
    assert (copy.project(0).title, copy.project(0).description) == (": Des puits", "Trois ans.")
    assert copy.actor(0).purpose == "danse"
    assert copy.experience_ids == ()


def test_what_joined_two_since_the_project_began_may_come_of_it_what_joined_them_before_stays() -> None:
    begun = replace(link("a", "b", id="begun"), start=year(2012))
    snapshot = snapshot_of(
        *(actor(key) for key in "abc"),
        Project("p", "P", start=year(2010), participations=_parts("a", "b")),
        begun, link("a", "b", id="earlier", start=year(2005)), link("a", "b", id="undated"),
        link("a", "c", id="elsewhere", start=year(2012)),
        link("a", "b", LinkKind.FUNDING, id="money", start=year(2012)),
        Agreement("deal", "D", LinkKind.PARTNERSHIP, start=year(2010), parties=(Party("a"), Party("b"))),
    )  # fmt: skip
    copy = without(snapshot, frozenset(), frozenset({("p", "a")}), "t")
    assert copy.link_ids == ("earlier", "elsewhere", "money", "undated")
    assert copy.agreement_ids == ()


TOWNS = 48


def _secret(n: int) -> str:
    """A word that two partners alone share."""
    letters = "bcdfgklmnprstvz"
    return "".join(letters[(n // 15**d) % 15] + vowel for d, vowel in enumerate("aou")) + "x"


def _leaking(pairs: Sequence[tuple[int, int]], *, named: bool) -> Snapshot:
    """Actors of whom nothing tells them apart but what tells of a cooperation with each partner. `named`: it
    names that partner; otherwise somebody unknown.
    """
    names = [f"Association {_secret(n)[::-1]}" for n in range(TOWNS)]
    records: list[Record] = [Theme(_secret(100 + k), _secret(100 + k)) for k in range(len(pairs))]
    purposes: dict[int, str] = dict.fromkeys(range(TOWNS), "")
    for k, (i, j) in enumerate(pairs):
        word = _secret(500 + k)
        for one, other in ((i, j), (j, i)):
            who = names[other] if named else "Zzz"
            purposes[one] += f" A mené le chantier {word} avec {who}."
            records += [
                Experience(
                    f"s{k}-{one}", f"Avec {who}", actor=f"t{one:02d}", themes=(_secret(100 + k),), done=word
                ),
                (need if one == i else offer)(
                    f"n{k}-{one}", f"t{one:02d}", Nature.TRAINING, themes=(_secret(100 + k),), description=who
                ),
            ]
        records.append(_cooperation(k, f"t{i:02d}", f"t{j:02d}", word, _secret(100 + k)))
        attended = tuple(Attendance(f"t{n:02d}", AttendanceRole.ATTENDED) for n in (i, j))
        records.append(Event(f"e{k}", word, EventKind.MEETING, (_secret(100 + k),), attendances=attended))
    return snapshot_of(*records, *(_town(n, name, purposes[n]) for n, name in enumerate(names)))


def _town(n: int, name: str, purpose: str) -> Actor:
    return actor(f"t{n:02d}", name, purpose=purpose.strip() or None)


def _cooperation(k: int, a: str, b: str, word: str, theme: str) -> Record:
    """A link one time in two, an agreement the other."""
    if k % 2:
        return link(a, b, id=f"l{k}", description=word, themes=(theme,), start=year(2010))
    parties = (Party(a), Party(b))
    return Agreement(f"d{k}", word, LinkKind.PARTNERSHIP, themes=(theme,), description=word, parties=parties)


RING = [*pairwise(range(TOWNS)), (0, TOWNS - 1)]


def test_where_only_a_leak_could_tell_no_method_finds_anybody() -> None:
    """A ring: who cooperates with whom follows from nothing, and two partners have no third in common."""
    found = evaluate(_leaking(RING, named=True), today=TODAY, hide=0.2, seed=2, rounds=2)
    for name in ("default", "text_only", "theme_only", "distance_only"):
        method = found.method(name)
        assert method is not None
        assert _value(method.auc_degree_matched) == pytest.approx(0.5, abs=0.05), name
        assert _value(method.mrr) < 0.1, name


def test_the_same_told_of_somebody_else_would_be_found() -> None:
    """The same network, whose sheets and texts name nobody: what was left out above would have told all."""
    found = evaluate(_leaking(RING, named=False), today=TODAY, hide=0.2, seed=2, rounds=2)
    default = found.method("default")
    assert default is not None
    assert _value(default.auc_degree_matched) > 0.95
    assert _value(default.mrr) > 0.5


def test_a_copy_of_the_leaking_network_reads_as_if_the_two_had_never_met() -> None:
    snapshot, never = _leaking(RING, named=True), _leaking(RING[:-1], named=True)
    pair = ("t00", f"t{TOWNS - 1}")
    assert pair in known_pairs(snapshot)
    copy = without(snapshot, frozenset({pair}), frozenset(), "t")
    kinds = (
        RecordKind.LINK,
        RecordKind.AGREEMENT,
        RecordKind.EXPERIENCE,
        RecordKind.ANNOUNCEMENT,
        RecordKind.ACTOR,
    )
    for kind in kinds:
        assert list(copy.tables[kind]) == list(never.tables[kind])


def _value(estimate: Estimate) -> float:
    assert estimate.value is not None
    return estimate.value


def _parts(*keys: str) -> tuple[Participation, ...]:
    return tuple(Participation(key) for key in keys)
