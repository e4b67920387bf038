"""The compiled search gives what scoring everybody gives, to the last bit, however the network is made."""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.network_scale import made_snapshot
from graphsvc.snapshot import Snapshot
from matcher.asks import Ask, Asker, Context
from matcher.exclusions import left_out
from matcher.index import BLOCKS, MatchIndex, compute_index, pack_index
from matcher.kernel.batch import batch_of, search_batch
from matcher.kernel.bounds import LISTS
from matcher.kernel.cache import forget_stale
from matcher.kernel.compiled import search_plan, top_k_compiled
from matcher.kernel.levels import CHUNK
from matcher.kernel.lists import FREQUENT, MOST, ROWS
from matcher.kernel.search import OTHERS
from matcher.plan import Plan, make_plan
from matcher.question import ask_question
from matcher.ranking import DEFAULT, Signal
from matcher.sparse import Vector
from matcher.topk import top_k_numpy

TODAY = date(2026, 11, 2)
FLOOR = DEFAULT.floor


@pytest.fixture(scope="module")
def network() -> tuple[Snapshot, MatchIndex]:
    snapshot = made_snapshot(700)
    index = compute_index(snapshot)
    return snapshot, replace(index, packed=pack_index(snapshot, index))


@pytest.fixture(scope="module")
def larger() -> tuple[Snapshot, MatchIndex]:
    snapshot = made_snapshot(5000)
    index = compute_index(snapshot)
    return snapshot, replace(index, packed=pack_index(snapshot, index))


def plan_of(network: tuple[Snapshot, MatchIndex], i: int, context: Context | None = None) -> Plan:
    snapshot, index = network
    question = ask_question(snapshot, index, Asker.actor(i), context or Context(), TODAY)
    barred = sorted(left_out(snapshot, index, question, context or Context()))
    weights = DEFAULT.weights(question.ask)
    return make_plan(snapshot, index, question, weights, barred, None, TODAY.toordinal())


def asking(plan: Plan, queries: dict[Signal, Vector]) -> Plan:
    """The plan with other queries."""
    blocks = [queries[s] for s in BLOCKS]
    joined = (np.concatenate([b.ids for b in blocks]), np.concatenate([b.weights for b in blocks]))
    return replace(plan, queries=queries, asked=Vector(*joined))


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_the_compiled_search_is_scoring_everybody(
    network: tuple[Snapshot, MatchIndex], data: st.DataObject
) -> None:
    snapshot, index = network
    k = data.draw(st.sampled_from([1, 3, 10, 70, 2000]))
    floor = data.draw(st.sampled_from([0.0, FLOOR, 0.2, 5.0]))
    context = Context(ask=data.draw(st.sampled_from([None, *Ask])))
    plan = plan_of(network, data.draw(st.integers(0, snapshot.n - 1)), context)
    some = data.draw(st.lists(st.integers(0, snapshot.n - 1), max_size=9, unique=True))
    ids = np.array(sorted(some), np.int64)
    plan = replace(plan, factors=Vector(ids, data.draw(st.sampled_from([0.3, 1.0, 1.7])) * np.ones(len(ids))))
    if data.draw(st.booleans()):
        plan = replace(plan, allowed=np.random.default_rng(k).random(snapshot.n) < 0.2)
    # The numpy way counts actors without any evidence when nothing is asked of them.
    expected = [(j, score) for j, score in top_k_numpy(snapshot, index, plan, max(floor, 1e-9), snapshot.n)][
        :k
    ]
    assert top_k_compiled(snapshot, index, plan, max(floor, 1e-9), k) == expected


def test_a_batch_is_its_queries_one_by_one(network: tuple[Snapshot, MatchIndex]) -> None:
    snapshot, index = network
    plans = [plan_of(network, i) for i in range(0, 120, 3)]
    single = [top_k_compiled(snapshot, index, plan, FLOOR, 10) for plan in plans]
    assert index.packed is not None
    for threads in (1, 2, 3):
        answers = search_batch(index.packed, batch_of(plans), FLOOR, 10, threads)
        assert [answers.of(q) for q in range(len(plans))] == single


