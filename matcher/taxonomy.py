"""Hierarchies of themes and places: what belongs to a broader entry counts for it too, the rare more than
the common.

An entry and all its ancestors are features, each weighing its rarity (information content); two actors are
compared by the cosine of these vectors, shrunk so that a common entry alone never gives full marks, times
the confidence of each entry (1 when the record itself says it). Hence: same entry > same parent > same
grandparent. Sources: Resnik (1995) for the information content, Ganesan et al. (2003) for the cosine over a
hierarchy.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt

from graphsvc.snapshot.columns import F64, I32
from matcher.sparse import Rows, Vector, normalised, rarity, rows_from_entries

SHRINK = 1.0
"""Added to the length of what an actor is known for: a long profile is then hardly a lesser match than a
short one that holds the same (pivoted lengths, Singhal et al. 1996).
"""
SHORT = 0.3
"""The same for an announcement, which says precisely what it is about."""


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """Each entry with its parents, from itself up, and how much sharing it counts, in [0, 1].

    `above` is the parent of each entry (-1 = none), `rank` its place among all, the most telling first.
    """

    chains: tuple[tuple[int, ...], ...]
    importance: F64
    above: tuple[int, ...]
    rank: tuple[int, ...]

    def ancestors(self, entry: int) -> tuple[int, ...]:
        """The entry itself, then its parents."""
        return self.chains[entry]


def chains_of(parent: I32) -> tuple[tuple[int, ...], ...]:
    """Each entry, then its parents (-1 = none above)."""
    above = parent.tolist()
    chains = []
    for entry in range(len(above)):
        chain, at = [], entry
        while at >= 0:
            chain.append(at)
            at = above[at]
        chains.append(tuple(chain))
    return tuple(chains)


def closure(rows: Rows, parent: I32) -> Rows:
    """The same rows with every ancestor added; an ancestor takes the largest value under it."""
    owners, ids, values = rows.owners(), rows.ids.astype(np.int64), rows.values
    all_owners, all_ids, all_values = [owners], [ids], [values]
    while len(ids):
        up = parent[ids].astype(np.int64)
        keep = up >= 0
        owners, ids, values = owners[keep], up[keep], values[keep]
        all_owners.append(owners)
        all_ids.append(ids)
        all_values.append(values)
    return rows_from_entries(
        rows.count,
        rows.columns,
        np.concatenate(all_owners),
        np.concatenate(all_ids),
        np.concatenate(all_values),
    )


def taxonomy_features(rows: Rows, parent: I32, damping: npt.ArrayLike = 1.0) -> tuple[Rows, Taxonomy]:
    """Feature rows of length under 1, and the taxonomy with the importance of each entry.

    `damping` (one value, or one per entry) lowers the importance of entries that say little.
    """
    closed = closure(rows, parent)
    importance = rarity(closed) * np.asarray(damping, np.float64)
    full = normalised(
        Rows(closed.ptr, closed.ids, importance[closed.ids].astype(np.float32), closed.columns), SHRINK
    )
    features = Rows(full.ptr, full.ids, full.values * closed.values, full.columns)
    return features, Taxonomy(chains_of(parent), importance, tuple(parent.tolist()), _ranks(importance))


def _ranks(importance: F64) -> tuple[int, ...]:
    """The place of each entry when the largest come first, ties by position."""
    ranks = np.empty(len(importance), np.int64)
    ranks[np.argsort(-importance, kind="stable")] = np.arange(len(importance))
    return tuple(ranks.tolist())


def taxonomy_query(entries: dict[int, float], taxonomy: Taxonomy, shrink: float = SHRINK) -> Vector:
    """The query vector of weighted entries, made exactly as the rows are."""
    reached: dict[int, float] = {}
    for entry, weight in entries.items():
        for ancestor in taxonomy.chains[entry]:
            if reached.get(ancestor, -1.0) < weight:
                reached[ancestor] = weight
    if not reached:
        return Vector.empty()
    ordered = sorted(reached)
    ids = np.array(ordered, np.int64)
    importance = taxonomy.importance[ids]
    length = sqrt(float((importance * importance).sum()) + shrink * shrink)
    return Vector(ids, np.array([reached[i] for i in ordered]) * importance / length)


def reach_of(entries: Iterable[int], taxonomy: Taxonomy) -> frozenset[int]:
    """The entries and everything that contains them."""
    chains = taxonomy.chains
    return frozenset().union(*[chains[e] for e in entries])


@dataclass(frozen=True, slots=True)
class Entries:
    """What one side names (position -> weight) and everything that contains it."""

    named: dict[int, float]
    reach: frozenset[int]

    @classmethod
    def of(cls, named: dict[int, float], taxonomy: Taxonomy) -> "Entries":
        """The entries with what contains them."""
        return cls(named, reach_of(named, taxonomy))


Shared = list[tuple[int, bool]]
"""Entries two sides share, the most telling first, each with whether both name it."""


def shared_entries(one: Entries, other: Entries, taxonomy: Taxonomy) -> Shared:
    """The most specific entries both sides reach, the most telling first, each with whether both named it.

    An entry is left out when a narrower shared one implies it.
    """
    common = one.reach & other.reach
    if not common:
        return []
    above, mine, theirs = taxonomy.above, one.named, other.named
    leaves = common.difference([above[e] for e in common])  # what contains a common entry is common too
    return [(e, e in mine and e in theirs) for e in sorted(leaves, key=taxonomy.rank.__getitem__)]
