import random
from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graphsvc.domain.actors import Actor, ActorKind, ActorRole, DatedName, DatedRole
from graphsvc.domain.errors import AmbiguousName, UnknownRecord
from graphsvc.domain.links import Link, LinkKind
from graphsvc.domain.places import Place, PlaceLevel
from graphsvc.domain.records import Record
from graphsvc.domain.themes import Theme
from graphsvc.ports import Put
from graphsvc.search import (
    Filter,
    How,
    find_actor,
    find_place,
    find_theme,
    nearest_names,
    nearest_topics,
    search,
    select,
)
from graphsvc.snapshot.build import build_snapshot
from graphsvc.snapshot.snapshot import Snapshot
from graphsvc.stores.memory import MemoryStore

Make = Callable[..., Snapshot]
TODAY = date(2030, 1, 1)


def actor(id_: str, name: str, kind: ActorKind = ActorKind.ASSOCIATION, **more: object) -> Actor:
    return Actor(id_, name, kind, **more)  # type: ignore[arg-type]


ESSONNE: list[Record] = [
    Place("FR", "France", PlaceLevel.COUNTRY),
    Place("91", "Essonne", PlaceLevel.DEPARTMENT, parent="FR"),
    Place("91228", "Évry-Courcouronnes", PlaceLevel.MUNICIPALITY, parent="91"),
    Place("ML", "Mali", PlaceLevel.COUNTRY),
    Place("ML-1", "Kayes", PlaceLevel.REGION, parent="ML"),
    Place("ML-k", "Kayes", PlaceLevel.DISTRICT, parent="ML-1"),
    Theme("water", "Eau", synonyms=("puits",)),
    Theme("floods", "Inondations", parent="water"),
    Theme("health", "Santé"),
    actor("1", "Œuvres d'Évry", acronym="ODE", themes=("floods",), territories=("ML-1",), seat="91228"),
    actor("2", "Comité de jumelage d'Évry", ActorKind.TWINNING_COMMITTEE, themes=("water",)),
    actor(
        "3",
        "Communauté d'agglomération",
        ActorKind.INTERCOMMUNALITY,
        other_names=(DatedName("SAN d'Évry"),),
        roles=(DatedRole(ActorRole.FUNDER),),
        themes=("health",),
    ),
    actor("4", "Évry", ActorKind.COMMUNE, territories=("ML-k",), seat="91228"),
    actor("5", "Ode à la joie", seat="91"),
    actor("6", "Association Tambacounda", siren="123456789"),
    Link("l", "2", "4", LinkKind.PARTNERSHIP),
]


@pytest.fixture
def essonne(snapshot_of: Make) -> Snapshot:
    return snapshot_of(*ESSONNE)


def found(snapshot: Snapshot, text: str, **options: object) -> list[str]:
    return [snapshot.ids[h.index] for h in search(snapshot, text, **options)]  # type: ignore[arg-type]


def test_exact_comes_before_beginnings_then_acronym_then_former_names(essonne: Snapshot) -> None:
    assert found(essonne, "evry") == ["4", "1", "2", "3"]
    assert found(essonne, "ode") == ["5", "1"]
    hits = search(essonne, "evry")
    assert [h.how for h in hits] == [How.EXACT, How.PREFIX, How.PREFIX, How.OTHER_NAME]
    assert hits[3].matched == "SAN d'Évry"


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("oeuvres", "1"),
        ("ŒUVRES D’EVRY", "1"),
        ("ouvres devry", "1"),
        ("comite jumelge", "2"),
        ("jumelage evry", "2"),
        ("evry jumelage", "2"),
        ("tambakounda", "6"),
        ("tambacoumda association", "6"),
        ("SAN d Evry", "3"),
        ("comm agglo", "3"),
        ("tamba", "6"),
        ("123456789", "6"),
        ("siren:123456789", "6"),
        ("6", "6"),
    ],
)
def test_a_name_is_found_despite_accents_ligatures_order_and_typing_errors(
    text: str, first: str, essonne: Snapshot
) -> None:
    assert found(essonne, text)[0] == first


