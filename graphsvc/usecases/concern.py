"""Whether a record concerns a theme or a territory: it names it, something within it, or what contains it.

The one rule of every list that can be asked for a theme or a territory (announcements, experience sheets,
calls) and of what fits an actor: what is for the whole Région de Kayes concerns Kayes, what is on all of
education concerns literacy. What is found through something broader comes after what names the thing itself.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from graphsvc.domain.announcements import Announcement
from graphsvc.domain.calls import Call
from graphsvc.domain.experiences import Experience
from graphsvc.domain.projects import Project
from graphsvc.search import find_place, find_theme
from graphsvc.snapshot import Snapshot


class Axis(StrEnum):
    """The two hierarchies by which lists are asked."""

    THEME = "theme"
    TERRITORY = "territory"


About = Announcement | Call | Experience | Project


@dataclass(frozen=True, slots=True)
class Reach:
    """The way up from what was asked to what a record names: so many `steps` to the entry `at`.

    0 steps: it names what was asked, or something within it.
    """

    steps: int
    at: int


@dataclass(frozen=True, slots=True)
class Concern:
    """How a record concerns what was asked. `theme`, `territory`: the key of what is broader, by which it
    does; None when it names the thing itself or something within. `steps`: how far up, both added.
    """

    steps: int = 0
    theme: str | None = None
    territory: str | None = None


def above(snapshot: Snapshot, axis: Axis, entry: int) -> tuple[int, ...]:
    """The entry itself, then what contains it."""
    return snapshot.theme_ancestors(entry) if axis is Axis.THEME else snapshot.ancestors(entry)


def keys_of(snapshot: Snapshot, axis: Axis) -> Sequence[str]:
    """The public keys of the entries, by position."""
    keys: Sequence[str] = snapshot.theme_ids if axis is Axis.THEME else snapshot.place_ids
    return keys


def entries(snapshot: Snapshot, axis: Axis, keys: Iterable[str]) -> frozenset[int]:
    """The positions of the keys that a record names."""
    position: Callable[[str], int | None] = (
        snapshot.theme_index if axis is Axis.THEME else snapshot.place_index
    )
    return frozenset(found for key in keys if (found := position(key)) is not None)


def named_by(snapshot: Snapshot, axis: Axis, record: About) -> frozenset[int]:
    """The positions of the themes or territories of a record."""
    return entries(snapshot, axis, record.themes if axis is Axis.THEME else record.territories)


def asked_for(snapshot: Snapshot, axis: Axis, keys: Iterable[str]) -> list[int]:
    """The entries asked for, by code or name. Raises UnknownRecord or AmbiguousName."""
    find = find_theme if axis is Axis.THEME else find_place
    return [find(snapshot, key) for key in keys]


def reach_to(snapshot: Snapshot, axis: Axis, named: frozenset[int], asked: Sequence[int]) -> Reach | None:
    """The shortest way from one of the asked entries to what is named; None when it concerns none of them."""
    within = {a for entry in named for a in above(snapshot, axis, entry)}
    ways = [Reach(0, entry) for entry in asked if entry in within]
    ways += [
        Reach(steps, a)
        for entry in asked
        for steps, a in enumerate(above(snapshot, axis, entry))
        if a in named
    ]
    return min(ways, key=lambda way: way.steps, default=None)


def reaches_to(
    snapshot: Snapshot, axis: Axis, each: Sequence[frozenset[int]], asked: Sequence[int]
) -> list[Reach | None]:
    """`reach_to` for what each of many records names; all 0 steps from nothing asked."""
    if not asked:
        return [Reach(0, -1) for _ in each]
    known: dict[frozenset[int], Reach | None] = {}
    for named in each:
        if named not in known:
            known[named] = reach_to(snapshot, axis, named, asked)
    return [known[named] for named in each]


def concern_of(snapshot: Snapshot, theme: Reach | None, territory: Reach | None) -> Concern | None:
    """Both ways together; None when one of them is missing."""
    if theme is None or territory is None:
        return None
    return Concern(
        theme.steps + territory.steps,
        snapshot.theme_ids[theme.at] if theme.steps else None,
        snapshot.place_ids[territory.at] if territory.steps else None,
    )


def counted(snapshot: Snapshot, axis: Axis, each: Iterable[frozenset[int]]) -> list[tuple[str, int]]:
    """(key, number of the records that concern it), most first: what asking for that entry would give.

    Every theme that would give something; of territories, those that are named or contain what is named (not
    each commune of a country).
    """
    numbers = Counter(each)
    within = {named: {a for entry in named for a in above(snapshot, axis, entry)} for named in numbers}
    keys = keys_of(snapshot, axis)
    choices = range(len(keys)) if axis is Axis.THEME else set().union(*within.values())
    inside: dict[int, list[int]] = {}
    for entry in choices:
        for a in above(snapshot, axis, entry):
            inside.setdefault(a, []).append(entry)
    counts: Counter[str] = Counter()
    for named, number in numbers.items():
        for entry in within[named].union(*(inside[entry] for entry in named)):
            counts[keys[entry]] += number
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
