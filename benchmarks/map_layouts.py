"""How long does the server take to lay a map out, and do partners stand together? Beside Graphviz's sfdp."""

import re
import shutil
import subprocess
import time
from functools import partial

import numpy as np
from scipy.spatial import cKDTree

from benchmarks.map_site import network_of
from benchmarks.measure import Budget, Figure, median, seconds
from graphsvc.analytics.layout import compute_layout
from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import F64, I64

SIZES = {10_000: (21_200, 3.0), 50_000: (106_000, 15.0)}
COMPARED = 3_000  # actors: sfdp takes a minute for ten thousand
SMALLEST = 10


def layout_figures(budget: Budget) -> list[Figure]:
    """Durations, then neighbourhood preservation inside communities, ours and sfdp's of the same edges."""
    compute_layout(network_of(2_000, 4_200))  # compiled before it is timed
    figures = []
    for actors, (relations, target) in SIZES.items():
        snapshot = network_of(actors, relations)
        taken = [seconds(partial(compute_layout, snapshot)) for _ in range(budget.repeats(3))]
        note = f"{relations:,} relations, {len(taken)} runs"
        figures.append(Figure(f"layout of {actors:,}", median(taken), "s", target, note=note))
    return [*figures, *_beside_sfdp()]


def _beside_sfdp() -> list[Figure]:
    name = "layout: neighbours kept inside communities"
    snapshot = network_of(COMPARED, 2 * COMPARED + COMPARED // 8)
    layout = compute_layout(snapshot)
    ours, durations, theirs = [], [], []
    for disc in layout.discs:
        if len(disc.members) < SMALLEST:
            continue
        members = np.array(disc.members, np.int64)
        pairs = _pairs_within(snapshot, members)
        ours.append((len(members), preservation(np.column_stack([layout.x, layout.y])[members], pairs)))
        if shutil.which("sfdp"):
            began = time.perf_counter()
            theirs.append((len(members), preservation(_sfdp(len(members), pairs), pairs)))
            durations.append(time.perf_counter() - began)
    own = _weighted(ours)
    note = f"{len(ours)} communities; share of the k partners of each actor among its k nearest"
    if not theirs:
        return [Figure(name, own, "", note=f"{note}; sfdp is not installed: apt-get install graphviz")]
    peer = _weighted(theirs)
    told = f"{note}; sfdp {peer:.3f} in {sum(durations):.1f} s"
    return [Figure(name, own, "", round(peer, 4), True, "sfdp", own / peer, told)]


def preservation(spot: F64, pairs: I64) -> float:
    """Mean, over those with a partner, of the share of their k partners found among their k nearest."""
    around: dict[int, set[int]] = {}
    for a, b in pairs.tolist():
        around.setdefault(a, set()).add(b)
        around.setdefault(b, set()).add(a)
    tree = cKDTree(spot)
    kept = []
    for i, others in around.items():
        _, near = tree.query(spot[i], k=min(len(spot), len(others) + 1))
        kept.append(len(others & set(np.atleast_1d(near).tolist())) / len(others))
    return float(np.mean(kept)) if kept else 1.0


def _weighted(found: list[tuple[int, float]]) -> float:
    sizes, shares = np.array(found).T
    return float((sizes * shares).sum() / sizes.sum())


def _pairs_within(snapshot: Snapshot, members: I64) -> I64:
    local = np.full(snapshot.n, -1, np.int64)
    local[members] = np.arange(len(members))
    a, b = local[snapshot.relations.a], local[snapshot.relations.b]
    inside = (a >= 0) & (b >= 0)
    return np.unique(np.sort(np.column_stack([a[inside], b[inside]]), axis=1), axis=0)


def _sfdp(count: int, pairs: I64) -> F64:
    """Positions by sfdp, as `neato -n` would read them."""
    lines = [f"{k};" for k in range(count)] + [f"{a}--{b};" for a, b in pairs.tolist()]
    done = subprocess.run(
        ["sfdp", "-Tplain"], input="graph{" + "".join(lines) + "}", capture_output=True, text=True, check=True
    )
    spot = np.zeros((count, 2))
    for k, x, y in re.findall(r"^node (\d+) ([-\d.e+]+) ([-\d.e+]+)", done.stdout, re.MULTILINE):
        spot[int(k)] = float(x), float(y)
    return spot
