"""The k best are those of scoring everybody and sorting, whichever way they are computed."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphsvc.domain.records import Record
from graphsvc.snapshot import Snapshot
from matcher.asks import Ask, Asker, Context, Exposure
from matcher.exclusions import left_out
from matcher.index import compute_index
from matcher.kernel.compiled import top_k_compiled
from matcher.plan import Plan, make_plan, signal_scores
from matcher.question import ask_question
from matcher.ranking import DEFAULT, Signal
from matcher.topk import top_k_numpy
from tests.matcher.networks import TODAY, random_records, snapshot_of

LIGHT = (Signal.PROXIMITY, Signal.KIND, Signal.FRESHNESS)


def brute_force(snapshot: Snapshot, index: object, plan: Plan, floor: float) -> list[tuple[int, float]]:
    """Everybody, scored signal by signal, best first."""
    scores = {s: signal_scores(snapshot, index, plan, s) for s in Signal}  # type: ignore[arg-type]
    factors = dict(zip(plan.factors.ids.tolist(), plan.factors.weights.tolist(), strict=True))
    found = []
    for j in range(snapshot.n):
        substance = sum(plan.weights.of(s) * scores[s][j] for s in Signal if s not in LIGHT)
        actor = snapshot.actor(j)
        over = actor.ended is not None and actor.ended.last_day < TODAY
        if substance < floor or j in plan.barred.tolist() or over:
            continue
        if plan.allowed is not None and not plan.allowed[j]:
            continue
        total = sum(plan.weights.of(s) * scores[s][j] for s in Signal)
        found.append((j, total * factors.get(j, 1.0)))
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


@given(random_records(most=16), st.data())
@settings(max_examples=60)
def test_both_ways_give_exactly_the_k_best(records: list[Record], data: st.DataObject) -> None:
    snapshot = snapshot_of(*records)
    index = compute_index(snapshot)
    i = data.draw(st.integers(0, snapshot.n - 1))
    k = data.draw(st.integers(1, 6))
    context = Context(
        themes=tuple(data.draw(st.sets(st.sampled_from(["water", "wells", "education"]), max_size=1))),
        territories=tuple(data.draw(st.sets(st.sampled_from(["ML", "ML-kayes", "FR-91"]), max_size=1))),
        ask=data.draw(st.sampled_from([None, *Ask])),
        declined=frozenset(data.draw(st.sets(st.sampled_from(list(snapshot.ids)), max_size=2))),
    )
    counts = data.draw(st.dictionaries(st.sampled_from(list(snapshot.ids)), st.integers(0, 9), max_size=3))
    exposure = data.draw(st.sampled_from([None, Exposure(2, counts)]))
    question = ask_question(snapshot, index, Asker.actor(i), context, TODAY)
    barred = sorted(left_out(snapshot, index, question, context))
    weights = DEFAULT.weights(question.ask)
    plan = make_plan(snapshot, index, question, weights, barred, exposure, TODAY.toordinal())

    by_numpy = top_k_numpy(snapshot, index, plan, DEFAULT.floor, k)
    by_kernel = top_k_compiled(snapshot, index, plan, DEFAULT.floor, k)
    expected = brute_force(snapshot, index, plan, DEFAULT.floor)[:k]

    assert by_numpy == by_kernel
    assert [score for _, score in by_numpy] == pytest.approx([score for _, score in expected], abs=1e-9)
    if all(abs(a[1] - b[1]) > 1e-9 for a, b in pairwise(expected)):
        tail = brute_force(snapshot, index, plan, DEFAULT.floor)
        if len(tail) <= k or tail[k - 1][1] - tail[k][1] > 1e-9:
            assert [j for j, _ in by_numpy] == [j for j, _ in expected]


def test_equal_candidates_come_in_the_order_of_their_ids() -> None:
    from tests.matcher.networks import actor

    snapshot = snapshot_of(
        actor("me", themes=("wells",)), *[actor(f"t{n}", themes=("wells",)) for n in range(7)]
    )
    index = compute_index(snapshot)
    question = ask_question(snapshot, index, Asker.actor(0), Context(), TODAY)
    plan = make_plan(snapshot, index, question, DEFAULT.cooperate, [0], None, TODAY.toordinal())
    for way in (top_k_numpy, top_k_compiled):
        found = way(snapshot, index, plan, DEFAULT.floor, 4)
        assert [snapshot.ids[j] for j, _ in found] == ["t0", "t1", "t2", "t3"]


def test_a_second_query_is_not_disturbed_by_the_first() -> None:
    from tests.matcher.networks import actor

    snapshot = snapshot_of(
        actor("a", themes=("wells",)), actor("b", themes=("wells",)), actor("c", themes=("health",))
    )
    index = compute_index(snapshot)
    answers = []
    for i in (0, 2, 0):
        question = ask_question(snapshot, index, Asker.actor(i), Context(), TODAY)
        plan = make_plan(snapshot, index, question, DEFAULT.cooperate, [i], None, TODAY.toordinal())
        answers.append(top_k_compiled(snapshot, index, plan, DEFAULT.floor, 3))
    assert answers[0] == answers[2] != []
    assert answers[1] == []
