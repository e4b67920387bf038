"""Houses gathered under each place, or each theme: those that name it, and those that name something inside.

Inverted lists over a hierarchy; memory is proportional to the data, no pair of actors is formed here.
"""

from dataclasses import dataclass

import numpy as np

from graphsvc.snapshot.columns import B1, F32, F64, I32, I64
from matcher.places.standing import AtWork


@dataclass(frozen=True, slots=True)
class Gatherings:
    """CSR over entries. `named`: how sure it is that the house names the entry itself (0 = it does not);
    `below`: the same for the surest entry inside it. Houses of an entry are sorted.
    """

    ptr: I64
    house: I32
    named: F32
    below: F32

    def of(self, entry: int) -> tuple[I32, F32, F32]:
        """Houses at an entry, with what each names."""
        span = slice(int(self.ptr[entry]), int(self.ptr[entry + 1]))
        return self.house[span], self.named[span], self.below[span]

    def sizes(self) -> I64:
        """How many houses each entry gathers."""
        return np.diff(self.ptr)


def gather(at_work: AtWork, parent: I32, houses: B1, entries: B1) -> Gatherings:
    """The gatherings of these houses on the entries that count (`entries`), each with its ancestors."""
    owner, entry = at_work.owners(), at_work.entry.astype(np.int64)
    kept = houses[owner] & entries[entry]
    owner, entry = owner[kept], entry[kept]
    named = at_work.strength[kept].astype(np.float64)
    rows = [(owner, entry, named, np.zeros(len(owner)))]
    strength = named
    while len(entry):
        up = parent[entry].astype(np.int64)
        inside = up >= 0
        owner, entry, strength = owner[inside], up[inside], strength[inside]
        rows.append((owner, entry, np.zeros(len(owner)), strength))
    return _merged(rows, len(parent), entries)


def _merged(rows: list[tuple[I64, I64, F64, F64]], count: int, entries: B1) -> Gatherings:
    owner, entry, named, below = (np.concatenate(column) for column in zip(*rows, strict=True))
    kept = entries[entry]
    owner, entry, named, below = owner[kept], entry[kept], named[kept], below[kept]
    order = np.lexsort((owner, entry))
    owner, entry, named, below = owner[order], entry[order], named[order], below[order]
    if len(owner):
        first = np.flatnonzero(np.r_[True, (entry[1:] != entry[:-1]) | (owner[1:] != owner[:-1])])
        named, below = np.maximum.reduceat(named, first), np.maximum.reduceat(below, first)
        owner, entry = owner[first], entry[first]
    ptr = np.zeros(count + 1, np.int64)
    np.cumsum(np.bincount(entry, minlength=count), out=ptr[1:])
    return Gatherings(ptr, owner.astype(np.int32), named.astype(np.float32), below.astype(np.float32))


def children_of(parent: I32) -> list[list[int]]:
    """The entries directly inside each entry."""
    found: list[list[int]] = [[] for _ in parent]
    for entry, up in enumerate(parent.tolist()):
        if up >= 0:
            found[up].append(entry)
    return found
