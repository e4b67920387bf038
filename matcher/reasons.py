"""Why two actors should meet, as each side sees it: codes and facts, never sentences.

`for_you` says what the candidate brings the asker, `for_them` what the asker brings the candidate,
`unknown` what the records do not say. What both share is told to the asker; the other side hears it only
when it has little else. A reason is given only when its facts are in the records. Codes and facts are
listed in docs/matcher.md.
"""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from weakref import WeakKeyDictionary

import numpy as np

from graphsvc.domain.actors import ActorKind, ActorRole
from graphsvc.domain.text import fold
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import I32, I64
from matcher.asks import AskerKind
from matcher.doings import Doing, records_there, took_part
from matcher.evidence.territories import place_facts
from matcher.evidence.themes import topic_facts
from matcher.evidence.ties import actor_facts
from matcher.index import MatchIndex
from matcher.taxonomy import Entries, Shared

MOST = 5
FEW = 3
HELPFUL_ROLES = (
    ActorRole.FUNDER,
    ActorRole.RESOURCE_CENTRE,
    ActorRole.NETWORK_HEAD,
    ActorRole.TRAINER,
    ActorRole.RELAY,
)
_MOST_SIDES = 5000
_sides: WeakKeyDictionary[MatchIndex, OrderedDict[int, "Side"]] = WeakKeyDictionary()
_NOBODYS: frozenset[str] = frozenset()
_BIT = {role: bit for bit, role in enumerate(ActorRole)}


@dataclass(frozen=True, slots=True)
class Reason:
    """A code and the plain values (fit for JSON) it rests on."""

    code: str
    facts: dict[str, object]


@dataclass(frozen=True, slots=True)
class Reasons:
    """What each side gains, and what is not known."""

    for_you: tuple[Reason, ...]
    for_them: tuple[Reason, ...]
    unknown: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a meeting: the actors behind it, what it works on and where, partners ever documented.

    `bases` are the seats abroad of its members, `there` the partners abroad with the places their seats lie
    in, the most telling first. `doings` are its members' projects and agreements, each member's earliest
    first; `taken_part` their ids, those never done included. `asker` is what the side is: an actor, or the
    project, announcement or request that asks; `pools`: it wants to share means; `wished`: places it asks
    for, where nothing says that its members act.
    """

    members: tuple[int, ...]
    themes: Entries
    places: Entries
    since: dict[int, int]
    partners: frozenset[int]
    roles: int
    bases: tuple[int, ...] = ()
    there: tuple[tuple[int, tuple[int, ...]], ...] = ()
    doings: tuple[Doing, ...] = ()
    taken_part: frozenset[str] = frozenset()
    asker: AskerKind = AskerKind.ACTOR
    pools: bool = False
    wished: frozenset[int] = frozenset()
    _shown: dict[int, "Reason | None"] = field(default_factory=dict, repr=False, compare=False)

    _linked: list[dict[int, frozenset[str]]] = field(default_factory=list, repr=False, compare=False)

    def linked(self, find: Callable[[], dict[int, frozenset[str]]]) -> dict[int, frozenset[str]]:
        """What `find` says of who is linked to this side by other than cooperation, found once."""
        if not self._linked:
            self._linked.append(find())
        return self._linked[0]

    def shown_at(self, place: int, find: Callable[[int], "Reason | None"]) -> "Reason | None":
        """What `find` says of a place, found once: for what is told alike to all who meet this side."""
        if place not in self._shown:
            self._shown[place] = find(place)
        return self._shown[place]


def actor_side(snapshot: Snapshot, index: MatchIndex, i: int) -> Side:
    """An actor as a side; the last few thousand are remembered with the index."""
    kept = _sides.setdefault(index, OrderedDict())
    side = kept.get(i)
    if side is None:
        side = kept[i] = _made_side(snapshot, index, i)
        if len(kept) > _MOST_SIDES:  # one at a time: letting go of all at once stops every answer for 30 ms
            kept.popitem(last=False)
    return side


def _made_side(snapshot: Snapshot, index: MatchIndex, i: int) -> Side:
    partners = index.circle.rows.row(i)[0]
    doings, taken_part = took_part(snapshot, index, i)
    return Side(
        members=(i,),
        themes=Entries.of(index.works_on.of(i), index.themes),
        places=Entries.of(index.acts_in.of(i), index.places),
        since=index.acts_in.first_days(i),
        partners=frozenset(partners.tolist()),
        roles=int(index.roles[i]),
        bases=bases_of(snapshot, index, (i,)),
        there=partners_abroad(snapshot, index, partners),
        doings=doings,
        taken_part=taken_part,
    )


def bases_of(snapshot: Snapshot, index: MatchIndex, members: Sequence[int]) -> tuple[int, ...]:
    """The seats of those of these actors who are abroad."""
    return tuple(int(snapshot.actors.seat[i]) for i in members if index.away[i])


def partners_abroad(
    snapshot: Snapshot, index: MatchIndex, partners: I32 | I64
) -> tuple[tuple[int, tuple[int, ...]], ...]:
    """Those of these actors who are abroad, the rarest partner first, each with the places of its seat."""
    away = partners[index.away[partners]]
    if not len(away):
        return ()
    away = away[np.lexsort((away, -index.circle.rarity[away]))]
    seats = snapshot.actors.seat[away].tolist()
    return tuple((z, index.places.chains[p]) for z, p in zip(away.tolist(), seats, strict=True))


def brought(
    snapshot: Snapshot, index: MatchIndex, giver: Side, receiver: Side, places: list[int]
) -> list[Reason]:
    """What `giver` brings `receiver` by itself: experience of a place, partners there, themes, roles.

    `places` are those both act in (see `telling_places`).

    What a need or a request names is what it lacks: its themes are not knowledge that it brings.
    """
    found = [r for p in places[:2] if (r := _experience(snapshot, index, giver, receiver, p))]
    if giver.there and places:
        found += _partners_there(snapshot, index, giver, receiver, places)
    if giver.asker in (AskerKind.ACTOR, AskerKind.PROJECT):
        found += _themes(snapshot, index, giver, receiver)
    found += _roles(giver, receiver)
    return found


def telling_places(index: MatchIndex, shared: Shared) -> list[int]:
    """Of the territories both act in, those that are not the home one nor contain it."""
    return [p for p, _ in shared if not index.home[p]]


def _experience(
    snapshot: Snapshot, index: MatchIndex, giver: Side, receiver: Side, place: int
) -> Reason | None:
    """The giver is there, or has acted there since a known year, or says that it acts there. A project, a
    request or a recorded need takes place there.
    """
    if receiver.bases and _beside(index, giver, receiver, place):
        return None
    if giver.taken_part.isdisjoint(receiver.taken_part):  # then whoever receives is told the same
        told = giver.shown_at(place, lambda p: _shown(snapshot, index, giver, _NOBODYS, p))
        if told is not None and giver.pools and told.code == "project_there" and not receiver.bases:
            return Reason(told.code, {**told.facts, "pools": True})  # both set out from here
        return told
    found = _shown(snapshot, index, giver, receiver.taken_part, place)
    if found is None or found.code != "experience_there" or found.facts["records"]:
        return found
    together = records_there(giver.doings, place, frozenset(), 1)
    return None if together else found  # what the two did there, they did together


def _beside(index: MatchIndex, giver: Side, receiver: Side, place: int) -> bool:
    """Whether the giver's seat in the place is where the receiver sits too: being there brings it nothing."""
    chains = index.places.chains
    around = {p for seat in receiver.bases for p in chains[seat]}
    return any(place in chains[seat] and seat in around for seat in giver.bases)


