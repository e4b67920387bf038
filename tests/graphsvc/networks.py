"""Small networks for tests, made of real records in a real store."""

from collections.abc import Iterable
from typing import Any

from graphsvc.domain.actors import Actor, ActorKind, Engagement
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.links import Link, LinkKind, State
from graphsvc.domain.places import Place, PlaceLevel, PlaceRole
from graphsvc.domain.records import Record
from graphsvc.ports import Put
from graphsvc.snapshot import Snapshot, build_snapshot
from graphsvc.stores.memory import MemoryStore

HOME = Place("91", "Essonne", PlaceLevel.DEPARTMENT, PlaceRole.HOME)
TOWN = Place(
    "91228", "Évry-Courcouronnes", PlaceLevel.MUNICIPALITY, parent="91", latitude=48.63, longitude=2.44
)
MALI = Place("ML", "Mali", PlaceLevel.COUNTRY, PlaceRole.PARTNER)


def association(name: str, **more: Any) -> Actor:
    """An association of the territory."""
    return Actor(name, name.upper(), ActorKind.ASSOCIATION, seat="91228", **more)


def tie(a: str, b: str, **more: Any) -> Link:
    """A partnership, live unless said otherwise."""
    kind = more.pop("kind", LinkKind.PARTNERSHIP)
    return Link(f"{kind}-{a}-{b}-{more.get('start', '')}", a, b, kind, **more)


def store_of(records: Iterable[Record]) -> MemoryStore:
    """A store that holds these and the three places."""
    store = MemoryStore()
    store.apply([Put(r) for r in (HOME, TOWN, MALI, *records)], by="test")
    return store


def snapshot_of(records: Iterable[Record]) -> Snapshot:
    """Their snapshot."""
    return build_snapshot(store_of(records))


def network(actors: str, pairs: str = "", **more: Any) -> Snapshot:
    """`network("a b c", "ab bc")`: associations named by one letter, and ties between them."""
    return snapshot_of(
        [*(association(a) for a in actors.split()), *(tie(p[0], p[1], **more) for p in pairs.split())]
    )


__all__ = ["Engagement", "PartialDate", "State", "association", "network", "snapshot_of", "store_of", "tie"]
