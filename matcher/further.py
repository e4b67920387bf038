"""What a side is told besides where what joins the two gives it fewer than three reasons.

Each is a fact of this very pair: their partners sit close to one another, somebody has met both, their towns
are of one size, one is in a country where the other has a partner or none, knows actors or has taken part in
a project that the other has not. None is told of everybody.
"""

from collections.abc import Callable, Sequence
from functools import partial
from math import asin, cos, radians, sin, sqrt

from graphsvc.domain.actors import ActorKind
from graphsvc.domain.links import LinkClass, LinkKind, State
from graphsvc.domain.places import PlaceLevel
from graphsvc.domain.text import fold
from graphsvc.snapshot import Snapshot
from matcher.asks import AskerKind
from matcher.evidence.proximity import EARTH_KM
from matcher.evidence.territories import place_facts
from matcher.evidence.ties import actor_facts
from matcher.index import MatchIndex
from matcher.reasons import FEW, Reason, Side

CLOSE_KM = 100.0
"""One journey is enough for two towns abroad that are no further apart."""
SAME_AREA_KM = 20.0
_ALIKE = 1.5
_MOST_PAIRED = 4
_KINDS, _LEVELS = tuple(ActorKind), tuple(PlaceLevel)
_TOWNS = frozenset({_KINDS.index(ActorKind.COMMUNE), _KINDS.index(ActorKind.PARTNER_TERRITORY)})
_MUNICIPALITY, _COUNTRY = _LEVELS.index(PlaceLevel.MUNICIPALITY), _LEVELS.index(PlaceLevel.COUNTRY)
_STATES, _LINKS, _CLASSES = tuple(State), tuple(LinkKind), tuple(LinkClass)
_NOT_REAL = frozenset({State.RETRACTED, State.PLANNED, State.ATTEMPTED})
_HOW = ("membership", "funding", "contact")
Find = Callable[[Snapshot, MatchIndex, Side, Side], Reason | None]


def further(
    snapshot: Snapshot,
    index: MatchIndex,
    giver: Side,
    receiver: Side,
    told: Sequence[Reason],
    apart: object,
    today: int,
) -> list[Reason]:
    """What else `giver` is or brings, until `receiver` has heard FEW reasons; nothing of who has no actor.

    `apart`: kilometres between their seats at home, None when not known.
    """
    found: list[Reason] = []
    if not (giver.members and receiver.members):
        return found
    most = FEW - len(told)
    for find in _FOUND:
        if len(found) >= most:
            return found
        if (reason := find(snapshot, index, giver, receiver)) is not None:
            found.append(reason)
    if len(found) < most and not any(
        r.code == "few_handshakes" for r in told
    ):  # both say: ask others of them
        found += _linked_to_both(snapshot, giver, receiver, today)
    if len(found) < most and isinstance(apart, float) and apart <= SAME_AREA_KM and not _neighbours(told):
        found.append(Reason("near", {"km": apart}))
    if len(found) < most:
        found += _worked_with(snapshot, index, giver, receiver, told, today)
    if len(found) < most:
        found += _took_part(giver, receiver, told)
    return found


def _partners_near(snapshot: Snapshot, _: MatchIndex, giver: Side, receiver: Side) -> Reason | None:
    """The seats abroad of the two, or of their partners, that lie closest, at most CLOSE_KM apart and not in
    one place; `giver` and `receiver` are the partner of each, absent when it is itself that sits there.
    """
    ours, yours = _abroad(giver, receiver), _abroad(receiver, giver)
    pairs = [
        (km, z, y)
        for z in ours
        for y in yours
        if (km := _apart(snapshot, z, y)) is not None and km <= CLOSE_KM
    ]
    pairs = [p for p in pairs if p[1] not in giver.members or p[2] not in receiver.members]
    if not pairs:
        return None
    km, z, y = min(pairs)
    facts: dict[str, object] = {"km": round(km, 1)}
    if z not in giver.members:
        facts["giver"] = actor_facts(snapshot, z)
    if y not in receiver.members:
        facts["receiver"] = actor_facts(snapshot, y)
    return Reason("partners_near", facts)