def _shown(
    snapshot: Snapshot, index: MatchIndex, giver: Side, known: frozenset[str], place: int
) -> Reason | None:
    """The same, without the records of what is `known` to the receiver."""
    chains, inside = index.places.chains, place in giver.places.reach
    if giver.asker is AskerKind.PROJECT or not giver.members:
        facts: dict[str, object] = {"place": place_facts(snapshot, place), "asker": giver.asker.value}
        return Reason("project_there", facts) if inside else None
    for seat in giver.bases:
        if place in chains[seat]:
            within = place_facts(snapshot, place)
            facts = {"place": place_facts(snapshot, seat), "within": within}
            return Reason(
                "based_there", {**facts, "itself": True} if _rules(snapshot, giver, seat) else facts
            )
    if not inside:
        return None
    records = records_there(giver.doings, place, known)
    named = giver.places.named
    days = [day for p, day in giver.since.items() if p in named and place in chains[p]]
    if days:
        year = _year(min(days))
        return Reason(
            "experience_there", {"place": place_facts(snapshot, place), "since": year, "records": records}
        )
    facts = {"place": place_facts(snapshot, place), "records": records}
    return Reason("acts_there", {**facts, "wished": True} if place in giver.wished else facts)


def _rules(snapshot: Snapshot, side: Side, place: int) -> bool:
    """Whether a side is the territory it sits in: nobody says that the Commune V is in the Commune V."""
    name, actors = fold(snapshot.place(place).name), [snapshot.actor(i) for i in side.members]
    return all(a.kind is ActorKind.PARTNER_TERRITORY and name in fold(a.name) for a in actors)


def _partners_there(
    snapshot: Snapshot, index: MatchIndex, giver: Side, receiver: Side, places: list[int]
) -> list[Reason]:
    """Partners of the giver based in a shared territory, that the receiver has not worked with.

    Who sits where the receiver does, or rules there, is no discovery: one in Kayes knows its commune.
    """
    known = receiver.partners.union(receiver.members, giver.members)
    beside = {p for seat in receiver.bases for p in index.places.chains[seat]}
    abroad = [(z, chain) for z, chain in giver.there if z not in known and chain[0] not in beside]
    for place in places if abroad else ():
        there = [z for z, chain in abroad if place in chain]
        if there:
            facts = {
                "place": place_facts(snapshot, place),
                "partners": [actor_facts(snapshot, z) for z in there[:3]],
                "count": len(there),
            }
            return [Reason("partners_there", facts)]
    return []


def _themes(snapshot: Snapshot, index: MatchIndex, giver: Side, receiver: Side) -> list[Reason]:
    """Themes the giver works on and the receiver does not, neither more broadly nor more narrowly; when
    nothing joins their themes, simply what the giver works on.
    """
    known, reach, chains = receiver.themes.named.keys(), receiver.themes.reach, index.themes.chains
    new = [t for t, weight in giver.themes.named.items() if weight >= 0.7 and t not in reach]
    new = [t for t in new if known.isdisjoint(chains[t])]
    if not new:
        return []
    implied = {a for t in new for a in chains[t][1:]}
    ranked = sorted((t for t in new if t not in implied), key=index.themes.rank.__getitem__)
    code, most = ("works_on", 3) if reach.isdisjoint(giver.themes.reach) else ("bring_theme", 2)
    return [Reason(code, {"themes": [topic_facts(snapshot, t) for t in ranked[:most]], "count": len(ranked)})]


def _roles(giver: Side, receiver: Side) -> list[Reason]:
    brought = giver.roles & ~receiver.roles
    held = [r.value for r in HELPFUL_ROLES if brought >> _BIT[r] & 1] if brought else []
    return [Reason("has_role", {"roles": held, "several": len(giver.members) > 1})] if held else []


def _year(day: int) -> int:
    return date.fromordinal(day).year
