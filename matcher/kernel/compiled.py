"""The compiled exact top-k of one plan (of many: `batch.py`): no array of pairs.

It answers exactly as scoring everybody does (`topk.scored_candidates`), to the last bit, ties by position.
Memory beside the index: 2 bytes an actor and 1 a feature for each thread.
Importing this module loads numba; compiled code is cached on disk.
"""

import threading
from itertools import accumulate

import numpy as np

from graphsvc.snapshot import Snapshot
from graphsvc.snapshot.columns import B1, F64, I64
from matcher.index import MatchIndex, pack_index
from matcher.kernel.instructions import LANES
from matcher.kernel.levels import CHUNK
from matcher.kernel.lists import U8, U16, PackedLists
from matcher.kernel.search import search
from matcher.plan import Plan
from matcher.sparse import Vector

Found = list[tuple[int, float]]
THREADS = 2
_EVERYBODY: B1 = np.empty(0, np.bool_)
_NO_LIST = np.empty(0, np.int64), np.empty(0), np.zeros(1, np.int64)
_scratch = threading.local()


def top_k_compiled(snapshot: Snapshot, index: MatchIndex, plan: Plan, floor: float, k: int) -> Found:
    """Positions and scores of the k best, best first, ties by position."""
    return search_plan(index.packed or pack_index(snapshot, index), plan, floor, k)[0]


def search_plan(packed: PackedLists, plan: Plan, floor: float, k: int) -> tuple[Found, I64]:
    """The k best of one plan, and what the search did (actors visited, scored exactly, bytes read)."""
    done = np.zeros(3, np.int64)
    if k < 1 or not packed.count:
        return [], done
    query = positive(plan.features())
    factors = plan.factors
    light = (
        plan.weights.kind * plan.kinds, plan.weights.freshness * plan.ages, factors.ids, factors.weights,
    )  # fmt: skip
    gates = (plan.barred, _EVERYBODY if plan.allowed is None else plan.allowed, plan.day)
    near = plan.nearby()
    actors, scores = np.empty(k, np.int64), np.empty(k)
    size = search(
        (query.ids, query.weights), packed.arrays(), packed.ages(plan.today), _direct(plan),
        (near.ids, near.weights), light, gates, floor, scratch_of(packed), (actors, scores, done),
    )  # fmt: skip
    return list(zip(actors[:size].tolist(), scores[:size].tolist(), strict=True)), done


def scratch_of(packed: PackedLists) -> tuple[U16, U16, U8]:
    """This thread's arrays for networks of this size; the last is zero between two searches."""
    shape = packed.count, packed.rows.columns
    if getattr(_scratch, "shape", None) != shape:
        chunks = LANES * -(-packed.count // (CHUNK * LANES))
        bounds, tops = np.zeros(chunks * CHUNK, np.uint16), np.zeros(chunks, np.uint16)
        _scratch.arrays = bounds, tops, np.zeros(shape[1], np.uint8)
        _scratch.shape = shape
    arrays: tuple[U16, U16, U8] = _scratch.arrays
    return arrays


def _direct(plan: Plan) -> tuple[I64, F64, I64]:
    """What is given actor by actor: sorted lists end to end, and where each begins."""
    parts = [positive(part) for part in plan.direct() if len(part.ids)]
    if len(parts) < 2:
        return (parts[0].ids, parts[0].weights, np.array([0, len(parts[0].ids)])) if parts else _NO_LIST
    ptr = np.array([0, *accumulate(len(part.ids) for part in parts)], np.int64)
    ids = np.concatenate([part.ids for part in parts])
    return ids, np.concatenate([part.weights for part in parts]), ptr


def positive(query: Vector) -> Vector:
    """The query without what counts for nothing."""
    kept = query.weights > 0
    return query if kept.all() else Vector(query.ids[kept], query.weights[kept])
