"""The work list with its bridges, computed apart from the pages: they only read it, or say that it comes."""

import threading
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as DeadlinePassed
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from weakref import WeakKeyDictionary

from graphsvc.analytics.isolation import WorkItem
from graphsvc.snapshot import Snapshot
from matcher.introductions import called_first, introductions
from web.kept_bridges import Bridges, kept_bridges
from web.views.coordination.standing import weaving_of, work_items

MEET = 2
PATIENCE = 4.0  # seconds a page waits for what is being computed: then it is shown without


@dataclass(frozen=True, slots=True)
class WorkList:
    """The bridges of everybody on the work list, institutions and partner side too, no refusal counted; and
    the list in the order in which to call, by whether it holds everybody.
    """

    bridges: Bridges
    in_calling_order: Mapping[bool, tuple[WorkItem, ...]]


class WorkLists:
    """One list a snapshot and day, computed once, one at a time; safe for several threads."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lists: WeakKeyDictionary[Snapshot, dict[date, Future[WorkList]]] = WeakKeyDictionary()
        self._lock = threading.Lock()
        self._worker = ThreadPoolExecutor(1, "maillage-work-list")

    def of(self, snapshot: Snapshot, day: date) -> WorkList:
        """The list, waited for however long it takes."""
        return self._asked(snapshot, day).result()

    def if_ready(self, snapshot: Snapshot, day: date) -> WorkList | None:
        """The list, None when it is still being computed after PATIENCE."""
        try:
            return self._asked(snapshot, day).result(PATIENCE)
        except DeadlinePassed:
            return None

    def close(self) -> None:
        """Compute nothing more."""
        self._worker.shutdown(wait=False, cancel_futures=True)

    def _asked(self, snapshot: Snapshot, day: date) -> "Future[WorkList]":
        with self._lock:
            days = self._lists.setdefault(snapshot, {})
            known = days.get(day)
            if known is None or known.cancelled() or (known.done() and known.exception() is not None):
                known = days[day] = self._worker.submit(self._found, snapshot, day)
            return known

    def _found(self, snapshot: Snapshot, day: date) -> WorkList:
        everybody = work_items(snapshot, day, True)

        def compute() -> Bridges:
            weaving = weaving_of(snapshot, day)
            listed = [item.index for item in everybody]
            found = introductions(snapshot, listed, day, most=MEET, weaving=weaving)
            return {i: tuple(met) for i, met in found.items()}

        bridges = kept_bridges(self._folder, snapshot, day, MEET, compute)
        own = work_items(snapshot, day)
        return WorkList(
            bridges, {False: tuple(called_first(own, bridges)), True: tuple(called_first(everybody, bridges))}
        )
