"""What an actor has in common with a list of themes or territories: the same, one within it, or around it."""

from collections.abc import Iterable, Sequence

from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import I32, I64


def common_themes(snapshot: Snapshot, i: int, asked: Sequence[str]) -> tuple[str, ...] | None:
    """The asked themes that actor i works on, or on something narrower or broader. None: it names none."""
    own = _row(snapshot.actors.theme_ptr, snapshot.actors.theme_ids, i)
    if not own:
        return None
    wide = {a for t in own for a in snapshot.theme_ancestors(t)}
    positions = ((key, snapshot.theme_index(key)) for key in asked)
    return tuple(
        key
        for key, t in positions
        if t is not None and (t in wide or set(own) & set(snapshot.theme_ancestors(t)))
    )


def common_places(snapshot: Snapshot, i: int, asked: Sequence[str]) -> tuple[str, ...] | None:
    """The asked territories where actor i acts or sits: the same, within, or around. None: it names none."""
    own = set(_row(snapshot.actors.place_ptr, snapshot.actors.place_ids, i))
    seat = int(snapshot.actors.seat[i])
    if seat >= 0:
        own.add(seat)
    if not own:
        return None
    wide = {a for p in own for a in snapshot.ancestors(p)}
    positions = ((key, snapshot.place_index(key)) for key in asked)
    return tuple(key for key, p in positions if p is not None and (p in wide or _around(snapshot, p, own)))


def _around(snapshot: Snapshot, p: int, own: Iterable[int]) -> bool:
    """Whether the actor acts on something that contains this place."""
    above = set(snapshot.ancestors(p))
    return any(o in above for o in own)


def _row(ptr: I64, ids: I32, i: int) -> list[int]:
    return [int(v) for v in ids[int(ptr[i]) : int(ptr[i + 1])]]
