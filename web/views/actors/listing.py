"""Lists by pages, and an actor as one line of a list."""

from dataclasses import dataclass

from graphsvc.domain.actors import Actor
from graphsvc.snapshot import Snapshot
from web.named import place_name, topic_name

_THEMES = 3


@dataclass(frozen=True, slots=True)
class Page:
    """A slice of a list: items `first` to `last` (excluded) of `total`, page `number` of `count`."""

    number: int
    count: int
    first: int
    last: int
    total: int


@dataclass(frozen=True, slots=True)
class ActorLine:
    """An actor in a list."""

    actor: Actor
    place: str | None
    themes: tuple[str, ...]
    ties: int
    engaged: bool = True


def page_of(total: int, size: int, number: int) -> Page:
    """The slice of a page; a number past the end gives the last page."""
    count = max(1, -(-total // size))
    at = min(number, count)
    return Page(at, count, (at - 1) * size, min(at * size, total), total)


def actor_line(snapshot: Snapshot, i: int, ties: int) -> ActorLine:
    """The line of actor i, with its number of live ties."""
    actor = snapshot.actor(i)
    return ActorLine(
        actor,
        seat_name(snapshot, i),
        theme_labels(snapshot, actor.themes)[:_THEMES],
        ties,
        bool(snapshot.actors.engaged[i]),
    )


def seat_name(snapshot: Snapshot, i: int) -> str | None:
    """The name of the place of an actor's seat; with its country when abroad."""
    seat = int(snapshot.actors.seat[i])
    if seat < 0:
        return None
    chain = snapshot.ancestors(seat)
    name = place_name(snapshot.place(seat))
    country = snapshot.place(chain[-1])
    return name if country.id in (snapshot.place_ids[seat], "FR") else f"{name} ({place_name(country)})"


def theme_labels(snapshot: Snapshot, ids: tuple[str, ...]) -> tuple[str, ...]:
    """The labels of themes, in the order given."""
    found = (snapshot.theme_index(id_) for id_ in ids)
    return tuple(topic_name(snapshot.theme(t)) for t in found if t is not None)
