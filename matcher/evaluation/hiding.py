"""A copy of the network without some of its real cooperations, and the questions these would have answered.

What is hidden, in equal shares, drawn by a seeded generator over ids in order:
- a *pair*: every cooperation link and every agreement of two that joins two actors, taken out together. Each
  end then asks who it should meet; the other end is the right answer. Pairs that a project or a wider
  agreement joins as well are never hidden: their cooperation would still show.
- a *participation* of a project (funders aside) that keeps another participant. The project asks who could
  join it.

The copy is assembled from the records that are left, by the very function that makes every snapshot: ties,
themes and places a hidden record showed are gone because they are computed again. With a participation go
the links and agreements of two, begun since the project did, of that participant and another: they may come
of it. What other records tell of what is hidden is taken out as well (`traces.py`). What else an actor's own
record declares stays: it is what a member would have typed.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

import numpy as np

from graphsvc.domain.agreements import Agreement
from graphsvc.domain.links import CLASS_OF, Link, LinkClass, LinkKind, State
from graphsvc.domain.projects import ParticipationRole, Project
from graphsvc.domain.records import RecordKind
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.build import assemble
from matcher.asks import Asker
from matcher.evaluation.traces import Pair, Traces

_UNREAL = frozenset({State.PLANNED, State.ATTEMPTED, State.RETRACTED})


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
    traces = Traces.of(snapshot, pairs, parts)
    since = _born_with(records[RecordKind.PROJECT], parts)
    records[RecordKind.LINK] = [k for k in records[RecordKind.LINK] if not _hides_link(k, pairs, since)]
    deals = [a for a in records[RecordKind.AGREEMENT] if not _hides_deal(a, pairs, since)]
    records[RecordKind.AGREEMENT] = [traces.work_left(a, (p.actor for p in a.parties)) for a in deals]
    leaving: dict[str, set[str]] = defaultdict(set)
    for project, actor in parts:
        leaving[project].add(actor)
    staying = [_without_members(p, leaving[p.id]) for p in records[RecordKind.PROJECT]]
    records[RecordKind.PROJECT] = [traces.work_left(p, (m.actor for m in p.participations)) for p in staying]
    records[RecordKind.ACTOR] = [traces.actor_left(snapshot, a) for a in records[RecordKind.ACTOR]]
    for kind in (RecordKind.EXPERIENCE, RecordKind.ANNOUNCEMENT):
        records[kind] = [record for record in records[kind] if not traces.tells(record)]
    return assemble(f"{snapshot.store_id}/without-{label}", snapshot.revision, records, snapshot.aliases)


def _born_with(projects: list[Project], parts: frozenset[Pair]) -> dict[Pair, date]:
    """For each pair of a hidden participant and another one: the day from which what joins the two may come
    of the project.
    """
    since: dict[Pair, date] = {}
    by_id = {project.id: project for project in projects}
    for key, actor in parts:
        project = by_id[key]
        if project.start is None:
            continue
        day = project.start.first_day
        for peer in _peers(project) - {actor}:
            pair = _pair(actor, peer)
            since[pair] = min(day, since.get(pair, day))
    return since


def _without_members(project: Project, leaving: set[str]) -> Project:
    staying = tuple(p for p in project.participations if p.actor not in leaving)
    return replace(project, participations=staying) if leaving else project


def _peers(project: Project) -> set[str]:
    return {p.actor for p in project.participations if p.role is not ParticipationRole.FUNDER}


def _is_cooperation(kind: LinkKind, state: State | None) -> bool:
    return CLASS_OF[kind] is LinkClass.COOPERATION and state not in _UNREAL


def _hides_link(link: Link, pairs: frozenset[Pair], since: Mapping[Pair, date]) -> bool:
    pair = _pair(link.actor_a, link.actor_b)
    return link.link_class is LinkClass.COOPERATION and (pair in pairs or _begun(link, since.get(pair)))


def _hides_deal(agreement: Agreement, pairs: frozenset[Pair], since: Mapping[Pair, date]) -> bool:
    parties = sorted({p.actor for p in agreement.parties})
    if CLASS_OF[agreement.kind] is not LinkClass.COOPERATION or len(parties) != 2:
        return False
    pair = (parties[0], parties[1])
    return pair in pairs or _begun(agreement, since.get(pair))


def _begun(record: Link | Agreement, since: date | None) -> bool:
    """Whether it is known to have begun since that day."""
    return since is not None and record.start is not None and record.start.last_day >= since


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
