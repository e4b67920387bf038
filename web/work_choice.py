"""Which actors of the work list are asked for: by state, kind, theme and territory."""

from dataclasses import dataclass

from graphsvc.analytics.isolation import WorkItem
from graphsvc.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class WorkChoice:
    """Codes and ids; an empty one asks for all. Themes and places hold what is below them."""

    states: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    def keeps(self, snapshot: Snapshot, item: WorkItem) -> bool:
        """Whether an actor of the list is asked for."""
        kind = snapshot.actor(item.index).kind.value
        return (
            (not self.states or item.state.value in self.states)
            and (not self.kinds or kind in self.kinds)
            and (not self.themes or bool(set(self.themes) & themes_of(snapshot, item.index)))
            and (not self.places or bool(set(self.places) & places_of(snapshot, item.index)))
        )


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
