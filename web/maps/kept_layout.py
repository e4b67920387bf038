"""The layout of the map: computed once a revision, kept in the private database; the next starts from it."""

import json
import logging
from functools import lru_cache
from threading import Lock
from typing import Any

import numpy as np

from graphsvc.analytics.layout import Band, BandGroup, Box, Disc, Layout, compute_layout
from graphsvc.domain.errors import MaillageError
from graphsvc.snapshot import Snapshot
from people.layouts import keep_layout, kept_layouts
from web.services import Services

_log = logging.getLogger(__name__)
_lock = Lock()


def map_layout(services: Services, snapshot: Snapshot) -> Layout:
    """The layout of this snapshot, the same for every visitor until the graph changes."""
    with _lock:  # one computation, however many visitors wait for it
        return _layout(services, snapshot)


@lru_cache(maxsize=4)
def _layout(services: Services, snapshot: Snapshot) -> Layout:
    former = _former(services, snapshot)
    if former is not None and former.revision == snapshot.revision and former.ids == tuple(snapshot.ids):
        return former
    layout = compute_layout(snapshot, former)
    try:
        keep_layout(services.private, snapshot.store_id, snapshot.revision, layout_to_bytes(layout))
    except MaillageError as error:  # the map is shown all the same; only its stability is at stake
        _log.warning("the layout was not kept: %s", error)
    return layout


def _former(services: Services, snapshot: Snapshot) -> Layout | None:
    try:
        kept = kept_layouts(services.private, snapshot.store_id)
    except MaillageError as error:
        _log.warning("the former layout was not read: %s", error)
        return None
    for entry in kept:
        try:
            return layout_from_bytes(entry.content)
        except (ValueError, KeyError, TypeError):
            continue
    return None


def layout_to_bytes(layout: Layout) -> bytes:
    """The layout as JSON."""
    return json.dumps(
        {
            "revision": layout.revision,
            "ids": layout.ids,
            "x": layout.x.tolist(),
            "y": layout.y.tolist(),
            "discs": [(d.x, d.y, d.r, d.members) for d in layout.discs],
            "band": _box_data(layout.band.box),
            "groups": [(g.country, g.x, g.y, g.width, g.height, g.members) for g in layout.band.groups],
            "tray": _box_data(layout.tray),
            "inventory": _box_data(layout.inventory),
        },
        allow_nan=False,
        separators=(",", ":"),
    ).encode()


def layout_from_bytes(content: bytes) -> Layout:
    """The layout back. Raises ValueError, KeyError or TypeError when the content is not one."""
    data: dict[str, Any] = json.loads(content)
    return Layout(
        int(data["revision"]),
        tuple(data["ids"]),
        np.array(data["x"], np.float64),
        np.array(data["y"], np.float64),
        tuple(Disc(x, y, r, tuple(m)) for x, y, r, m in data["discs"]),
        Band(
            _box(data["band"]),
            tuple(BandGroup(c, x, y, w, h, tuple(m)) for c, x, y, w, h, m in data["groups"]),
        ),
        _box(data["tray"]),
        _box(data["inventory"]),
    )


def _box_data(box: Box) -> list[Any]:
    return [box.x, box.y, box.width, box.height, box.members]


def _box(data: list[Any]) -> Box:
    x, y, width, height, members = data
    return Box(x, y, width, height, tuple(members))
