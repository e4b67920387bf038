"""A copy of the network without some of its real cooperations, and the questions these would have answered.

What is hidden, in equal shares, drawn by a seeded generator over ids in order:
- a *pair*: every cooperation link and every agreement of two that joins two actors, taken out together. Each
  end then asks who it should meet; the other end is the right answer. Pairs that a project or a wider
  agreement joins as well are never hidden: their cooperation would still show.
- a *participation* of a project (funders aside) that keeps another participant. The project asks who could
  join it.

The copy is assembled from the records that are left, by the very function that makes every snapshot: ties,
themes and places a hidden record showed are gone because they are computed again. Texts that name the hidden
partner (in the actor's purpose, the project's title or description) lose that name; an actor of a hidden pair
that declares to act at the very seat of its partner, or within, is left with what contains that seat: to name
the place is to name the partner. What else an actor's own record declares stays: it is what a member would
have typed.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from graphsvc.domain.actors import Actor
from graphsvc.domain.agreements import Agreement
from graphsvc.domain.links import CLASS_OF, Link, LinkClass, LinkKind, State
from graphsvc.domain.projects import ParticipationRole, Project
from graphsvc.domain.records import RecordKind
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.build import assemble
from graphsvc.snapshot.build_columns import words
from matcher.asks import Asker

_UNREAL = frozenset({State.PLANNED, State.ATTEMPTED, State.RETRACTED})
SHORTEST_NAME = 3
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Query:
    """One asker of the copy and the actors hidden from it (positions, the same in both snapshots).

    `cold` are those of whom (or the asker of which) nothing else is documented: no tie is left.
    """

    asker: Asker
    warm: tuple[int, ...]
    cold: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Hidden:
    """The copy, its questions, how many units were hidden and how many there were."""

    snapshot: Snapshot
    queries: tuple[Query, ...]
    pairs: int
    participations: int
    known: int


def hide(snapshot: Snapshot, share: float, seed: int) -> Hidden:
    """Hide that share (0 < share < 1) of the pairs and of the participations, at least one of each there are.

    The same snapshot, share and seed hide the same, on every store. Takes as long as building a snapshot.
    """
    return next(iter(rounds_of(snapshot, share, seed, 1)))


def rounds_of(snapshot: Snapshot, share: float, seed: int, rounds: int) -> Iterator[Hidden]:
    """As many rounds, each hiding another part of that share (no unit twice, while there are any left)."""
    rng = np.random.default_rng(seed)
    pairs, parts = known_pairs(snapshot), known_participations(snapshot)
    orders = [rng.permutation(len(units)).tolist() for units in (pairs, parts)]
    for turn in range(rounds):
        gone_pairs = _part(pairs, orders[0], share, turn)
        gone_parts = _part(parts, orders[1], share, turn)
        if not gone_pairs and not gone_parts and turn:
            return
        copy = without(snapshot, frozenset(gone_pairs), frozenset(gone_parts), f"{share}-{seed}-{turn}")
        queries = _pair_queries(copy, gone_pairs) + _project_queries(copy, gone_parts)
        yield Hidden(copy, tuple(queries), len(gone_pairs), len(gone_parts), len(pairs) + len(parts))


def known_units(snapshot: Snapshot) -> int:
    """How many cooperations could be hidden."""
    return len(known_pairs(snapshot)) + len(known_participations(snapshot))


def known_pairs(snapshot: Snapshot) -> list[Pair]:
    """The pairs (ids, ordered) that only links and agreements of two join, in order."""
    joined: set[Pair] = set()
    wider: set[Pair] = set()
    for link in snapshot.tables[RecordKind.LINK]:
        if _is_cooperation(link.kind, link.state):
            joined.add(_pair(link.actor_a, link.actor_b))
    for agreement in snapshot.tables[RecordKind.AGREEMENT]:
        if _is_cooperation(agreement.kind, agreement.state):
            parties = sorted({p.actor for p in agreement.parties})
            (joined if len(parties) == 2 else wider).update(combinations(parties, 2))
    for project in snapshot.tables[RecordKind.PROJECT]:
        if project.state not in _UNREAL:
            wider.update(combinations(sorted(_peers(project)), 2))
    return sorted(joined - wider)


def known_participations(snapshot: Snapshot) -> list[Pair]:
    """The (project, actor) participations of projects that have two peers or more, in order."""
    found = []
    for project in snapshot.tables[RecordKind.PROJECT]:
        peers = _peers(project)
        if project.state not in _UNREAL and len(peers) > 1:
            found += [(project.id, actor) for actor in sorted(peers)]
    return sorted(found)


def without(snapshot: Snapshot, pairs: frozenset[Pair], parts: frozenset[Pair], label: str) -> Snapshot:
    """The snapshot of the records that are left, under a store id of its own."""
    records = {kind: list(table) for kind, table in snapshot.tables.items()}
    records[RecordKind.LINK] = [k for k in records[RecordKind.LINK] if not _hides_link(k, pairs)]
    records[RecordKind.AGREEMENT] = [a for a in records[RecordKind.AGREEMENT] if not _hides_deal(a, pairs)]
    actors = {actor.id: actor for actor in records[RecordKind.ACTOR]}
    leaving: dict[str, list[str]] = defaultdict(list)
    unnamed: dict[str, list[str]] = defaultdict(list)
    for a, b in sorted(pairs):
        unnamed[a] += _names(actors[b])
        unnamed[b] += _names(actors[a])
    titles = {project.id: project.title for project in records[RecordKind.PROJECT]}
    for project, actor in sorted(parts):
        leaving[project].append(actor)
        unnamed[actor].append(titles[project])
    records[RecordKind.PROJECT] = [
        _without_members(p, leaving[p.id], actors) if p.id in leaving else p
        for p in records[RecordKind.PROJECT]
    ]
    seats: dict[str, set[str]] = defaultdict(set)
    for a, b in sorted(pairs):
        for one, other in ((actors[a], actors[b]), (actors[b], actors[a])):
            if other.seat is not None:
                seats[one.id].add(other.seat)
    records[RecordKind.ACTOR] = [
        _less_telling(snapshot, actor, unnamed[actor.id], seats[actor.id])
        if actor.id in unnamed or actor.id in seats
        else actor
        for actor in records[RecordKind.ACTOR]
    ]
    store_id = f"{snapshot.store_id}/without-{label}"
    return assemble(store_id, snapshot.revision, records, snapshot.aliases)


def _less_telling(snapshot: Snapshot, actor: Actor, names: list[str], seats: set[str]) -> Actor:
    purpose = without_names(actor.purpose, names) if actor.purpose else None
    return replace(actor, purpose=purpose, territories=_broader(snapshot, actor.territories, seats))


def _broader(snapshot: Snapshot, territories: tuple[str, ...], seats: set[str]) -> tuple[str, ...]:
    """The territories; one that is among the seats, or within one, gives way to what contains that seat (a
    country stays as it is).
    """
    kept: set[str] = set()
    for key in territories:
        at = snapshot.place_index(key)
        chain = [snapshot.place_ids[p] for p in snapshot.ancestors(at)] if at is not None else [key]
        told = [k for k, entry in enumerate(chain) if entry in seats]
        kept.add(chain[min(max(told) + 1, len(chain) - 1)] if told else key)
    return tuple(sorted(kept))


def without_names(text: str, names: list[str]) -> str | None:
    """The text without these names, whatever their accents and capitals; None when nothing is left."""
    phrases = sorted(
        {tuple(words(n)) for n in names if len(n) >= SHORTEST_NAME} - {()}, key=len, reverse=True
    )
    chunks = text.split()
    folded = [words(chunk) for chunk in chunks]
    spans = [(k, word) for k, found in enumerate(folded) for word in found]
    dropped: set[int] = set()
    for phrase in phrases:
        for at in range(len(spans) - len(phrase) + 1):
            if all(spans[at + d][1] == word for d, word in enumerate(phrase)):
                dropped.update(k for k, _ in spans[at : at + len(phrase)])
    return " ".join(c for k, c in enumerate(chunks) if k not in dropped) or None


def _without_members(project: Project, leaving: list[str], actors: dict[str, Actor]) -> Project:
    names = [name for key in leaving for name in _names(actors[key])]
    return replace(
        project,
        title=without_names(project.title, names) or project.id,
        description=without_names(project.description, names) if project.description else None,
        participations=tuple(p for p in project.participations if p.actor not in leaving),
    )


def _names(actor: Actor) -> list[str]:
    return [actor.name, *(n.text for n in actor.other_names), *([actor.acronym] if actor.acronym else [])]


def _peers(project: Project) -> set[str]:
    return {p.actor for p in project.participations if p.role is not ParticipationRole.FUNDER}


def _is_cooperation(kind: LinkKind, state: State | None) -> bool:
    return CLASS_OF[kind] is LinkClass.COOPERATION and state not in _UNREAL


def _hides_link(link: Link, pairs: frozenset[Pair]) -> bool:
    return link.link_class is LinkClass.COOPERATION and _pair(link.actor_a, link.actor_b) in pairs


def _hides_deal(agreement: Agreement, pairs: frozenset[Pair]) -> bool:
    parties = sorted({p.actor for p in agreement.parties})
    cooperation = CLASS_OF[agreement.kind] is LinkClass.COOPERATION
    return cooperation and len(parties) == 2 and (parties[0], parties[1]) in pairs


def _pair(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)


def _part(units: list[Pair], order: list[int], share: float, turn: int) -> list[Pair]:
    count = max(1, round(share * len(units)))
    return [units[k] for k in sorted(order[turn * count : (turn + 1) * count])]


def _pair_queries(copy: Snapshot, pairs: list[Pair]) -> list[Query]:
    hidden: dict[int, set[int]] = defaultdict(set)
    for a, b in pairs:
        i, j = copy.index(a), copy.index(b)
        if i is not None and j is not None:
            hidden[i].add(j)
            hidden[j].add(i)
    tied = np.diff(copy.documented_ties().ptr) > 0
    found = []
    for i, others in sorted(hidden.items()):
        warm = tuple(sorted(j for j in others if tied[i] and tied[j]))
        found.append(Query(Asker.actor(i), warm, tuple(sorted(others - set(warm)))))
    return found


def _project_queries(copy: Snapshot, parts: list[Pair]) -> list[Query]:
    hidden: dict[int, set[int]] = defaultdict(set)
    for project, actor in parts:
        k, i = copy.position(RecordKind.PROJECT, project), copy.index(actor)
        if k is not None and i is not None:
            hidden[k].add(i)
    tied = np.diff(copy.documented_ties().ptr) > 0
    found = []
    for k, others in sorted(hidden.items()):
        staffed = bool(_peers(copy.project(k)))
        warm = tuple(sorted(j for j in others if staffed and tied[j]))
        found.append(Query(Asker.project(k), warm, tuple(sorted(others - set(warm)))))
    return found