def _abroad(side: Side, other: Side) -> list[int]:
    """Who of a side sits abroad: itself, else the first of its partners that the other does not know."""
    if side.bases:
        return list(side.members[:1])
    known = other.partners.union(other.members)
    return [z for z, _ in side.there if z not in known][:_MOST_PAIRED]


def _apart(snapshot: Snapshot, z: int, y: int) -> float | None:
    """Kilometres between two seats known to the commune; None when they are not, or are one place."""
    columns, level = snapshot.actors, snapshot.places.level
    p, q = columns.seat.item(z), columns.seat.item(y)
    if p == q or p < 0 or q < 0 or level.item(p) != _MUNICIPALITY or level.item(q) != _MUNICIPALITY:
        return None
    north, south = radians(columns.lat.item(z)), radians(columns.lat.item(y))
    if not abs(north - south) * EARTH_KM <= CLOSE_KM:  # unknown points are not near either
        return None
    east = radians(columns.lon.item(z) - columns.lon.item(y))
    half = sin((north - south) / 2) ** 2 + cos(north) * cos(south) * sin(east / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))


def _partner_in_its_country(
    snapshot: Snapshot, index: MatchIndex, giver: Side, receiver: Side
) -> Reason | None:
    """The receiver, who sits in another country, has a partner already in the one where the giver sits."""
    if not giver.bases:
        return None
    chains = index.places.chains
    country = chains[giver.bases[0]][-1]
    if snapshot.places.level.item(country) != _COUNTRY or any(country in chains[p] for p in receiver.bases):
        return None
    known = giver.partners.union(giver.members)
    there = [z for z, chain in receiver.there if country in chain and z not in known]
    if not there:
        return None
    partners = [actor_facts(snapshot, z) for z in there[:2]]
    facts: dict[str, object] = {
        "place": place_facts(snapshot, country),
        "partners": partners,
        "count": len(there),
    }
    return Reason("partner_in_country", facts)


def _new_country(snapshot: Snapshot, index: MatchIndex, giver: Side, receiver: Side) -> Reason | None:
    """The giver is in a country where the receiver neither is, acts, nor has a partner."""
    if not giver.bases:
        return None
    country = index.places.chains[giver.bases[0]][-1]
    if snapshot.places.level.item(country) != _COUNTRY or country in receiver.places.reach:
        return None
    seats, chains = snapshot.actors.seat, index.places.chains
    around = [*receiver.partners, *receiver.members]
    if any(seats.item(i) < 0 for i in receiver.members):
        return None  # it may well be there
    if any(seats.item(z) >= 0 and chains[seats.item(z)][-1] == country for z in around):
        return None
    return Reason("new_country", {"place": place_facts(snapshot, country)})


def _same_size(snapshot: Snapshot, _: MatchIndex, giver: Side, receiver: Side) -> Reason | None:
    """Both are towns whose populations are within _ALIKE of one another."""
    theirs, yours = _inhabitants(snapshot, giver), _inhabitants(snapshot, receiver)
    if not theirs or not yours or not yours / _ALIKE <= theirs <= yours * _ALIKE:
        return None
    return Reason("same_size", {"giver_population": theirs, "receiver_population": yours})


def _inhabitants(snapshot: Snapshot, side: Side) -> int:
    """How many people live in the town that a side is, 0 when it is none or nothing is known of it."""
    i, columns = side.members[0], snapshot.actors
    seat = columns.seat.item(i)
    if len(side.members) > 1 or seat < 0 or side.asker is not AskerKind.ACTOR:
        return 0
    if columns.kind.item(i) not in _TOWNS or snapshot.places.level.item(seat) != _MUNICIPALITY:
        return 0
    place = snapshot.place(seat)
    return (place.population or 0) if fold(place.name) in fold(snapshot.actor(i).name) else 0


def _same_way(snapshot: Snapshot, index: MatchIndex, giver: Side, receiver: Side) -> Reason | None:
    """One journey leads to both, or to one country, or to a new one: what is closest is told, once."""
    found = (f(snapshot, index, giver, receiver) for f in (_partners_near, _partner_in_its_country))
    return next((r for r in found if r is not None), None) or _new_country(snapshot, index, giver, receiver)


_FOUND: tuple[Find, ...] = (_same_way, _same_size)


def _neighbours(told: Sequence[Reason]) -> bool:
    return any(r.code in ("same_commune", "same_intercommunality", "near") for r in told)