def test_a_batch_of_narrowed_questions_is_refused(network: tuple[Snapshot, MatchIndex]) -> None:
    narrowed = replace(plan_of(network, 3), allowed=np.ones(network[0].n, np.bool_))
    for plans in ([], [narrowed], [plan_of(network, 1), replace(plan_of(network, 2), today=1)]):
        with pytest.raises(ValueError, match="one day"):
            batch_of(plans)


def test_equal_scores_come_by_position_wherever_they_are(network: tuple[Snapshot, MatchIndex]) -> None:
    snapshot, index = network
    plan = plan_of(network, 5)
    alike = Vector(np.arange(100, 100 + 2 * CHUNK, dtype=np.int64), np.full(2 * CHUNK, 1.0))
    empty = {s: Vector.empty() for s in plan.queries}
    walk = next(s for s in plan.queries if s.value == "walk")
    plan = asking(plan, {**empty, walk: alike})
    plan = replace(plan, kinds=plan.kinds * 0, ages=plan.ages * 0, factors=Vector.empty())
    found = top_k_compiled(snapshot, index, plan, FLOOR, 7)
    assert found == top_k_numpy(snapshot, index, plan, FLOOR, 7)
    assert [j for j, _ in found] == sorted(j for j, _ in found)


def test_a_question_of_thousands_of_features_is_scored_exactly_too(
    network: tuple[Snapshot, MatchIndex], larger: tuple[Snapshot, MatchIndex]
) -> None:
    """More than have a place of their own, and more lists than are summed."""
    for asked, least in ((network, 2 * OTHERS), (larger, LISTS)):
        snapshot, index = asked
        plan = plan_of(asked, 5)
        first, after = index.block(Signal.PURPOSE)
        assert index.packed is not None
        assert np.count_nonzero(index.packed.frequent[first:after] < 0) > least
        drawn = np.random.default_rng(3).random(after - first)
        plan = asking(plan, {**plan.queries, Signal.PURPOSE: Vector(np.arange(first, after), drawn)})
        found = top_k_compiled(snapshot, index, plan, FLOOR, 30)
        assert found == top_k_numpy(snapshot, index, plan, FLOOR, 30)


def test_in_a_network_where_most_is_frequent_only_so_many_features_are_bytes() -> None:
    snapshot = made_snapshot(40)
    index = compute_index(snapshot)
    packed = pack_index(snapshot, index)
    lengths = np.diff(index.lists.ptr)
    assert np.count_nonzero(lengths * FREQUENT >= snapshot.n) > ROWS == len(packed.codes)
    assert lengths[packed.frequent >= 0].min() >= lengths[packed.frequent < 0].max()
    everything = Vector(np.arange(index.rows.columns), np.linspace(0.1, 3.0, index.rows.columns))
    plan = plan_of((snapshot, index), 3)
    plan = asking(plan, {**plan.queries, BLOCKS[0]: everything, **{s: Vector.empty() for s in BLOCKS[1:]}})
    assert search_plan(packed, plan, 1e-9, 10)[0] == top_k_numpy(snapshot, index, plan, 1e-9, 10)


@pytest.mark.parametrize("times", [1e-7, 1e-3, 1.0, 1e5])
@pytest.mark.parametrize("far", [1.0, 1e6])
def test_the_answer_does_not_depend_on_what_weights_amount_to(
    network: tuple[Snapshot, MatchIndex], times: float, far: float
) -> None:
    """Bounds are counted in steps of the most that a question can give: small parts count in them as well."""
    snapshot, index = network
    plan = plan_of(network, 5)
    one = np.arange(len(plan.asked.ids)) % 7 == 3
    weights = plan.asked.weights * times * np.where(one, far, 1.0)
    starts = np.cumsum([0, *(len(plan.queries[s].ids) for s in BLOCKS)])
    queries = {
        s: Vector(plan.queries[s].ids, weights[a:b])
        for s, a, b in zip(BLOCKS, starts, starts[1:], strict=False)
    }
    plan = asking(plan, {**plan.queries, **queries})
    for k in (1, 10, 500):
        found = top_k_compiled(snapshot, index, plan, 1e-9, k)
        assert found == top_k_numpy(snapshot, index, plan, 1e-9, k)


def test_a_question_about_nothing_finds_nobody(network: tuple[Snapshot, MatchIndex]) -> None:
    snapshot, index = network
    plan = plan_of(network, 5)
    plan = asking(plan, {s: Vector.empty() for s in plan.queries})
    assert top_k_compiled(snapshot, index, plan, FLOOR, 10) == []
    assert top_k_compiled(snapshot, index, plan_of(network, 5), FLOOR, 0) == []