def test_kinds_and_limit_narrow_the_answer(essonne: Snapshot) -> None:
    assert found(essonne, "evry", kinds=[ActorKind.COMMUNE]) == ["4"]
    assert found(essonne, "evry", limit=2) == ["4", "1"]
    assert found(essonne, "   ") == []
    assert found(essonne, "") == []


def test_names_in_other_scripts_or_in_signs_are_found(snapshot_of: Make) -> None:
    snapshot = snapshot_of(actor("a", "جمعية التعاون"), actor("b", "!!!"), actor("c", "友好協会"))
    assert found(snapshot, "التعاون") == ["a"]
    assert found(snapshot, "!!!") == ["b"]
    assert found(snapshot, "友好") == ["c"]


def test_an_empty_graph_answers_nothing(snapshot_of: Make) -> None:
    snapshot = snapshot_of()
    assert search(snapshot, "x") == []
    assert nearest_names(snapshot, "x") == []
    assert select(snapshot, Filter(text="x"), TODAY).indices == []


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    names=st.lists(st.text("abcé 'œ|-", min_size=1, max_size=8).filter(str.strip), min_size=1, max_size=8),
    text=st.text("abcé 'œ|-", max_size=8),
    seed=st.integers(0, 99),
)
def test_the_answer_does_not_depend_on_the_order_of_writing_and_every_exact_name_comes_first(
    names: list[str], text: str, seed: int
) -> None:
    records = [actor(f"{i}", name) for i, name in enumerate(names)]
    shuffled = records.copy()
    random.Random(seed).shuffle(shuffled)
    snapshots = []
    for order in (records, shuffled):
        store = MemoryStore()
        for record in order:
            store.apply([Put(record)], by="test")
        snapshots.append(build_snapshot(store))
    first, second = (search(s, text, limit=None) for s in snapshots)
    assert first == second
    assert [h.score for h in first] == sorted((h.score for h in first), reverse=True)
    for name in names:
        best = search(snapshots[0], name)[0]
        assert best.score == 100 or snapshots[0].ids[best.index] == name


def test_one_actor_is_found_by_key_or_exact_name_and_former_names(essonne: Snapshot) -> None:
    for key in ("1", "oeuvres d'evry", "ŒUVRES D'ÉVRY", " 1 "):
        assert essonne.ids[find_actor(essonne, key)] == "1"
    assert essonne.ids[find_actor(essonne, "san d’évry")] == "3"
    assert essonne.ids[find_actor(essonne, "siren:123456789")] == "6"


def test_an_unknown_actor_comes_with_its_nearest_and_an_ambiguous_one_with_its_candidates(
    essonne: Snapshot, snapshot_of: Make
) -> None:
    with pytest.raises(UnknownRecord) as unknown:
        find_actor(essonne, "Asociation Tambacunda")
    assert unknown.value.nearest[0] == {"id": "6", "name": "Association Tambacounda"}
    assert len(unknown.value.nearest) <= 3
    five = snapshot_of(actor("a", "Commune de Kayes"), actor("b", "Commune de Massy"))
    with pytest.raises(UnknownRecord) as unknown:
        find_actor(five, "Kaies")  # one letter replaced in a word of five
    assert [entry["id"] for entry in unknown.value.nearest] == ["a"]
    twice = snapshot_of(actor("a", "Amicale"), actor("b", "AMICALE", ActorKind.BUSINESS))
    with pytest.raises(AmbiguousName) as ambiguous:
        find_actor(twice, "amicale")
    assert [(c["id"], c["kind"]) for c in ambiguous.value.candidates] == [
        ("a", "association"),
        ("b", "business"),
    ]


def test_themes_and_places_are_found_by_code_label_and_synonym(essonne: Snapshot) -> None:
    assert essonne.theme_ids[find_theme(essonne, "puits")] == "water"
    assert essonne.theme_ids[find_theme(essonne, "WATER")] == "water"
    assert essonne.place_ids[find_place(essonne, "mali")] == "ML"
    with pytest.raises(AmbiguousName):
        find_place(essonne, "kayes")
    with pytest.raises(UnknownRecord) as unknown:
        find_theme(essonne, "inondation")
    assert unknown.value.nearest[0]["id"] == "floods"
    places = [essonne.place(p) for p in range(len(essonne.place_ids))]
    assert nearest_topics(places, "evry courcouronne", 1)[0].id == "91228"


