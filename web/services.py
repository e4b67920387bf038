"""What a request works with: the snapshot kept level with the store, the private database, today.

The store is asked for its revision at most once a second, by one thread, under a deadline: a store that
hangs never hangs a page. While it does not answer, the last good snapshot is served and says its date.
"""

import gc
import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as DeadlinePassed
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeVar

from graphsvc.domain.errors import StoreError, StoreUnavailable
from graphsvc.ports import GraphStore
from graphsvc.snapshot import Snapshot, load_last, open_snapshot, refresh
from graphsvc.snapshot.cache import FILE
from people.database import PrivateDatabase
from people.outbox import redeliver
from web.config import Config
from web.learned_order import LearnedOrder
from web.rehearsal import rehearse_writes
from web.work_lists import WorkLists

EXTENSION = "maillage-services"
Answer = TypeVar("Answer")
CHECK_SECONDS = 1.0
RETRY_SECONDS = 2.0  # between two tries while the store is down
FIRST_WAIT = 1.8  # a first page waits so long for a store, no longer
WAIT = 0.2  # a page that has a snapshot to show waits so long for a newer one
COLLECTED = 20_000, 10, 10  # new objects, then rounds, between two collections of cycles
ANSWER_WAIT = 2.5  # a write, or a read of the store itself, is answered within this
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Served:
    """A snapshot and whether it is the store's current one; `as_of`: when that was last known (UTC)."""

    snapshot: Snapshot
    fresh: bool
    as_of: datetime


