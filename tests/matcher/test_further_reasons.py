"""What else a side hears where little joins the two: facts of this very pair, and nothing twice."""

from collections.abc import Sequence
from typing import Any

import pytest

from graphsvc.domain.actors import Actor, ActorKind
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.links import Link, LinkKind, State
from graphsvc.domain.places import Place, PlaceLevel
from graphsvc.domain.projects import Participation, Project
from graphsvc.domain.records import Record
from graphsvc.ports import Put
from graphsvc.snapshot import build_snapshot
from graphsvc.stores.memory import MemoryStore
from matcher.further import further
from matcher.index import build_index
from matcher.reasons import FEW, Reason, actor_side
from tests.graphsvc.usecases.small_world import TODAY, WORLD
from web.reasons import reason_text
from web.reasons.mentions import sentence_of

FURTHER: tuple[Record, ...] = (
    Place("DE", "Allemagne", PlaceLevel.COUNTRY, None, None, 51.0, 10.0),
    Place("IT", "Italie", PlaceLevel.COUNTRY, None, None, 42.0, 12.0),
    Place("bonn", "Bonn", PlaceLevel.MUNICIPALITY, None, "DE", 50.73, 7.10, population=330_000),
    Place("koeln", "Köln", PlaceLevel.MUNICIPALITY, None, "DE", 50.94, 6.96, population=1_080_000),
    Place("ulm", "Ulm", PlaceLevel.MUNICIPALITY, None, "DE", 48.40, 9.99, population=126_000),
    Place("bari", "Bari", PlaceLevel.MUNICIPALITY, None, "IT", 41.12, 16.87, population=320_000),
    Actor("de-bonn", "Bonn", ActorKind.PARTNER_TERRITORY, seat="bonn"),
    Actor("de-koeln", "Köln", ActorKind.PARTNER_TERRITORY, seat="koeln"),
    Actor("de-ulm", "Ulm", ActorKind.PARTNER_TERRITORY, seat="ulm"),
    Actor("it-bari", "Bari", ActorKind.PARTNER_TERRITORY, seat="bari"),
    Actor("evry", "Évry-Courcouronnes", ActorKind.COMMUNE, seat="91228"),
    Actor("ville-massy", "Massy", ActorKind.COMMUNE, seat="91377"),
    Link("t1", "evry", "de-bonn", LinkKind.TWINNING),
    Link("t2", "ville-massy", "de-koeln", LinkKind.TWINNING),
)


def told(giver: str, receiver: str, *more: Record, heard: Sequence[Reason] = (), km: float | None = None,
         ) -> dict[str, Any]:  # fmt: skip
    """What the receiver hears besides: the facts of each code."""
    store = MemoryStore()
    store.apply([Put(r) for r in (*WORLD, *FURTHER, *more)], by="t")
    snapshot = build_snapshot(store)
    index = build_index(snapshot)
    i, j = snapshot.index(giver), snapshot.index(receiver)
    assert i is not None
    assert j is not None
    sides = actor_side(snapshot, index, i), actor_side(snapshot, index, j)
    found = further(snapshot, index, *sides, heard, km, TODAY.toordinal())
    assert len(found) + len(heard) <= FEW
    assert len({r.code for r in found}) == len(found)
    return {r.code: r.facts for r in found}


def test_partners_a_journey_apart_are_told_with_the_distance_and_those_of_one_place_are_not() -> None:
    near = told("ville-massy", "evry")["partners_near"]
    assert (near["giver"]["id"], near["receiver"]["id"]) == ("de-koeln", "de-bonn")
    assert near["km"] == pytest.approx(25.3, abs=1)
    assert told("de-koeln", "evry")["partners_near"].keys() == {"km", "receiver"}
    assert told("evry", "de-koeln")["partners_near"].keys() == {"km", "giver"}
    same = Link("t3", "ville-massy", "de-bonn", LinkKind.TWINNING)
    assert "partners_near" not in told("ville-massy", "evry", same), "a partner of both is told as such"
    assert "partners_near" not in told("de-ulm", "evry"), "Ulm is further from Bonn than a journey"


