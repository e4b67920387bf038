"""What an actor says of itself, in stems: the same words whether it asks or is looked for.

The name of a commune or grouping only says where it is: Milly-la-Forêt is not about forests. It is no word of
its own, not even where its purpose, its announcements or its works write it out; « forêt » alone, in its
purpose, is one.
"""

from collections.abc import Iterable, Sequence

from graphsvc.domain.actors import Actor, ActorKind
from graphsvc.snapshot import Snapshot
from matcher.stemming import stems_of

NAMED_AFTER_PLACE = (ActorKind.COMMUNE, ActorKind.INTERCOMMUNALITY)


def own_words(actor: Actor) -> list[str]:
    """The stems of its names and its purpose; of its purpose only, without its name, if it is a commune."""
    said = stems_of(actor.purpose or "")
    if actor.kind in NAMED_AFTER_PLACE:
        return without_names(said, place_names(actor))
    return [root for name in _names(actor) for root in stems_of(name)] + said


def place_names(actor: Actor) -> list[list[str]]:
    """The names of a commune or grouping, in stems, the longest first; none for any other actor."""
    if actor.kind not in NAMED_AFTER_PLACE:
        return []
    names = {tuple(stems_of(name)) for name in _names(actor)}
    return sorted((list(name) for name in names if name), key=lambda name: (-len(name), name))


def told_by(snapshot: Snapshot, members: Iterable[int], text: str) -> list[str]:
    """The stems of a text that is about these actors, without the names of those named after a place."""
    names = [name for i in members for name in place_names(snapshot.actor(i))]
    return without_names(stems_of(text), names)


def without_names(said: Sequence[str], names: Iterable[Sequence[str]]) -> list[str]:
    """The stems without those that together write one of the names."""
    left: list[str | None] = list(said)
    for name in names:
        size = len(name)
        for at in range(len(left) - size + 1):
            if left[at : at + size] == list(name):
                left[at : at + size] = [None] * size
    return [root for root in left if root is not None]


def _names(actor: Actor) -> tuple[str, ...]:
    return (actor.name, actor.acronym or "", *(n.text for n in actor.other_names))
