"""What the matcher keeps of a snapshot, computed once: sparse features of every actor and their inverted
lists.

Built per (store_id, revision) and kept for the last few; the same numbers on every store. No date is inside.
"""

import importlib
from collections import OrderedDict
from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np

from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import B1, I32, I64
from matcher.board import Board, build_board
from matcher.evidence.proximity import Seats, seat_points
from matcher.evidence.purpose import Lexicon, PhraseBook, phrase_book, purpose_features
from matcher.evidence.territories import around_home, territory_features
from matcher.evidence.themes import theme_features
from matcher.evidence.ties import Circle, Moves, documented_circle, transition
from matcher.identities import read_identities
from matcher.profiles import Profile, abroad, build_profiles, documented, local_elsewhere
from matcher.ranking import Signal
from matcher.sparse import Rows, side_by_side, transposed
from matcher.taxonomy import Taxonomy

if TYPE_CHECKING:
    from matcher.kernel.lists import PackedLists

KERNEL_FROM = 20_000
"""Smaller networks are scored by numpy: compiling costs a command more than it gains."""
BLOCKS = (Signal.THEMES, Signal.TERRITORIES, Signal.PURPOSE, Signal.TIES)
KEPT = 4


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class MatchIndex:
    """The features of n actors. `rows` joins the blocks of BLOCKS side by side; `starts` are their first
    columns.

    `lists` are the inverted lists of `rows`, `packed` both for the compiled search (large networks only).
    `away` are actors whose seat is abroad, `elsewhere` local bodies of the rest of the country, `documented`
    the rows of relations that are real cooperation, `home` places that are at home or contain it.
    `unit_ptr`/`units` list the actors that are part of each actor.
    """

    store_id: str
    revision: int
    n: int
    works_on: Profile
    acts_in: Profile
    themes: Taxonomy
    places: Taxonomy
    lexicon: Lexicon
    phrases: PhraseBook
    circle: Circle
    moves: Moves
    away: B1
    home: B1
    home_ids: frozenset[str]
    elsewhere: I32
    documented: B1
    seats: Seats
    board: Board
    roles: I32
    lineage: Rows
    unit_ptr: I64
    units: I32
    rows: Rows
    lists: Rows
    starts: tuple[int, ...]
    packed: "PackedLists | None" = None

    def block(self, signal: Signal) -> tuple[int, int]:
        """First column of a signal's block and the column after its last."""
        at = BLOCKS.index(signal)
        return self.starts[at], self.starts[at + 1]


_kept: OrderedDict[tuple[str, int], MatchIndex] = OrderedDict()
_lock = Lock()


def build_index(snapshot: Snapshot) -> MatchIndex:
    """The index of a snapshot, from memory when it was built before."""
    key = (snapshot.store_id, snapshot.revision)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    index = compute_index(snapshot)
    keep_index(index)
    return index


def keep_index(index: MatchIndex) -> None:
    """Remember an index; the one used longest ago is dropped when there are more than a few."""
    with _lock:
        _kept[index.store_id, index.revision] = index
        _kept.move_to_end((index.store_id, index.revision))
        while len(_kept) > KEPT:
            _kept.popitem(last=False)


def compute_index(snapshot: Snapshot) -> MatchIndex:
    """The index of a snapshot, computed afresh."""
    works_on, acts_in = build_profiles(snapshot)
    theme_rows, themes = theme_features(snapshot, works_on.rows)
    place_rows, places = territory_features(snapshot, acts_in.rows)
    text_rows, lexicon = purpose_features(snapshot)
    circle = documented_circle(snapshot)
    rows, starts = side_by_side([theme_rows, place_rows, text_rows, circle.rows])
    away = abroad(snapshot)
    unit_ptr, units = _units(snapshot)
    roles, lineage = read_identities(snapshot)
    home = around_home(snapshot)
    index = MatchIndex(
        store_id=snapshot.store_id,
        revision=snapshot.revision,
        n=snapshot.n,
        works_on=works_on,
        acts_in=acts_in,
        themes=themes,
        places=places,
        lexicon=lexicon,
        phrases=phrase_book(snapshot),
        circle=circle,
        moves=transition(circle),
        away=away,
        home=home,
        home_ids=frozenset(snapshot.place_ids[p] for p in np.flatnonzero(home).tolist()),
        documented=documented(snapshot),
        elsewhere=local_elsewhere(snapshot),
        seats=seat_points(snapshot, away),
        board=build_board(snapshot, themes, places),
        roles=roles,
        lineage=lineage,
        unit_ptr=unit_ptr,
        units=units,
        rows=rows,
        lists=transposed(rows),
        starts=starts,
    )
    return replace(index, packed=pack_index(snapshot, index)) if index.n >= KERNEL_FROM else index


def pack_index(snapshot: Snapshot, index: MatchIndex) -> "PackedLists":
    """The lists of an index as the compiled search reads them."""
    kernel = importlib.import_module("matcher.kernel.lists")
    packed: PackedLists = kernel.packed(index.rows, index.lists, index.seats, snapshot.actors)
    return packed


def _units(snapshot: Snapshot) -> tuple[I64, I32]:
    """CSR of the actors that are part of each actor."""
    part_of = snapshot.actors.part_of
    children = np.flatnonzero(part_of >= 0)
    order = children[np.argsort(part_of[children], kind="stable")]
    ptr = np.zeros(snapshot.n + 1, np.int64)
    np.cumsum(np.bincount(part_of[children], minlength=snapshot.n), out=ptr[1:])
    return ptr, order.astype(np.int32)
