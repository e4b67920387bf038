"""The data of a large map: one column a property, actors and relations by position."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from graphsvc.analytics.layout import BandGroup, Layout
from graphsvc.domain.actors import ActorKind
from graphsvc.domain.links import LinkClass
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import DAY_MAX, I64
from web.labels import KIND_STYLE, label
from web.maps.chosen import Shown
from web.maps.network import LINE, country_name, frames
from web.maps.packed import packed
from web.maps.wanted import MapFilter

Group = tuple[dict[str, Any], tuple[int, ...]]  # what is told of it, and its members
_CONTEXT, _ENDED = 1, 2  # bits of `flags`
_LIVE, _FRESH, _APPEARED, _GONE = 4, 8, 16, 32  # bits of `style`, beside the position of the class


def columns_bytes(
    snapshot: Snapshot,
    layout: Layout,
    shown: Shown,
    wanted: MapFilter,
    titles: Sequence[tuple[str, str, bool]],
    today: date,
    proposed: Sequence[tuple[int, int]] = (),
) -> bytes:
    """Everything the drawing needs, as `packed` says.

    `titles` are those of the layout's discs; `proposed`: links that the site proposes, between actors shown.
    """
    nodes = shown.members
    position = np.full(snapshot.n, -1, np.int64)
    position[nodes] = np.arange(len(nodes))
    discs, disc_of = groups_shown(snapshot, layout, nodes, titles)
    actors = [snapshot.actor(i) for i in shown.nodes]
    edges = shown.edges
    head = {
        "acronyms": {k: a.acronym for k, a in enumerate(actors) if a.acronym and len(a.name) > 30},
        "kinds": [
            {
                "code": k.value,
                "label": label("actor_kind", k.value),
                "shape": KIND_STYLE[k.value].shape,
                "color": KIND_STYLE[k.value].colour,
            }
            for k in ActorKind
        ],
        "classes": [
            dict(zip(("code", "color", "width", "dashes"), (c.value, *LINE[c.value]), strict=True))
            for c in LinkClass
        ],
        "discs": discs,
        "grouping": wanted.grouping.value,
        "compared": shown.changes is not None,
        "path": _pair(position, (wanted.start, wanted.goal)),
        "imagined": [p for pair in wanted.imagined if len(p := _pair(position, pair)) == 2],
        "proposed": [_pair(position, pair) for pair in proposed],
        **frames(snapshot, layout, set(shown.nodes)),
        "revision": snapshot.revision,
        "date": today.isoformat(),
    }
    columns: dict[str, I64] = {
        "x": np.round(layout.x[nodes]).astype(np.int64),
        "y": np.round(layout.y[nodes]).astype(np.int64),
        "kind": snapshot.actors.kind[nodes].astype(np.int64),
        "partners": shown.partner_counts[nodes],
        "flags": _flags(snapshot, shown),
        "disc": disc_of,
        "a": position[edges.a],
        "b": position[edges.b],
        "style": _styles(shown),
    }
    texts = {"ids": [snapshot.ids[i] for i in shown.nodes], "names": [a.name for a in actors]}
    return packed(head, columns, texts)


def _pair(position: I64, pair: tuple[int | None, int | None]) -> list[int]:
    """The two ends as positions among those shown; nothing if one is not."""
    if None in pair:
        return []
    found = [int(position[i]) for i in pair if i is not None]
    return found if min(found) >= 0 else []


def _flags(snapshot: Snapshot, shown: Shown) -> I64:
    flags = np.where(snapshot.actors.ended[shown.members] < DAY_MAX, _ENDED, 0)
    if shown.context:
        flags |= np.where(np.isin(shown.members, list(shown.context)), _CONTEXT, 0)
    return flags.astype(np.int64)


def _styles(shown: Shown) -> I64:
    edges = shown.edges
    style = edges.link_class.astype(np.int64) | edges.live * _LIVE | edges.fresh * _FRESH
    if shown.changes is not None:
        style |= np.where(shown.changes > 0, _APPEARED, 0) | np.where(shown.changes < 0, _GONE, 0)
    return style


def groups_shown(
    snapshot: Snapshot, layout: Layout, nodes: I64, titles: Sequence[tuple[str, str, bool]]
) -> tuple[list[dict[str, Any]], I64]:
    """The groups of which two actors or more are shown, and the one of each actor shown (-1: none).

    Discs, and the countries of the band (`cell`), which fold into bubbles as discs do.
    """
    groups: list[Group] = [
        ({"x": d.x, "y": d.y, "r": d.r, "key": key, "title": title, "named": named}, d.members)
        for d, (key, title, named) in zip(layout.discs, titles, strict=True)
    ]
    groups += _countries(snapshot, layout)
    number = np.full(snapshot.n, -1, np.int64)
    for k, (_about, members) in enumerate(groups):
        number[list(members)] = k
    of_shown = number[nodes]
    counts = np.bincount(of_shown[of_shown >= 0], minlength=len(groups))
    kept = np.flatnonzero(counts > 1)
    place = np.full(len(groups) + 1, -1, np.int64)  # the last: of no group
    place[kept] = np.arange(len(kept))
    found = [{**groups[k][0], "count": int(counts[k])} for k in kept.tolist()]
    return found, place[of_shown]


def _countries(snapshot: Snapshot, layout: Layout) -> list[Group]:
    """Each country of the band in the middle of its cells."""
    cells: dict[str, list[BandGroup]] = {}
    for group in layout.band.groups:
        cells.setdefault(group.country, []).append(group)
    found: list[Group] = []
    for country, parts in cells.items():
        size = sum(len(p.members) for p in parts)
        x = sum((p.x + p.width / 2) * len(p.members) for p in parts) / size
        y = sum((p.y + p.height / 2) * len(p.members) for p in parts) / size
        wide = max(30.0, max(p.height for p in parts) / 2.4)
        own = {"x": round(x, 1), "y": round(y, 1), "r": round(wide, 1), "cell": True}
        named = {"key": f"pays-{country}", "title": country_name(snapshot, country), "named": True}
        found.append(({**own, **named}, tuple(i for p in parts for i in p.members)))
    return found