def test_the_directory_is_in_french_order(snapshot_of: Make) -> None:
    names = ["cote", "côté", "coté", "côte", "Élan", "zèbre", "eau", "Œuvre", "olive"]
    snapshot = snapshot_of(*(actor(f"{i}", n) for i, n in enumerate(names)))
    order = [snapshot.name(i) for i in select(snapshot, Filter(), TODAY).indices]
    assert (
        order.index("eau")
        < order.index("Élan")
        < order.index("Œuvre")
        < order.index("olive")
        < order.index("zèbre")
    )
    assert sorted(order[:4]) == sorted(["cote", "côté", "coté", "côte"])


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Filter(themes=("water",)), {"1", "2"}),
        (Filter(themes=("floods",)), {"1"}),
        (Filter(themes=("Santé", "floods")), {"1", "3"}),
        (Filter(territories=("ML",)), {"1", "4"}),
        (Filter(territories=("ML-1",)), {"1", "4"}),
        (Filter(seats=("FR",)), {"1", "4", "5"}),
        (Filter(seats=("91228",)), {"1", "4"}),
        (Filter(kinds=("commune", "intercommunality")), {"3", "4"}),
        (Filter(roles=("funder",)), {"3"}),
        (Filter(isolated=False), {"2", "4"}),
        (Filter(isolated=True, text="evry"), {"1", "3"}),
        (Filter(text="evry", kinds=("commune",), territories=("ML",)), {"4"}),
        (Filter(themes=("health",), kinds=("commune",)), set()),
    ],
)
def test_filters_add_up_and_include_what_is_below(
    wanted: Filter, expected: set[str], essonne: Snapshot
) -> None:
    assert {essonne.ids[i] for i in select(essonne, wanted, TODAY).indices} == expected


FILTERS = st.builds(
    Filter,
    kinds=st.lists(st.sampled_from(["commune", "association"]), max_size=2, unique=True).map(tuple),
    themes=st.lists(st.sampled_from(["water", "floods", "health"]), max_size=2, unique=True).map(tuple),
    seats=st.lists(st.sampled_from(["FR", "91", "91228"]), max_size=1).map(tuple),
    territories=st.lists(st.sampled_from(["ML", "ML-1", "ML-k"]), max_size=2, unique=True).map(tuple),
    isolated=st.none() | st.booleans(),
)
CHOICES = {"kind": "kinds", "theme": "themes", "seat": "seats", "territory": "territories"}


@settings(max_examples=80, deadline=None)
@given(wanted=FILTERS)
def test_the_count_of_a_choice_is_what_choosing_it_alone_gives(wanted: Filter) -> None:
    from dataclasses import replace

    store = MemoryStore()
    store.apply([Put(r) for r in ESSONNE], by="test")
    snapshot = build_snapshot(store)
    facets = select(snapshot, wanted, TODAY).facets
    for facet, field in CHOICES.items():
        for code, count in facets[facet]:
            chosen = replace(wanted, **{field: (code,)})
            assert count == len(select(snapshot, chosen, TODAY).indices), (facet, code)
    for code, count in facets["isolated"]:
        assert count == len(select(snapshot, replace(wanted, isolated=code == "isolated"), TODAY).indices)


@pytest.mark.parametrize("text", ["zzzz", "42", "xqwv", "abracadabra"])
def test_nothing_is_proposed_for_what_resembles_nobody(essonne: Snapshot, text: str) -> None:
    with pytest.raises(UnknownRecord) as unknown:
        find_actor(essonne, text)
    assert list(unknown.value.nearest) == []
    with pytest.raises(UnknownRecord) as unknown:
        find_theme(essonne, text)
    assert list(unknown.value.nearest) == []