def test_a_country_is_new_or_known_by_a_partner_and_a_compatriot_hears_neither() -> None:
    assert told("it-bari", "evry")["new_country"]["place"]["id"] == "IT"
    known = told("de-ulm", "evry")
    assert [p["id"] for p in known["partner_in_country"]["partners"]] == ["de-bonn"]
    assert "new_country" not in known
    assert not {"new_country", "partner_in_country"} & told("de-ulm", "de-bonn").keys()
    assert not {"new_country", "partner_in_country"} & told("evry", "ville-massy").keys()
    somewhere = Actor("troupe", "Une troupe", ActorKind.CULTURAL_ACTOR)
    assert "new_country" not in told("it-bari", "troupe", somewhere), "it may well be there"


def test_two_towns_of_one_size_are_told_so_and_an_association_of_the_town_is_not() -> None:
    assert told("it-bari", "de-bonn")["same_size"] == {
        "giver_population": 320_000, "receiver_population": 330_000}  # fmt: skip
    assert "same_size" not in told("de-koeln", "de-bonn")
    club = Actor("club", "Club de Bari", ActorKind.PARTNER_ORGANISATION, seat="bari")
    assert "same_size" not in told("club", "de-bonn", club)
    office = Actor("office", "Conseil régional", ActorKind.PARTNER_TERRITORY, seat="bari")
    assert "same_size" not in told("office", "de-bonn", office), "it is not the town"


@pytest.mark.parametrize(
    ("kind", "way", "how"),
    [
        (LinkKind.MEMBERSHIP, ("{}", "amis"), "membership"),
        (LinkKind.FUNDING, ("amis", "{}"), "funding"),
        (LinkKind.INTERVIEWED, ("amis", "{}"), "contact"),
    ],
)
def test_who_counts_funds_or_has_met_both_is_told_if_it_was_real(
    kind: LinkKind, way: tuple[str, str], how: str
) -> None:
    links = [Link(f"c{x}", way[0].format(x), way[1].format(x), kind) for x in ("evry", "massy")]
    both = told("massy", "evry", *links)["linked_to_both"]
    assert ([p["id"] for p in both["partners"]], both["how"]) == (["amis"], how)
    never = Link("cmassy", way[0].format("massy"), way[1].format("massy"), kind, state=State.ATTEMPTED)
    assert "linked_to_both" not in told("massy", "evry", links[0], never)
    gone = Actor("amis", "Les Amis de Kayes", ActorKind.ASSOCIATION, seat="91228", ended=PartialDate(2010))
    assert "linked_to_both" not in told("massy", "evry", gone, *links)


def test_a_project_already_heard_of_or_shared_is_not_told_again() -> None:
    alone = Project("p", "Un puits", start=PartialDate(2010), participations=(Participation("massy"),))
    assert told("massy", "ecole", alone)["took_part"]["record"] == {
        "kind": "project", "id": "p", "title": "Un puits"}  # fmt: skip
    heard = Reason("experience_there", {"records": [{"kind": "project", "id": "p", "title": "Un puits"}]})
    assert "took_part" not in told("massy", "ecole", alone, heard=(heard,))
    together = Project("p", "Un puits", participations=(Participation("massy"), Participation("ecole")))
    assert "took_part" not in told("massy", "ecole", together)


def test_the_distance_is_told_once_and_only_where_one_meets_easily() -> None:
    assert told("massy", "ecole", km=18.0)["near"] == {"km": 18.0}
    assert "near" not in told("massy", "ecole", km=25.0)
    assert "near" not in told("massy", "ecole", km=5.0, heard=(Reason("same_intercommunality", {}),))


def test_who_has_heard_three_reasons_hears_no_more() -> None:
    assert not told("it-bari", "evry", heard=[Reason("x", {})] * FEW)


def test_the_sentences_name_the_right_side_and_link_what_they_name() -> None:
    facts = told("ville-massy", "evry")["partners_near"]
    said = reason_text("partners_near", facts, "fr", she=True).replace("\u00a0", " ")
    assert said == "Son partenaire, Köln, est à 25 kilomètres du vôtre, Bonn."
    assert {p.id for p in sentence_of(said, facts).parts if p.kind} == {"de-koeln", "de-bonn"}
    theirs = reason_text("partners_near", told("evry", "ville-massy")["partners_near"], "fr", "for_them")
    assert theirs == "Un seul voyage suffirait pour rencontrer Köln et Bonn."
    size = told("it-bari", "de-bonn")["same_size"]
    assert "environ 330 000 et 320 000 habitants" in reason_text("same_size", size, "fr").replace(
        "\u202f", " "
    )
    alike = {"giver_population": 12_300, "receiver_population": 11_900}
    assert "12 000 habitants chacune" in reason_text("same_size", alike, "fr").replace("\u202f", " ")
