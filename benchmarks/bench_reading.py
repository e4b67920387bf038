"""How fast is the snapshot built from SQLite, and how fast does `suggest` answer with its reasons?"""

import tempfile
from datetime import date
from pathlib import Path

import numpy as np

from benchmarks.bench_import import ACTORS, LINKS
from benchmarks.measure import Budget, Figure, median, percentile, seconds
from benchmarks.network import write_bundle

TODAY = date(2026, 11, 2)
BUILD_TARGET_S, SUGGEST_TARGET_MS = 3.0, 5.0
ASKERS = 400


def run(budget: Budget) -> list[Figure]:
    """In process, on 20,000 actors and 60,000 links."""
    from graphsvc.snapshot import build_snapshot
    from graphsvc.stores.sqlite import SqliteStore
    from graphsvc.usecases.import_bundle import import_bundle
    from matcher.asks import Asker
    from matcher.index import build_index
    from matcher.suggest import suggest

    with tempfile.TemporaryDirectory(prefix="maillage-bench-") as folder:
        bundle = write_bundle(Path(folder) / "bundle", ACTORS, LINKS)
        with SqliteStore(Path(folder) / "graph.db") as store:
            import_bundle(store, bundle, by="bench", today=TODAY)
            builds = [seconds(lambda: build_snapshot(store)) for _ in range(budget.repeats(5))]
            snapshot = build_snapshot(store)
    prepared = seconds(lambda: build_index(snapshot))
    askers = np.random.default_rng(7).choice(ACTORS, size=budget.repeats(ASKERS), replace=False)
    for index in askers[:20].tolist():  # the kernels are compiled at their first use
        suggest(snapshot, Asker.actor(index), today=TODAY)
    taken = [
        seconds(lambda index=index: suggest(snapshot, Asker.actor(index), today=TODAY)) * 1000  # type: ignore[misc]
        for index in askers.tolist()
    ]
    size = f"{ACTORS:,} actors, {LINKS:,} links"
    return [
        Figure(
            "snapshot built from SQLite",
            median(builds),
            "s",
            BUILD_TARGET_S,
            note=f"{size}, {len(builds)} builds",
        ),
        Figure("match index built", prepared, "s", note=f"{size}, once after each change"),
        Figure(
            "suggest with reasons, median",
            median(taken),
            "ms",
            SUGGEST_TARGET_MS,
            note=f"{len(taken)} askers",
        ),
        Figure("suggest with reasons, p95", percentile(taken, 0.95), "ms", note=f"{len(taken)} askers"),
    ]