def test_a_search_is_not_disturbed_by_those_before_it(network: tuple[Snapshot, MatchIndex]) -> None:
    snapshot, index = network
    first = top_k_compiled(snapshot, index, plan_of(network, 11), FLOOR, 10)
    for i in range(12, 40):
        top_k_compiled(snapshot, index, plan_of(network, i), FLOOR, 10)
    assert top_k_compiled(snapshot, index, plan_of(network, 11), FLOOR, 10) == first


@given(st.data())
@settings(max_examples=30, deadline=None)
def test_the_bytes_of_all_are_added_only_where_many_could_win(
    larger: tuple[Snapshot, MatchIndex], data: st.DataObject
) -> None:
    """Whatever share of the question lies in frequent features, the answer is scoring everybody's."""
    snapshot, index = larger
    assert index.packed is not None
    frequent = index.packed.frequent
    plan = plan_of(larger, data.draw(st.integers(0, snapshot.n - 1)))
    often = data.draw(st.sampled_from([0.0, 0.01, 0.3, 1.0, 30.0]))
    age = data.draw(st.sampled_from([0.0, 1.0, 20.0]))

    def changed(query: Vector) -> Vector:
        return Vector(query.ids, query.weights * np.where(frequent[query.ids] >= 0, often, 1.0))

    queries = {s: changed(query) if s in BLOCKS else query for s, query in plan.queries.items()}
    plan = replace(asking(plan, queries), ages=plan.ages * age)
    k = data.draw(st.sampled_from([1, 10, 100]))
    expected = top_k_numpy(snapshot, index, plan, 1e-9, k)
    found, done = search_plan(index.packed, plan, 1e-9, k)
    assert found == expected
    if often == 0.0 and age == 0.0:
        entries = np.diff(index.lists.ptr)[plan.asked.ids[plan.asked.weights > 0]].sum()
        beside = 16 * sum(len(v.ids) for v in (*plan.direct(), plan.nearby())) + 4 * snapshot.n
        assert done[2] <= 8 * entries + 4 * 1.5 * snapshot.n + beside, (
            "bytes that count for nothing are not read"
        )


def test_few_actors_are_scored_exactly() -> None:
    snapshot = made_snapshot(6000)
    index = compute_index(snapshot)
    packed = pack_index(snapshot, index)
    scored = [
        search_plan(packed, plan_of((snapshot, index), i), FLOOR, 10)[1][1] for i in range(0, 6000, 200)
    ]
    assert np.median(scored) < 0.01 * snapshot.n


def test_the_bytes_of_frequent_features_bound_every_value(network: tuple[Snapshot, MatchIndex]) -> None:
    _, index = network
    packed = index.packed
    assert packed is not None
    frequent = np.flatnonzero(packed.frequent >= 0)
    assert np.array_equal(frequent, np.flatnonzero(np.diff(index.lists.ptr) * FREQUENT >= index.n))
    assert len(frequent) <= ROWS
    for feature in frequent.tolist():
        actors, values = index.lists.row(feature)
        row = packed.frequent[feature]
        bounds = packed.codes[row] * float(packed.peak[feature]) / MOST
        assert np.all(values <= bounds[actors] + 1e-9)
        assert bounds.sum() - values.sum() <= packed.peak[feature] / MOST * len(actors)


def test_memory_beside_the_index_is_a_few_bytes_an_entry(network: tuple[Snapshot, MatchIndex]) -> None:
    _, index = network
    assert index.packed is not None
    assert index.packed.nbytes < 2 * FREQUENT * len(index.rows.ids)


def test_compiled_code_older_than_a_source_is_forgotten(tmp_path: Path) -> None:
    kept = tmp_path / "__pycache__"
    kept.mkdir()
    for name, when in (("older.nbi", 1), ("newer.nbi", 3), ("older.nbc", 1)):
        (kept / name).touch()
        os.utime(kept / name, (when, when))
    (tmp_path / "source.py").touch()
    os.utime(tmp_path / "source.py", (2, 2))
    assert forget_stale(tmp_path) == 1
    assert sorted(path.name for path in kept.iterdir()) == ["newer.nbi", "older.nbc"]
