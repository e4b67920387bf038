"""Restored databases take the place of the former ones, whatever is cut off.

Each new file is prepared beside its place. Once all are whole, `restore.json` in the home folder says so:
from then on the swap always ends, now or at the next command. What was there is kept under another name.
"""

import json
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

NEW, KEPT = ".restoring", ".before-restore"
PLAN = "restore.json"
_PARTS = ("-wal", "-shm", "-journal", "")  # the log before the file: it must never lie beside another one


def prepared(place: Path) -> Path:
    """Where the new file of this place is to be made; what an interrupted preparation left is dropped."""
    place.parent.mkdir(parents=True, exist_ok=True)
    new = place.with_name(place.name + NEW)
    _drop(new)
    return new


def swap(home: Path, places: Iterable[Path]) -> None:
    """Put the prepared file of each place there. The files must be closed."""
    draft = home / f"{PLAN}.draft"
    with draft.open("w", encoding="utf-8") as file:
        json.dump([str(place) for place in places], file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(home / PLAN)
    finish_swap(home)


def waits_to_end(home: Path) -> bool:
    """Whether a swap was cut off here."""
    return (home / PLAN).exists()


def finish_swap(home: Path) -> bool:
    """End a swap that was cut off; whether there was one. For whoever is alone in the home, at any time."""
    plan = home / PLAN
    if not plan.exists():
        return False
    for place in _planned(plan):
        new = place.with_name(place.name + NEW)
        if new.exists():
            _keep_aside(place)
            new.replace(place)
    shutil.rmtree(home / "snapshot", ignore_errors=True)  # made of the former graph
    plan.unlink()
    return True


def _planned(plan: Path) -> list[Path]:
    """The places that the plan names; of one that cannot be read, those of the files prepared beside it."""
    try:
        return [Path(place) for place in json.loads(plan.read_text(encoding="utf-8"))]
    except (ValueError, TypeError):
        return [new.with_name(new.name.removesuffix(NEW)) for new in sorted(plan.parent.glob(f"*{NEW}"))]


def _keep_aside(place: Path) -> None:
    kept = place.with_name(place.name + KEPT)
    if place.exists() and kept.exists():  # of an earlier restore
        _drop(kept)
    for part in _PARTS:
        there = place.with_name(place.name + part)
        if there.exists():
            there.replace(kept.with_name(kept.name + part))


def _drop(path: Path) -> None:
    for part in _PARTS:
        path.with_name(path.name + part).unlink(missing_ok=True)
