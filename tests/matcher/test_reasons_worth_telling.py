"""What would make a sceptic smile is not told: what both did together, a neighbour as a discovery."""

from graphsvc.domain.actors import Actor, ActorKind, ActorRole, DatedRole
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.links import Link, LinkKind
from graphsvc.domain.places import Place, PlaceLevel
from graphsvc.domain.projects import Participation, Project
from graphsvc.domain.records import Record
from graphsvc.ports import Put
from graphsvc.snapshot import build_snapshot
from graphsvc.stores.memory import MemoryStore
from matcher.asks import Ask, Asker, Context
from matcher.reasons import Reasons
from matcher.suggest import suggest
from tests.graphsvc.usecases.small_world import TODAY, WORLD

TOWN = Actor("mairie", "Commune de Kayes", ActorKind.PARTNER_TERRITORY, seat="ML-kayes", themes=("water",))
NEIGHBOUR = Actor("agence", "Agence de Kayes", ActorKind.PARTNER_ORGANISATION, seat="ML-kayes",
                  themes=("water",))  # fmt: skip
FAR = Place("ML-bko", "Bamako", PlaceLevel.MUNICIPALITY, None, "ML", 12.6, -8.0)
IN_BAMAKO = Actor("bamako", "Ville de Bamako", ActorKind.PARTNER_TERRITORY, seat="ML-bko", themes=("water",),
                  territories=("ML",))  # fmt: skip


def reasons(asker: str, candidate: str, *more: Record) -> Reasons:
    store = MemoryStore()
    store.apply([Put(r) for r in (*WORLD, TOWN, NEIGHBOUR, FAR, IN_BAMAKO, *more)], by="t")
    snapshot = build_snapshot(store)
    i = snapshot.index(asker)
    assert i is not None
    found = suggest(snapshot, Asker.actor(i), Context(), today=TODAY, top=20)
    return next(s.reasons for s in found.items if snapshot.ids[s.index] == candidate)


def test_one_in_kayes_is_not_told_that_it_may_be_introduced_to_the_commune_of_kayes() -> None:
    tie = Link("l", "amis", "mairie", LinkKind.PARTNERSHIP, start=PartialDate(2003))
    assert "partners_there" not in [r.code for r in reasons("amis", "agence", tie).for_them]
    assert "partners_there" in [r.code for r in reasons("amis", "bamako", tie).for_them]


def test_what_two_did_there_together_is_no_experience_that_one_brings_the_other() -> None:
    both = (Participation("amis"), Participation("massy"))
    together = Project("p", "Un puits", territories=("ML-kayes",), start=PartialDate(2003),
                       end=PartialDate(2005), participations=both)  # fmt: skip
    told = reasons("amis", "massy", together)
    assert "experience_there" not in [r.code for r in (*told.for_you, *told.for_them)]
    assert "former_partners" in [r.code for r in told.for_you]
    alone = Project("q", "Une école", territories=("ML-kayes",), start=PartialDate(2010),
                    participations=(Participation("massy"),))  # fmt: skip
    found = [r for r in reasons("amis", "massy", together, alone).for_you if r.code == "experience_there"]
    assert [[p["id"] for p in r.facts["records"]] for r in found] == [["q"]]  # type: ignore[attr-defined]


def test_a_leisure_centre_that_relays_is_not_said_to_know_the_network_well() -> None:
    relay = Actor("centre", "Centre de loisirs", ActorKind.SOCIAL_VENUE, seat="91228",
                  roles=(DatedRole(ActorRole.RELAY),), themes=("associations",))  # fmt: skip
    head = Actor("tete", "Tête de réseau", ActorKind.ASSOCIATION, seat="91228",
                 roles=(DatedRole(ActorRole.NETWORK_HEAD),), themes=("associations",))  # fmt: skip
    nobody = Actor("lycee", "Lycée", ActorKind.SCHOOL)
    marked = {
        key: reasons("lycee", key, relay, head, nobody).for_you[0].facts.get("relay")
        for key in ("centre", "tete")
    }
    assert marked == {"centre": True, "tete": None}


def test_who_sets_out_from_here_too_is_told_what_sharing_brings_and_who_is_there_is_not() -> None:
    store = MemoryStore()
    store.apply([Put(r) for r in (*WORLD, TOWN)], by="t")
    snapshot = build_snapshot(store)
    context = Context(territories=("ML-kayes",), ask=Ask.POOL)
    found = suggest(snapshot, Asker.request(), context, today=TODAY)
    told = {
        snapshot.ids[s.index]: [r.facts.get("pools") for r in s.reasons.for_them if r.code == "project_there"]
        for s in found.items
    }
    assert told == {"amis": [True], "mairie": [None]}
    apart = suggest(snapshot, Asker.request(), Context(territories=("ML-kayes",)), today=TODAY)
    assert not any("pools" in r.facts for s in apart.items for r in s.reasons.for_them)
