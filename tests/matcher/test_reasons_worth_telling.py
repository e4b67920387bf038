"""What would make a sceptic smile is not told: what both did together, a neighbour as a discovery."""

from graphsvc.domain.actors import Actor, ActorKind, ActorRole, DatedRole
from graphsvc.domain.announcements import Announcement, Direction, Nature
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.links import Link, LinkKind
from graphsvc.domain.places import Place, PlaceLevel
from graphsvc.domain.projects import Participation, Project
from graphsvc.domain.records import Record
from graphsvc.ports import Put
from graphsvc.snapshot import build_snapshot
from graphsvc.stores.memory import MemoryStore
from matcher.asks import Ask, Asker, Context
from matcher.reasons import FEW, Reasons
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


def test_a_side_that_hears_little_is_told_whom_it_could_come_to_know() -> None:
    there = Link("l", "amis", "mairie", LinkKind.PARTNERSHIP, start=PartialDate(2003))
    here = Link("m", "amis", "massy", LinkKind.PARTNERSHIP, start=PartialDate(2003))
    for more, known in (((there,), []), ((there, here), ["massy"])):
        told = reasons("amis", "agence", *more).for_them
        found = [r.facts["partners"] for r in told if r.code == "worked_with"]
        # its own commune is nobody new to the agency
        assert [[p["id"] for p in partners] for partners in found] == ([known] if known else [])  # type: ignore[attr-defined]
    both = Link("n", "agence", "massy", LinkKind.PARTNERSHIP, start=PartialDate(2003))
    told = reasons("amis", "agence", here, both).for_them
    assert "worked_with" not in [r.code for r in told], "it has worked with them too"


def test_whom_it_could_come_to_know_is_told_only_where_less_than_three_reasons_are() -> None:
    told = [
        [r.code for r in side]
        for asker, candidate in (("amis", "agence"), ("bamako", "agence"), ("amis", "bamako"))
        for found in [reasons(asker, candidate, Link("m", "amis", "massy", LinkKind.PARTNERSHIP))]
        for side in (found.for_you, found.for_them)
    ]
    assert all(len(side) <= FEW for side in told if "worked_with" in side)
    assert any("worked_with" in side for side in told)


def test_a_town_is_not_said_to_be_in_itself() -> None:
    for candidate, itself in (("bamako", True), ("agence", None)):
        placed = [r for r in reasons("amis", candidate).for_you if r.code == "based_there"]
        assert [r.facts.get("itself") for r in placed] == [itself]


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


def test_two_who_sit_in_the_same_town_abroad_are_not_told_that_the_other_is_on_the_spot() -> None:
    told = reasons("mairie", "agence")
    assert "based_there" not in [r.code for r in (*told.for_you, *told.for_them)]
    assert "common_territory" in [r.code for r in (*told.for_you, *told.for_them)]
    assert "based_there" in [r.code for r in reasons("bamako", "agence").for_you]
    assert "based_there" in [r.code for r in reasons("amis", "agence").for_you]


def test_who_only_asks_for_a_place_is_not_said_to_act_there() -> None:
    store = MemoryStore()
    store.apply([Put(r) for r in (*WORLD, TOWN, NEIGHBOUR)], by="t")
    snapshot = build_snapshot(store)
    wished = {}
    for asker in ("amis", "ecole"):
        i = snapshot.index(asker)
        assert i is not None
        found = suggest(snapshot, Asker.actor(i), Context(territories=("ML-kayes",)), today=TODAY, top=20)
        (agency,) = (s for s in found.items if snapshot.ids[s.index] == "agence")
        (acts,) = (r for r in agency.reasons.for_them if r.code == "acts_there")
        wished[asker] = acts.facts.get("wished", False)
    assert wished == {"amis": False, "ecole": True}


def test_an_announcement_for_a_place_where_its_owner_does_not_act_wishes_to_act_there() -> None:
    asked = Announcement("n", "Un transport", Direction.NEED, Nature.TRANSPORT, "ecole",
                         territories=("ML-kayes",), expires_on=PartialDate(2027))  # fmt: skip
    store = MemoryStore()
    store.apply([Put(r) for r in (*WORLD, TOWN, NEIGHBOUR, asked)], by="t")
    snapshot = build_snapshot(store)
    k = snapshot.announcement_ids.index("n")
    found = suggest(snapshot, Asker.announcement(k), today=TODAY, top=20).items
    acts = [r for s in found for r in s.reasons.for_them if r.code == "acts_there"]
    assert acts
    assert all(r.facts["wished"] for r in acts)


def test_a_word_that_opens_a_sentence_is_told_without_its_capital_but_a_name_keeps_its_own() -> None:
    told = {
        "opens": Actor("opens", "Alpha", ActorKind.ASSOCIATION, purpose="Tisse. Brode des sacs, ONU"),
        "named": Actor("named", "Tisse", ActorKind.ASSOCIATION, purpose="Tisse aussi."),
    }
    asker = Actor("me", "Moi", ActorKind.ASSOCIATION, purpose="tisse et brode pour l'ONU")
    store = MemoryStore()
    store.apply([Put(asker), *(Put(r) for r in told.values())], by="t")
    snapshot = build_snapshot(store)
    i = snapshot.index("me")
    assert i is not None
    found = suggest(snapshot, Asker.actor(i), today=TODAY).items
    words = {
        snapshot.ids[s.index]: set(e.facts["words"]) for s in found for e in s.evidence if e.code == "purpose"
    }
    assert words == {"opens": {"tisse", "brode", "ONU"}, "named": {"Tisse"}}
