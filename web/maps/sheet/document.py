"""What a sheet draws: the network as the screen shows it, folded groups and lines above the rest included."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from graphsvc.snapshot import Snapshot
from web.maps.chosen import MapFilter, Shown
from web.maps.columns import groups_shown
from web.maps.grouping import disc_titles, grouped_layout
from web.maps.network import network_document
from web.maps.sheet.colours import APPEARED, GONE, IMAGINED, PATH, PROPOSED, REMAINED
from web.maps.sheet.folded import Folding, fold
from web.services import Services

_COMPARED = {1: (APPEARED, 2.6, False), -1: (GONE, 2.2, [3, 5]), 0: (REMAINED, 1.0, False)}


@dataclass(frozen=True, slots=True)
class Over:
    """Lines above the rest: the actors of a shortest path in its order, and pairs that the site proposes."""

    path: Sequence[int] = ()
    proposed: Sequence[tuple[int, int]] = ()


def sheet_document(
    services: Services,
    snapshot: Snapshot,
    wanted: MapFilter,
    shown: Shown,
    today: date,
    over: Over,
    folding: Folding,
) -> dict[str, Any]:
    """The document of `network_document`, with `over` (the lines drawn above the rest) and folded groups.

    Of two years compared, each relation has the style of what became of it. Discs that bear a name of their
    own have a `title`.
    """
    layout = grouped_layout(services, snapshot, wanted.grouping)
    found = network_document(snapshot, layout, shown, today)
    if shown.changes is not None:
        for edge, change in zip(found["edges"], shown.changes.tolist(), strict=True):
            _mark(edge, change)
    titles = disc_titles(services, snapshot, layout, wanted.grouping)
    visible = set(shown.nodes)
    kept = [k for k, d in enumerate(layout.discs) if sum(i in visible for i in d.members) > 1]
    for disc, k in zip(found["discs"], kept, strict=True):
        disc["title"] = titles[k][1] if titles[k][2] else ""
        disc["key"] = titles[k][0]
    if folding != Folding():
        groups, group_of = groups_shown(snapshot, layout, shown.members, titles)
        fold(found, groups, group_of.tolist(), folding)
    found["over"] = [
        *(_line(snapshot, pair, "path", PATH, 5.0, None) for pair in pairwise(over.path)),
        *(_line(snapshot, pair, "proposed", PROPOSED, 2.4, [7, 6]) for pair in over.proposed),
        *(
            _line(snapshot, pair, "imagined", IMAGINED, 3.6, [12, 5])
            for pair in wanted.imagined
            if visible >= set(pair)
        ),
    ]
    return found


def _mark(edge: dict[str, Any], change: int) -> None:
    """A relation of a comparison: drawn as what became of it, whatever its class and its state."""
    colour, width, dashes = _COMPARED[change]
    edge.update(color=colour, width=width, dashes=dashes, live=True, fresh=change != 0, change=change)


def _line(
    snapshot: Snapshot, pair: tuple[int, int], what: str, colour: str, width: float, dashes: list[int] | None
) -> Mapping[str, Any]:
    ends = {"from": snapshot.ids[pair[0]], "to": snapshot.ids[pair[1]]}
    return {**ends, "what": what, "color": colour, "width": width, "dashes": dashes or []}