def _linked_to_both(snapshot: Snapshot, giver: Side, receiver: Side, today: int) -> list[Reason]:
    """Who still exists and has met both, funds both or counts both as members, without being a partner of
    both (then `neighbours_known` tells it).
    """
    ours = giver.linked(partial(_links, snapshot, giver.members))
    yours = receiver.linked(partial(_links, snapshot, receiver.members))
    if not ours or not yours:
        return []
    ended, apart = snapshot.actors.ended, {*giver.members, *receiver.members}
    both = [
        (_HOW.index(how), z)
        for z, ways in ours.items()
        if z in yours
        and z not in apart
        and ended[z] >= today
        and not (z in giver.partners and z in receiver.partners)
        for how in ways & yours[z]
    ]
    if not both:
        return []
    how, z = min(both)
    return [Reason("linked_to_both", {"partners": [actor_facts(snapshot, z)], "count": 1, "how": _HOW[how]})]


def _links(snapshot: Snapshot, members: Sequence[int]) -> dict[int, frozenset[str]]:
    """How each actor that funds these, counts them as members or has met them is linked to them."""
    found: dict[int, set[str]] = {}
    relations = snapshot.relations
    for i in members:
        for row in snapshot.relations_of(i).tolist():
            state, kind = relations.state.item(row), relations.kind.item(row)
            if state >= 0 and _STATES[state] in _NOT_REAL:
                continue
            a, b = relations.a.item(row), relations.b.item(row)
            if _CLASSES[relations.link_class.item(row)] is LinkClass.CONTACT:
                found.setdefault(b if a == i else a, set()).add("contact")
            elif kind >= 0 and _LINKS[kind] is LinkKind.MEMBERSHIP and a == i:
                found.setdefault(b, set()).add("membership")
            elif kind >= 0 and _LINKS[kind] is LinkKind.FUNDING and b == i:
                found.setdefault(a, set()).add("funding")
    return {z: frozenset(ways) for z, ways in found.items()}


def _worked_with(
    snapshot: Snapshot, index: MatchIndex, giver: Side, receiver: Side, told: Sequence[Reason], today: int
) -> list[Reason]:
    """Partners of the giver that the receiver has not worked with, wherever they are: those who know most
    others first. Who sits where it does, or within, is no discovery; who is told already is not told again.
    """
    known = receiver.partners.union(receiver.members, giver.members)
    known = known.union(*(index.lineage.row(i)[0].tolist() for i in receiver.members))
    seat, ended, rarity = snapshot.actors.seat, snapshot.actors.ended, index.circle.rarity
    chains, bases = index.places.chains, {int(seat[i]) for i in receiver.members if seat[i] >= 0}
    around = {p for base in bases for p in chains[base]}
    there = next((r.facts["place"] for r in told if r.code == "partners_there"), None)
    place = snapshot.place_index(str(there["id"])) if isinstance(there, dict) else None
    others = [
        z
        for z in giver.partners
        if z not in known
        and ended[z] >= today
        and seat[z] not in around
        and (seat[z] < 0 or bases.isdisjoint(chains[seat[z]]))
        and (place is None or seat[z] < 0 or place not in chains[seat[z]])
    ]
    if not others:
        return []
    others.sort(key=lambda z: (rarity[z], z))
    facts: dict[str, object] = {
        "partners": [actor_facts(snapshot, z) for z in others[:2]],
        "count": len(others),
    }
    return [Reason("worked_with", facts if place is None else {**facts, "also": True})]


def _took_part(giver: Side, receiver: Side, told: Sequence[Reason]) -> list[Reason]:
    """The latest project or agreement of the giver that the receiver has no part in and has not heard of."""
    if giver.asker is not AskerKind.ACTOR:
        return []
    heard = {r["id"] for reason in told for r in _records(reason)}
    new = [d for d in giver.doings if d.id not in receiver.taken_part and d.id not in heard]
    if not new:
        return []
    last = new[-1]
    return [Reason("took_part", {"record": {"kind": last.kind, "id": last.id, "title": last.title}})]


def _records(reason: Reason) -> list[dict[str, object]]:
    found = reason.facts.get("records")
    return found if isinstance(found, list) else []