class Services:
    """Built once per process; safe for several threads."""

    def __init__(
        self,
        open_store: Callable[[], GraphStore],
        private: PrivateDatabase,
        folder: Path,
        today: Callable[[], date],
        prepare: Callable[[Snapshot], object] = lambda _: None,
        order: LearnedOrder | None = None,
    ) -> None:
        self.order = order or LearnedOrder()
        self.private = private
        self.today = today
        self.work_lists = WorkLists(folder)
        self._open_store = open_store
        self._folder = folder
        self._prepare = prepare
        self._store: GraphStore | None = None
        self._snapshot: Snapshot | None = None
        self._as_of = datetime.fromtimestamp(0, UTC)
        self._failure: StoreError | None = None
        self._next_check = 0.0
        self._running: Future[None] | None = None
        self._lock = threading.Lock()
        self._checker = ThreadPoolExecutor(1, "maillage-snapshot")
        self._preparer = ThreadPoolExecutor(1, "maillage-prepare")
        self._askers = ThreadPoolExecutor(4, "maillage-ask")

    def served(self, at_least: int = 0) -> Served:
        """The snapshot to show, of revision `at_least` or later when the store answers.

        Raises StoreError when there is nothing to show, within three seconds.
        """
        check = self._check(force=self._snapshot is not None and self._snapshot.revision < at_least)
        if check is not None:
            enough = self._snapshot is not None and self._snapshot.revision >= at_least
            self._wait(check, WAIT if enough else FIRST_WAIT)
        if self._snapshot is None:
            self._use_last()
        snapshot, failure = self._snapshot, self._failure
        if snapshot is None:
            raise failure or StoreUnavailable("graph", "no_answer")
        return Served(snapshot, failure is None, self._as_of)

    def current(self) -> Snapshot | None:
        """The snapshot being served, None when there is none: for parts that can do without."""
        try:
            return self.served().snapshot
        except StoreError:
            return None

    def ask(self, question: Callable[[GraphStore], Answer]) -> Answer:
        """What the store itself answers: to a write, or to a question that no snapshot can answer.

        Raises StoreUnavailable when it does not answer within ANSWER_WAIT; it may still do what it was asked
        to, so that a write is tried again under the same idempotency key.
        """
        store = self._store
        if store is None:
            self.served()
            store = self._store
        if store is None:
            raise self._failure or StoreUnavailable("graph", "no_answer")
        asked = self._askers.submit(question, store)
        try:
            return asked.result(ANSWER_WAIT)
        except DeadlinePassed:
            raise StoreUnavailable("graph", "no_answer") from None

    def warm(self) -> None:
        """Begin reading the store now, so that the first visitor does not wait for it."""
        self._check(force=False)

    def close(self) -> None:
        """Stop checking and release the store."""
        self._checker.shutdown(wait=False, cancel_futures=True)
        self._preparer.shutdown(wait=False, cancel_futures=True)
        self._askers.shutdown(wait=False, cancel_futures=True)
        self.work_lists.close()
        if self._store is not None:
            self._store.close()

    def _check(self, *, force: bool) -> "Future[None] | None":
        """The check under way, a new one when it is time, or None when the last one is recent enough."""
        with self._lock:
            if self._running is not None and not self._running.done():
                return self._running
            now = time.monotonic()
            if now < self._next_check and not force:
                return None
            self._next_check = now + (CHECK_SECONDS if self._failure is None else RETRY_SECONDS)
            self._running = self._checker.submit(self._bring_level)
            return self._running

    def _wait(self, check: "Future[None]", seconds: float) -> None:
        try:
            check.result(seconds)
        except DeadlinePassed:
            if self._failure is None:
                late = time.monotonic() - self._next_check + CHECK_SECONDS
                if self._snapshot is None or late > FIRST_WAIT:
                    self._failure = StoreUnavailable("graph", "no_answer")

    def _bring_level(self) -> None:
        try:
            if self._store is None:
                self._store = self._open_store()
            known = self._snapshot
            met = known is None or self._failure is not None  # the store is back, or first seen
            if met:
                self._finish_waiting_writes(self._store)
            found = refresh(known, self._store) if known else open_snapshot(self._store, self._folder)
        except StoreError as failure:
            if self._failure is None:
                _log.warning("the store does not answer: %s", failure)
            self._failure = failure
            return
        except Exception as failure:  # noqa: BLE001 - a thread that dies in silence would freeze the pages
            _log.exception("the snapshot could not be brought level")
            self._failure = StoreUnavailable("graph", type(failure).__name__)
            return
        self._snapshot, self._as_of, self._failure = found, datetime.now(UTC), None
        if met:
            threading.Thread(target=self._rehearse, args=(self._store, found), daemon=True).start()
        if found is not known:  # apart: no page waits for what only some pages use
            self._preparer.submit(self._prepare_if_served, found)

    def _prepare_if_served(self, snapshot: Snapshot) -> None:
        """Nothing is prepared for a snapshot that another has replaced while it waited for its turn."""
        if snapshot is self._snapshot:
            self._prepare(snapshot)

    def _rehearse(self, store: GraphStore, snapshot: Snapshot) -> None:
        try:
            rehearse_writes(store, snapshot)
        except StoreError as failure:
            _log.warning("writes were not rehearsed: %s", failure)

    def _finish_waiting_writes(self, store: GraphStore) -> None:
        try:
            redeliver(self.private, store)
        except StoreError as failure:  # either database: reading goes on, the writes keep waiting
            _log.warning("writes are still waiting: %s", failure)

    def _use_last(self) -> None:
        last = load_last(self._folder)
        if last is None:
            return
        try:
            written = datetime.fromtimestamp((self._folder / FILE).stat().st_mtime, UTC)
        except OSError:
            written = datetime.now(UTC)
        if self._snapshot is None:
            self._as_of, self._snapshot = written, last


def _settle() -> None:
    """What the process holds once it is ready stays: no collection of cycles walks through it again.

    Otherwise one of them, under some page or other, stops every page for a tenth of a second. Once a process:
    what later snapshots bring is small beside the modules and templates, and must be free to go. From then on
    cycles are looked for less often: an answer makes thousands of objects that hold no cycle.
    """
    if not gc.get_freeze_count():
        gc.collect()
        gc.freeze()
        gc.set_threshold(*COLLECTED)


def open_services(config: Config) -> Services:
    """The services of a configuration. A store that is down does not prevent the start."""
    from matcher.index import build_index
    from people.database import open_private
    from web.cli.context import today
    from web.exposed import renew_exposure
    from web.views.coordination.isolated import prepare_counts
    from web.wiring import open_store

    private = open_private(config.private_url)

    order = LearnedOrder(config.home)

    def prepare(snapshot: Snapshot) -> None:
        build_index(snapshot)
        order.look(snapshot)
        prepare_counts(snapshot, today())
        services.work_lists.of(snapshot, today())
        _settle()
        # A daemon: it takes its time, and nobody who stops the site waits for it.
        threading.Thread(target=renew_exposure, args=(private, snapshot, today()), daemon=True).start()

    services = Services(lambda: open_store(config), private, config.snapshot_folder, today, prepare, order)
    services.warm()
    return services
