"""Which actors of the work list are asked for: by state, kind, theme and territory."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from graphsvc.analytics.isolation import WorkItem
from graphsvc.domain.actors import ActorKind
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import B1, I32, I64


@dataclass(frozen=True, slots=True)
class WorkChoice:
    """Codes and ids; an empty one asks for all. Themes and places hold what is below them."""

    states: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    def among(self, snapshot: Snapshot, items: Iterable[WorkItem]) -> list[WorkItem]:
        """Those of these actors that are asked for, in their order. An unknown code asks for nobody."""
        found = [item for item in items if item.state.value in self.states] if self.states else list(items)
        if not (self.kinds or self.themes or self.places):
            return found
        wanted = self._actors(snapshot)
        return [item for item in found if wanted[item.index]]

    def _actors(self, snapshot: Snapshot) -> B1:
        """The actors of these kinds, themes and places: bool[n]."""
        columns = snapshot.actors
        wanted = np.ones(snapshot.n, np.bool_)
        if self.kinds:
            wanted &= np.isin(columns.kind, [k for k, kind in enumerate(ActorKind) if kind in self.kinds])
        if self.themes:
            chosen = _with_below(snapshot.themes.parent, map(snapshot.theme_index, self.themes))
            wanted &= _holding(columns.theme_ptr, columns.theme_ids, chosen)
        if self.places:
            chosen = _with_below(snapshot.places.parent, map(snapshot.place_index, self.places))
            seated = columns.seat >= 0
            seated[seated] = chosen[columns.seat[seated]]
            wanted &= seated | _holding(columns.place_ptr, columns.place_ids, chosen)
        return wanted


def _with_below(parent: I32, chosen: Iterable[int | None]) -> B1:
    """The topics chosen and all that is below them: bool[topics]."""
    found = np.zeros(len(parent), np.bool_)
    found[[k for k in chosen if k is not None]] = True
    below = parent >= 0
    while (more := below & ~found & found[parent]).any():
        found |= more
    return found


def _holding(ptr: I64, ids: I32, chosen: B1) -> B1:
    """The rows of a table of lists (`ids[ptr[i]:ptr[i + 1]]`) that hold a chosen one: bool[rows]."""
    found = np.zeros(len(ptr) - 1, np.bool_)
    found[np.repeat(np.arange(len(ptr) - 1), np.diff(ptr))[chosen[ids]]] = True
    return found


def themes_of(snapshot: Snapshot, i: int) -> set[str]:
    """The themes of an actor and those above them."""
    positions = (snapshot.theme_index(id_) for id_ in snapshot.actor(i).themes)
    return {snapshot.theme_ids[a] for t in positions if t is not None for a in snapshot.theme_ancestors(t)}


def places_of(snapshot: Snapshot, i: int) -> set[str]:
    """Where an actor acts and has its seat, and what contains these places."""
    columns = snapshot.actors
    own = columns.place_ids[columns.place_ptr[i] : columns.place_ptr[i + 1]].tolist()
    seat = int(columns.seat[i])
    places = [*own, seat] if seat >= 0 else own
    return {snapshot.place_ids[a] for p in places for a in snapshot.ancestors(p)}
