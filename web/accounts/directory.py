"""What accounts need to know of the network: its identity, and its actors by key or name."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from graphsvc.domain.errors import StoreUnavailable

if TYPE_CHECKING:
    from graphsvc.snapshot import Snapshot


class ActorDirectory(Protocol):
    """The actors of the graph being served."""

    def store_id(self) -> str | None:
        """Which graph; None while there is none to serve."""

    def actor_key(self, key: str) -> str | None:
        """The public key that answers to this one today (a merged actor answers with its successor)."""

    def actor_name(self, key: str) -> str | None:
        """The name of the actor of this key."""

    def find_actor(self, text: str) -> str:
        """The public key of an actor by key or exact name. Raises UnknownRecord, AmbiguousName."""


class EmptyDirectory:
    """No graph is served: nobody has an actor of their own."""

    def store_id(self) -> str | None:
        """None."""
        return None

    def actor_key(self, _key: str) -> str | None:
        """None."""
        return None

    def actor_name(self, _key: str) -> str | None:
        """None."""
        return None

    def find_actor(self, _text: str) -> str:
        """Raises StoreUnavailable."""
        raise StoreUnavailable("graph", "")


class SnapshotDirectory:
    """The actors of the current snapshot."""

    def __init__(self, current: "Callable[[], Snapshot | None]") -> None:
        self._current = current

    def store_id(self) -> str | None:
        """The snapshot's."""
        snapshot = self._current()
        return snapshot.store_id if snapshot is not None else None

    def actor_key(self, key: str) -> str | None:
        """By the snapshot's index, merged ids included."""
        snapshot = self._current()
        position = snapshot.index(key) if snapshot is not None else None
        return snapshot.ids[position] if snapshot is not None and position is not None else None

    def actor_name(self, key: str) -> str | None:
        """By the snapshot's index."""
        snapshot = self._current()
        position = snapshot.index(key) if snapshot is not None else None
        return snapshot.name(position) if snapshot is not None and position is not None else None

    def find_actor(self, text: str) -> str:
        """As everywhere a person names an actor."""
        from graphsvc.search import find_actor

        snapshot = self._current()
        if snapshot is None:
            raise StoreUnavailable("graph", "")
        return snapshot.ids[find_actor(snapshot, text)]
