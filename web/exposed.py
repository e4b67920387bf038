"""How often each actor is suggested, for the cap of the matcher: counted in the background, read from memory.

A round is made at most once a day and per graph, when a snapshot is first served or replaced. It takes a
tenth of one core, so that no page waits for it. docs/matcher.md says what is counted and why.
"""

import logging
import time
from datetime import date
from threading import Lock

from graphsvc.domain.errors import StoreError
from graphsvc.snapshot import Snapshot
from matcher.asks import Ask, Asker, AskerKind, Exposure
from people.database import PrivateDatabase
from people.exposures import keep_round, last_round, last_round_at

REREAD_SECONDS = 60.0
SHARE_OF_A_CORE = 0.1
_log = logging.getLogger(__name__)


class _LastRounds:
    """The last round of each graph as this process knows it; the same object as long as it is the last."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._read: dict[tuple[str, str], tuple[float, object, Exposure | None]] = {}

    def of(self, private: PrivateDatabase, store_id: str) -> Exposure | None:
        """Read again after a minute, and decoded again only when there is a newer one."""
        key, now = (private.name, store_id), time.monotonic()
        with self._lock:
            known = self._read.get(key)
        if known is not None and now - known[0] < REREAD_SECONDS:
            return known[2]
        made = last_round_at(private, store_id)
        if known is not None and known[1] == made:
            exposure = known[2]
        else:
            found = last_round(private, store_id)
            exposure = Exposure(found.limit, found.counts) if found is not None else None
        with self._lock:
            self._read[key] = (now, made, exposure)
        return exposure

    def forget(self) -> None:
        """Read again next time."""
        with self._lock:
            self._read.clear()


_rounds = _LastRounds()


def exposure_of(
    private: PrivateDatabase, snapshot: Snapshot, asker: Asker, ask: Ask | None = None
) -> Exposure | None:
    """The exposure that applies to this question, from the last round.

    None for a project, an announcement or a precise need: who says exactly what is missing gets the best
    answer there is. None as well while there is no round, or no private database.
    """
    if asker.kind in (AskerKind.PROJECT, AskerKind.ANNOUNCEMENT) or ask is Ask.NEED:
        return None
    try:
        return _rounds.of(private, snapshot.store_id)
    except StoreError as failure:
        _log.warning("exposure counts could not be read: %s", failure)
        return None


def renew_exposure(private: PrivateDatabase, snapshot: Snapshot, day: date) -> bool:
    """Count a round if none was made today; returns whether one was."""
    from matcher.exposure import answers_of, exposure_from, sampled_askers

    try:
        last = last_round_at(private, snapshot.store_id)
        if last is not None and last[0] >= day:
            return False
        answers = answers_of(snapshot, sampled_askers(snapshot, day), day, pause=_Pause())
        found = exposure_from(snapshot, answers)
        keep_round(private, snapshot.store_id, day, snapshot.revision, found.limit, dict(found.counts))
    except StoreError as failure:
        _log.warning("exposure was not counted: %s", failure)
        return False
    except Exception:  # noqa: BLE001 - in a thread of its own, where nobody would hear of it
        _log.exception("exposure was not counted")
        return False
    _rounds.forget()
    return True


class _Pause:
    """Sleep after each answer, so that the round takes its share of a core and no more."""

    def __init__(self) -> None:
        self._began = time.monotonic()

    def __call__(self) -> None:
        worked = time.monotonic() - self._began
        time.sleep(worked * (1 / SHARE_OF_A_CORE - 1))
        self._began = time.monotonic()
