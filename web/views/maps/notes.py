"""What a way of looking at the map says in words: a path, two years compared, links one imagines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

from graphsvc.snapshot import Snapshot
from web.maps.chosen import Shown
from web.maps.edge_words import edge_text
from web.maps.wanted import MapFilter
from web.spoken import gettext as _
from web.spoken import ngettext
from web.views.coordination.imagined import imagine
from web.views.maps.proposed import proposed_links

MOST_CHANGES = 150


@dataclass(frozen=True, slots=True)
class Step:
    """An actor on a path, and why it is joined to the one before (empty for the first)."""

    id: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A relation of one of the two years only, one imagined or proposed: its two ends and what it is."""

    one: tuple[str, str]
    other: tuple[str, str]
    why: str
    appeared: bool


@dataclass(frozen=True, slots=True)
class Notes:
    """The sentences, and the lists behind them; empty where nothing was asked."""

    path: tuple[Step, ...] = ()
    path_said: str = ""
    changes: tuple[Changed, ...] = ()
    changes_said: str = ""
    more: int = 0
    imagined: tuple[Changed, ...] = ()
    imagined_said: str = ""
    proposed: tuple[Changed, ...] = ()
    proposed_said: str = ""


def notes_of(snapshot: Snapshot, shown: Shown, wanted: MapFilter, today: date) -> Notes:
    """The words of what the address asks beside filters."""
    path, path_said = _path(snapshot, shown, wanted)
    changes, changes_said, more = _changes(snapshot, shown, wanted, today)
    imagined, imagined_said = _imagined(snapshot, wanted, today)
    found = proposed_links(snapshot, shown, wanted, today)
    proposed = tuple(
        Changed(_named(snapshot, a), _named(snapshot, b), why, True)
        for (a, b), why in zip(found.pairs, found.whys, strict=True)
    )
    proposed_said = found.said() if wanted.proposed else ""
    return Notes(
        path, path_said, changes, changes_said, more, imagined, imagined_said, proposed, proposed_said
    )


def shortest_path(around: Mapping[int, Sequence[int]], start: int, goal: int) -> list[int]:
    """From one actor to another, both included; [] when nothing joins them.

    Among ways of the same length, the one through the actors that come first: the drawing finds the same.
    """
    before = {start: start}
    ring = [start]
    while ring and goal not in before:
        following = []
        for i in ring:
            for j in around.get(i, ()):
                if j not in before:
                    before[j] = i
                    following.append(j)
        ring = following
    if goal not in before:
        return []
    path = [goal]
    while path[-1] != start:
        path.append(before[path[-1]])
    return path[::-1]


def _path(snapshot: Snapshot, shown: Shown, wanted: MapFilter) -> tuple[tuple[Step, ...], str]:
    start, goal = wanted.start, wanted.goal
    if start is None or goal is None:
        return (), ""
    ends = {"start": snapshot.name(start), "goal": snapshot.name(goal)}
    if not {start, goal} <= set(shown.nodes):
        return (), _("Un des deux acteurs n'est pas sur cette carte : enlevez un filtre.")
    found = shortest_path(shown.around, start, goal)
    if not found:
        return (), _("Aucune suite de relations de cette carte ne mène de %(start)s à %(goal)s.", **ends)
    pairs = pairwise(found)
    whys = ["", *(_why(snapshot, shown, a, b) for a, b in pairs)]
    steps = tuple(Step(snapshot.ids[i], snapshot.name(i), why) for i, why in zip(found, whys, strict=True))
    said = ngettext(
        "De %(start)s à %(goal)s, une relation suffit.",
        "De %(start)s à %(goal)s, le plus court chemin compte %(num)d relations.",
        len(found) - 1,
        **ends,
    )
    return steps, said


def _why(snapshot: Snapshot, shown: Shown, a: int, b: int) -> str:
    low, high = min(a, b), max(a, b)
    found = np.flatnonzero((shown.edges.a == low) & (shown.edges.b == high)).tolist()
    return " ; ".join(edge_text(snapshot, shown.edges[k]) for k in found)


def _changes(
    snapshot: Snapshot, shown: Shown, wanted: MapFilter, today: date
) -> tuple[tuple[Changed, ...], str, int]:
    if shown.changes is None or wanted.compared is None:
        return (), "", 0
    first, last = sorted((wanted.compared, wanted.year or today.year))
    moved = np.flatnonzero(shown.changes).tolist()
    appeared, gone = int((shown.changes > 0).sum()), int((shown.changes < 0).sum())
    said = " ".join(
        (
            _("De %(first)s à %(last)s :", first=first, last=last),
            ngettext("une relation apparaît,", "%(num)d relations apparaissent,", appeared)
            if appeared
            else _("aucune relation n'apparaît,"),
            ngettext("une prend fin,", "%(num)d prennent fin,", gone) if gone else _("aucune ne prend fin,"),
            ngettext("%(num)d demeure.", "%(num)d demeurent.", len(shown.edges) - len(moved)),
        )
    )
    rows = tuple(_changed(snapshot, shown, k) for k in moved[:MOST_CHANGES])
    return rows, said, max(0, len(moved) - MOST_CHANGES)


def _changed(snapshot: Snapshot, shown: Shown, k: int) -> Changed:
    edge, change = shown.edges[k], shown.changes
    came = change is not None and bool(change[k] > 0)
    return Changed(_named(snapshot, edge.a), _named(snapshot, edge.b), edge_text(snapshot, edge), came)


def _imagined(snapshot: Snapshot, wanted: MapFilter, today: date) -> tuple[tuple[Changed, ...], str]:
    if not wanted.imagined:
        return (), ""
    found = imagine(snapshot, today, wanted.imagined)
    rows = tuple(Changed(_named(snapshot, a), _named(snapshot, b), "", True) for a, b in wanted.imagined)
    fewer = found.before.isolated - found.after.isolated
    count = ngettext(
        "Un lien imaginé, qui n'existe pas, est dessiné en tirets épais.",
        "%(num)d liens imaginés, qui n'existent pas, sont dessinés en tirets épais.",
        len(rows),
    )
    effect = (
        ngettext(
            "S'il existait, un acteur de moins serait sans coopération en cours.",
            "S'ils existaient, %(fewer)d acteurs de moins seraient sans coopération en cours.",
            len(rows) if fewer == 1 else 2,
            fewer=fewer,
        )
        if fewer > 0
        else _("Aucun acteur n'en serait moins seul.")
    )
    return rows, f"{count} {effect}"


def _named(snapshot: Snapshot, i: int) -> tuple[str, str]:
    return snapshot.ids[i], snapshot.name(i)
