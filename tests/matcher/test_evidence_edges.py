"""Evidence on the networks that break formulas (nobody, one actor, a hub), and on random graphs against
networkx.
"""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphsvc.domain.records import Record
from graphsvc.snapshot import Snapshot
from matcher.asks import Asker, AskerKind, Context
from matcher.evaluation.baselines import BASELINES
from matcher.evaluation.cases import Stage, pose
from matcher.evaluation.hiding import Hidden, Query
from matcher.evidence.allocation import allocation_scores
from matcher.index import compute_index
from matcher.learned.background import background_of
from matcher.learned.evidence import FEATURES, evidence_table
from matcher.plan import make_plan, signal_scores
from matcher.question import ask_question
from matcher.ranking import DEFAULT, Signal
from matcher.suggest import suggest
from tests.matcher.networks import TODAY, actor, link, snapshot_of, year

HUB = 300


def _everything(snapshot: Snapshot, asker: Asker) -> dict[str, np.ndarray]:
    """Every signal of the default and every feature of the learned order, for every actor."""
    index = compute_index(snapshot)
    question = ask_question(snapshot, index, asker, Context(), TODAY)
    plan = make_plan(snapshot, index, question, DEFAULT.cooperate, [], None, TODAY.toordinal())
    found = {signal.value: signal_scores(snapshot, index, plan, signal) for signal in Signal}
    everybody = np.arange(snapshot.n)
    table = evidence_table(
        snapshot, index, background_of(snapshot, index), plan, asker, question.members, everybody,
        np.zeros(snapshot.n),
    )  # fmt: skip
    assert table.shape == (snapshot.n, len(FEATURES))
    return found | {f"learned {name}": table[:, k] for k, name in enumerate(FEATURES)}


def _hub() -> Snapshot:
    """One actor that works with everybody, on the theme and the place of all."""
    spokes = [
        actor(f"s{n:03d}", purpose="des puits", themes=("wells",), territories=("ML",)) for n in range(HUB)
    ]
    ties = [link("hub", spoke.id, start=year(2012)) for spoke in spokes]
    hub = actor("hub", purpose="puits " * 500, themes=("wells",), territories=("ML",), seat="91228")
    return snapshot_of(hub, *spokes, *ties)


@pytest.mark.parametrize(
    ("snapshot", "asker"),
    [
        (snapshot_of(), Asker.request()),
        (snapshot_of(actor("alone")), Asker.actor(0)),
        (snapshot_of(actor("alone"), actor("silent")), Asker.actor(1)),
        (_hub(), Asker.actor(0)),
        (_hub(), Asker.actor(1)),
        (_hub(), Asker.request()),
    ],
    ids=["nobody", "one actor", "two that say nothing", "a hub", "a spoke", "a request to a hub"],
)
def test_every_score_is_a_number_on_networks_that_break_formulas(snapshot: Snapshot, asker: Asker) -> None:
    for name, scores in _everything(snapshot, asker).items():
        assert np.isfinite(scores).all(), name
        if name in {signal.value for signal in Signal}:
            assert (scores >= 0).all(), name
            assert (scores <= 1 + 1e-6).all(), name
    assert len(suggest(snapshot, asker, today=TODAY, top=5).items) <= 5


def test_a_hub_in_common_with_everybody_singles_nobody_out() -> None:
    snapshot = _hub()
    me = snapshot.index("s000") or 0
    found = _everything(snapshot, Asker.actor(me))
    others = [i for i in range(snapshot.n) if i not in (me, snapshot.index("hub"))]
    for name in ("ties", "walk", "learned allocation", "learned surroundings"):
        assert np.ptp(found[name][others]) == pytest.approx(0, abs=1e-12), name
    assert found["ties"][others[0]] < 0.2
    assert found["learned allocation"][others[0]] < 0.01


GRAPHS = st.lists(
    st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda p: p[0] < p[1]), unique=True
)


@given(GRAPHS, st.integers(0, 11))
@settings(max_examples=40)
def test_partners_in_common_are_weighed_as_networkx_weighs_them(
    edges: list[tuple[int, int]], asker: int
) -> None:
    keys = [f"a{n:02d}" for n in range(12)]
    records: list[Record] = [actor(key) for key in keys]
    records += [link(keys[a], keys[b], start=year(2010)) for a, b in edges]
    snapshot = snapshot_of(*records)
    graph: nx.Graph[int] = nx.Graph(edges)
    graph.add_nodes_from(range(12))
    stage = Stage.of(Hidden(snapshot, (), 0, 0, 0))
    case = pose(stage, Query(Asker(AskerKind.ACTOR, asker), (), ()), DEFAULT, TODAY).case
    others = [other for other in range(12) if other != asker]
    pairs = [(asker, other) for other in others]
    common = [len(list(nx.common_neighbors(graph, *pair))) for pair in pairs]
    adamic = [score for _, _, score in nx.adamic_adar_index(graph, pairs)]
    shared = [score for _, _, score in nx.resource_allocation_index(graph, pairs)]
    handed = sum(1 / graph.degree(z) for z in graph[asker])
    assert BASELINES["common_neighbours"](case)[others] == pytest.approx(common)
    assert BASELINES["adamic_adar"](case)[others] == pytest.approx(adamic)
    found = allocation_scores(stage.ground.index.circle, (asker,), np.array(others))
    assert found * (handed + 1) == pytest.approx(shared, abs=1e-6)
