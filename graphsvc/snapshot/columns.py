"""The columns of a snapshot: what every fast read (search, analytics, matcher, maps) runs on.

Conventions: an *index* is a position (int) in a column, -1 = none; CSR pairs `x_ptr` (int64[n + 1]) and
`x_ids` (int32) list the sorted ids of row i in `x_ids[x_ptr[i]:x_ptr[i + 1]]`; days are proleptic Gregorian
ordinals (`date.toordinal()`), `DAY_MIN`/`DAY_MAX` when unbounded. No column depends on today.
Records are decoded lazily: `snapshot.actor(i)` gives the domain object.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

I8 = npt.NDArray[np.int8]
I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]
F32 = npt.NDArray[np.float32]
F64 = npt.NDArray[np.float64]
B1 = npt.NDArray[np.bool_]

DAY_MIN, DAY_MAX = 1, 3_652_059  # date.min, date.max


class Perimeter(IntEnum):
    """Where an actor stands to the home territory, from its seat (then its kind, then its country)."""

    INSIDE = 0
    PARTNER = 1
    OUTSIDE = 2


class RelationSource(IntEnum):
    """What kind of record a relation row was made from."""

    LINK = 0
    AGREEMENT = 1
    PROJECT = 2
    PART_OF = 3
    EVENT = 4  # two actors at one event: contact class, only organiser-attendee pairs


@dataclass(frozen=True, slots=True)
class PlaceColumns:
    """Places, ordered by id. `depth` counts parents; `lat`/`lon` are NaN when unknown.

    `home` and `partner` say whether the place is, or lies within, a place of that role.
    """

    parent: I32
    level: I8
    depth: I8
    lat: F64
    lon: F64
    home: B1
    partner: B1


@dataclass(frozen=True, slots=True)
class TopicColumns:
    """Themes (or skills), ordered by id: parent index, or -1 at level 1."""

    parent: I32


@dataclass(frozen=True, slots=True)
class ActorColumns:
    """Actors, ordered by id. `kind` is the position in `list(ActorKind)`; `seat` a place index.

    `lat`/`lon`: the actor's own point, else its seat's, else NaN. `founded`/`ended`: first/last day.
    `engaged`: known, or inferred as design.md says. `tokens` count folded, stemless words of name,
    acronym, other names and purpose (the matcher stems and weights them).
    """

    kind: I8
    seat: I32
    lat: F64
    lon: F64
    perimeter: I8
    engaged: B1
    founded: I32
    ended: I32
    confirmed: I32
    part_of: I32
    theme_ptr: I64
    theme_ids: I32
    place_ptr: I64
    place_ids: I32
    token_ptr: I64
    token_ids: I32
    token_counts: I32


@dataclass(frozen=True, slots=True)
class RelationColumns:
    """One row per pair of actors and source, ordered by (a, b, source kind, source index).

    A link gives one row; an agreement or a project of n parties gives its pairs, each of `weight`
    1 / (n - 1). `link_class`: position in `list(LinkClass)`; `kind`: position in `list(LinkKind)` or -1
    (projects). `state`: position in `list(State)` or -1. `first`/`last`: live interval in days (first > last
    = never). `start`/`end`: days as documented (DAY_MIN / DAY_MAX when unknown). `confirmed`: last day, or
    DAY_MIN.
    `record`: index into snapshot links / agreements / projects / actors / events, by `source`.
    For directed kinds `a` is the giver (actor_a) and `b` the receiver; else a < b.
    """

    a: I32
    b: I32
    link_class: I8
    kind: I8
    state: I8
    source: I8
    record: I32
    weight: F32
    first: I32
    last: I32
    start: I32
    end: I32
    confirmed: I32


@dataclass(frozen=True, slots=True)
class InvolvementColumns:
    """For each actor, the positions of the records of a kind that name it (CSR: `x_ptr`, `x_ids`).

    Links it ends, agreements it is party to, projects it takes part in, announcements and experience sheets
    it owns, calls it funds, events it was invited to.
    """

    link_ptr: I64
    link_ids: I64
    agreement_ptr: I64
    agreement_ids: I64
    project_ptr: I64
    project_ids: I64
    announcement_ptr: I64
    announcement_ids: I64
    experience_ptr: I64
    experience_ids: I64
    call_ptr: I64
    call_ids: I64
    event_ptr: I64
    event_ids: I64


@dataclass(frozen=True, slots=True)
class Ties:
    """The neighbour graph at a date: symmetric CSR over actors, sorted, no self loop, no parallel edge.

    `weight[k]` sums the weights of the pair's live sources. `pairs` = number of ties.
    """

    ptr: I64
    ids: I32
    weight: F32

    @property
    def degree(self) -> I64:
        """Number of neighbours of each actor."""
        return np.diff(self.ptr)

    @property
    def pairs(self) -> int:
        """Number of ties (neighbour pairs)."""
        return len(self.ids) // 2

    def degree_of(self, i: int) -> int:
        """Number of neighbours of actor i."""
        return int(self.ptr[i + 1] - self.ptr[i])

    def neighbours(self, i: int) -> I32:
        """Sorted neighbour indices of actor i."""
        return self.ids[self.ptr[i] : self.ptr[i + 1]]
