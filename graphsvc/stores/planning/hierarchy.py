"""Parent chains (places, themes, skills, units of an organisation) never come back to their start."""

from collections.abc import Mapping

from graphsvc.domain.actors import Actor
from graphsvc.domain.errors import CyclicHierarchy
from graphsvc.domain.places import Place
from graphsvc.domain.records import Record, Ref, kind_of
from graphsvc.domain.themes import Skill, Theme
from graphsvc.stores.planning.facts import Facts, ref_order


def parent_of(record: Record) -> Ref | None:
    """The record one step up its hierarchy, if it has one."""
    if isinstance(record, Actor):
        parent = record.part_of
    elif isinstance(record, Place | Theme | Skill):
        parent = record.parent
    else:
        return None
    return None if parent is None else Ref(kind_of(record), parent)


def check_no_cycle(puts: Mapping[Ref, Record], facts: Facts) -> None:
    """Raise CyclicHierarchy, naming the first of the circle, when a record would be its own ancestor."""
    parents = {ref: parent for ref, record in puts.items() if (parent := parent_of(record)) is not None}
    _add_stored_ancestors(parents, puts, facts)
    check_parents(parents)


def check_parents(parents: Mapping[Ref, Ref]) -> None:
    """The same on the parents alone: {record: its parent}."""
    sound: set[Ref] = set()
    for start in sorted(parents, key=ref_order):
        path: dict[Ref, None] = {}
        here: Ref | None = start
        while here is not None and here not in sound:
            if here in path:
                trail = list(path)
                first = min(trail[trail.index(here) :], key=ref_order)
                raise CyclicHierarchy(first.kind.value, first.id)
            path[here] = None
            here = parents.get(here)
        sound.update(path)


def _add_stored_ancestors(parents: dict[Ref, Ref], puts: Mapping[Ref, Record], facts: Facts) -> None:
    known = set(puts)
    frontier = {parent for parent in parents.values() if parent not in known}
    while frontier:
        known |= frontier
        found = facts.current(frontier)
        frontier = set()
        for ref, stored in found.items():
            parent = parent_of(stored.record)
            if parent is not None:
                parents[ref] = parent
                if parent not in known:
                    frontier.add(parent)
