"""Which calls for projects an actor may answer, and why: who may answer, on what, where, until when."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from graphsvc.analytics.facts import Fact
from graphsvc.domain.calls import Call
from graphsvc.domain.text import sort_key
from graphsvc.snapshot import Snapshot
from graphsvc.usecases.common_topics import Common, Said, places_in_common, said_by, themes_in_common


class Window(StrEnum):
    """Where a call stands on a day."""

    OPEN = "open"
    UPCOMING = "upcoming"
    PAST = "past"


_WINDOWS = list(Window)
_SOURCES = 3


@dataclass(frozen=True, slots=True)
class FittingCall:
    """A call (its position) the actor may answer. `because`: facts for it; `unknown`: what to check."""

    position: int
    window: Window
    because: tuple[Fact, ...]
    unknown: tuple[Fact, ...]


def window_of(call: Call, day: date) -> Window:
    """Open between its two days; a call that says neither is open."""
    if call.closes_on is not None and call.closes_on.last_day < day:
        return Window.PAST
    if call.opens_on is not None and call.opens_on.first_day > day:
        return Window.UPCOMING
    return Window.OPEN


def calls_for(snapshot: Snapshot, i: int, today: date) -> tuple[FittingCall, ...]:
    """The calls that actor i may answer: open ones by deadline, then those to come, then past ones.

    Left out: those for other kinds of actors, or on themes or territories it has nothing to do with, and its
    own. Its open announcements and its projects speak for it as its record does, and the fact names them
    (`source`). What the call or the actor does not say excludes nothing and is told in `unknown`.
    """
    if int(snapshot.actors.ended[i]) < today.toordinal():
        return ()
    found = []
    sources = said_by(snapshot, i, today)
    for k in range(len(snapshot.call_ids)):
        fit = _fit(snapshot, i, sources, k, today)
        if fit is not None:
            found.append(fit)
    return tuple(sorted(found, key=lambda fit: _order(snapshot.call(fit.position), fit)))


def _fit(snapshot: Snapshot, i: int, sources: tuple[Said, ...], k: int, today: date) -> FittingCall | None:
    call, actor = snapshot.call(k), snapshot.actor(i)
    if call.funder is not None and snapshot.index(call.funder) == i:
        return None
    because: list[Fact] = []
    unknown: list[Fact] = []
    if call.open_to and actor.kind not in call.open_to:
        return None
    (because if call.open_to else unknown).append(
        Fact("open_to_kind", {"kind": actor.kind.value}) if call.open_to else Fact("kinds_not_said", {})
    )
    themes = themes_in_common(snapshot, sources, call.themes)
    places = places_in_common(snapshot, sources, call.territories)
    for code, common, asked in (("themes", themes, call.themes), ("territories", places, call.territories)):
        if not asked:
            unknown.append(Fact(f"{code}_not_said", {}))
        elif common is None:
            unknown.append(Fact(f"own_{code}_not_said", {}))
        elif not common:
            return None
        else:
            because += [Fact(f"common_{code}", said_of(code, part)) for part in common[:_SOURCES]]
    window = window_of(call, today)
    if call.closes_on is None:
        unknown.append(Fact("deadline_not_said", {}))
    else:
        because.append(Fact(f"deadline_{window}", _deadline(call, today)))
    return FittingCall(k, window, tuple(because), tuple(unknown))


def said_of(code: str, part: Common) -> dict[str, object]:
    """The facts of what one source has in common: the keys under `code`; `source` unless it is the record."""
    return {code: list(part.keys)} if part.told is None else {code: list(part.keys), "source": part.told}


def _deadline(call: Call, today: date) -> dict[str, object]:
    last = call.closes_on.last_day if call.closes_on is not None else today
    return {"closes_on": str(call.closes_on), "days": (last - today).days}


def _order(call: Call, fit: FittingCall) -> tuple[Any, ...]:
    """By window; the next deadline first, or for past calls the last one; those without one after."""
    ends = call.closes_on.last_day.toordinal() if call.closes_on else None
    sign = -1 if fit.window is Window.PAST else 1
    return (
        _WINDOWS.index(fit.window),
        ends is None,
        sign * (ends or 0),
        -len(fit.because),
        sort_key(call.title),
        call.id,
    )
