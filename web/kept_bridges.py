"""The bridges of the work list, kept beside the snapshot: one process computes them, the others read them.

The file is of one store, revision, day and way of computing: any other one is computed again, and so is one
that is damaged or not ours. A folder that cannot be written only costs time.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from graphsvc.analytics.bridges import Acquaintance, Bridge, Introducer
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.array_file import Arrays, locked, read_arrays, write_arrays
from matcher.introductions import CANDIDATES
from matcher.ranking import DEFAULT

Bridges = Mapping[int, tuple[Bridge, ...]]
"""Of each actor of the work list, the introductions that bring most."""
MAGIC = b"MAILBRG1"
FILE, LOCK = "bridges.bin", ".bridges.lock"
_BY = tuple(Acquaintance)
_NOBODY = -1
_log = logging.getLogger(__name__)


def kept_bridges(
    folder: Path, snapshot: Snapshot, day: date, most: int, compute: Callable[[], Bridges]
) -> Bridges:
    """What `compute` answers for this snapshot and day, or what it answered another process of the machine:
    who comes while one computes waits for it.
    """
    about = {
        "store_id": snapshot.store_id,
        "revision": snapshot.revision,
        "day": day.isoformat(),
        "by": f"{version('maillage')}, {most} of {CANDIDATES}, {DEFAULT}",
    }
    computed: Bridges | None = None
    try:
        with locked(folder, LOCK):
            found = _read(folder / FILE, about, snapshot.n)
            if found is None:
                found = computed = compute()
                write_arrays(folder / FILE, MAGIC, about, _arrays(computed))
            return found
    except OSError as error:
        _log.warning("bridges_not_kept: %s", error)
        return compute() if computed is None else computed


def _read(path: Path, about: Mapping[str, object], actors: int) -> Bridges | None:
    """The bridges of a file about just this, None when there is none or none that can be read."""
    try:
        said, array = read_arrays(path, MAGIC)
        return _bridges(array, actors) if said == about else None
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return None


def _arrays(bridges: Bridges) -> Arrays:
    """One row a bridge, those of an actor end to end: `ptr` says where each actor's begin."""
    rows = [bridge for met in bridges.values() for bridge in met]
    who = [bridge.introducer for bridge in rows]
    return {
        "actor": np.array(list(bridges), np.int64),
        "ptr": np.cumsum([0, *(len(met) for met in bridges.values())], dtype=np.int64),
        "index": np.array([bridge.index for bridge in rows], np.int64),
        "score": np.array([bridge.score for bridge in rows], np.float64),
        "gain": np.array([bridge.gain for bridge in rows], np.float64),
        "partner": np.array([bridge.partner for bridge in rows], np.float64),
        "reached": np.array([bridge.reached for bridge in rows], np.int64),
        "secures": np.array([bridge.secures for bridge in rows], np.bool_),
        "introducer": np.array([_NOBODY if one is None else one.index for one in who], np.int64),
        "by": np.array([_NOBODY if one is None else _BY.index(one.by) for one in who], np.int64),
    }


def _bridges(array: Callable[[str], Any], actors: int) -> Bridges:
    """The bridges of these arrays. Raises ValueError for one of an actor that is not there."""
    for name, least in (("actor", 0), ("index", 0), ("introducer", _NOBODY)):
        if np.any(array(name) < least) or np.any(array(name) >= actors):
            raise ValueError(name)
    columns = ("index", "score", "gain", "partner", "reached", "secures", "introducer", "by")
    rows = [
        Bridge(
            index,
            score,
            gain,
            partner,
            reached,
            secures,
            None if who == _NOBODY else Introducer(who, _BY[by]),
        )
        for index, score, gain, partner, reached, secures, who, by in zip(
            *(array(name).tolist() for name in columns), strict=True
        )
    ]
    ptr = array("ptr").tolist()
    spans = zip(array("actor").tolist(), ptr, ptr[1:], strict=False)
    return {i: tuple(rows[first:last]) for i, first, last in spans}
