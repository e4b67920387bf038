"""Is the graph sound? Every reference resolves to a current record, and no chain of parents is a circle."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graphsvc.domain.records import RecordKind, references
from graphsvc.ports import GraphStore

_PARENT_FIELDS = frozenset({"parent", "part_of"})


@dataclass(frozen=True, slots=True)
class Problem:
    """Something a store should never hold. `code`: `dangling_reference` or `cyclic_hierarchy`."""

    kind: str
    id: str
    code: str


@dataclass(frozen=True, slots=True)
class CheckReport:
    """How many records of each kind were read, and what is wrong with them."""

    counts: Mapping[RecordKind, int]
    problems: tuple[Problem, ...]


def check_store(store: GraphStore) -> CheckReport:
    """Read everything once and report each problem, in the order of kinds and ids. Changes nothing."""
    counts = dict.fromkeys(RecordKind, 0)
    wanted: list[tuple[RecordKind, str, RecordKind, str]] = []
    known: dict[RecordKind, set[str]] = {kind: set() for kind in RecordKind}
    parents: dict[RecordKind, dict[str, str]] = {kind: {} for kind in RecordKind}
    for kind in RecordKind:
        for stored in store.records(kind):
            counts[kind] += 1
            known[kind].add(stored.record.id)
            for field, ref in references(stored.record):
                wanted.append((kind, stored.record.id, ref.kind, ref.id))
                if field in _PARENT_FIELDS:
                    parents[kind][stored.record.id] = ref.id
    dangling = (
        Problem(kind.value, id_, "dangling_reference")
        for kind, id_, target_kind, target in wanted
        if target not in known[target_kind]
    )
    cycles = (
        Problem(kind.value, id_, "cyclic_hierarchy")
        for kind in RecordKind
        for id_ in _in_cycle(parents[kind])
    )
    return CheckReport(counts, tuple(dict.fromkeys((*dangling, *cycles))))


def _in_cycle(parents: Mapping[str, str]) -> Iterator[str]:
    """The ids that come back to themselves by going up."""
    settled: set[str] = set()
    for start in parents:
        path: dict[str, int] = {}
        at: str | None = start
        while at is not None and at not in settled and at not in path:
            path[at] = len(path)
            at = parents.get(at)
        if at in path:
            yield from sorted(id_ for id_, position in path.items() if position >= path[at])
        settled.update(path)
