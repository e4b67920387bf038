"""Which contours belong to the territory served: those of the setting, else those of the seed if they fit."""

import logging
from pathlib import Path

from graphsvc.snapshot import Snapshot
from seed.geography import contours_path, world_path
from web.maps.geo_contours import Contours, ContoursUnreadable, read_contours

_log = logging.getLogger(__name__)


def territory_contours(snapshot: Snapshot, given: Path | None) -> tuple[Contours | None, str | None]:
    """The contours and None, or None and why there are none.

    `given`: the file of MAILLAGE_CONTOURS. The reason is one of ContoursUnreadable, or `elsewhere`: none of
    the areas is a place of the territory.
    """
    try:
        found = read_contours(given or contours_path())
    except ContoursUnreadable as fault:
        _log.warning("contours of %s not read: %s", fault.path, fault.reason)
        return None, fault.reason
    places = (snapshot.place_index(code) for code in found.areas)
    if not any(p is not None and snapshot.places.home[p] for p in places):
        return None, "elsewhere"
    return found, None


def world_contours() -> Contours:
    """The countries of the world."""
    return read_contours(world_path())
