"""An evaluation tells who finds hidden cooperations: repeatable, honest when there is little, never NaN."""

import json
import math
from dataclasses import asdict

import numpy as np
import pytest

from graphsvc.domain.errors import InvalidValue
from graphsvc.domain.projects import Participation, Project
from graphsvc.snapshot import Snapshot
from matcher.asks import AskerKind
from matcher.evaluation.baselines import BASELINES
from matcher.evaluation.cases import Posed, Stage, pose
from matcher.evaluation.held_out import Evaluation, evaluate
from matcher.evaluation.hiding import Hidden, hide
from matcher.ranking import DEFAULT
from matcher.suggest import suggest
from tests.matcher.collaborations import collaborations
from tests.matcher.networks import TODAY, actor, link, snapshot_of, year


@pytest.fixture(scope="module")
def network() -> Snapshot:
    return collaborations()


@pytest.fixture(scope="module")
def found(network: Snapshot) -> Evaluation:
    return evaluate(network, today=TODAY, hide=0.25, seed=4)


def test_every_method_is_measured(found: Evaluation) -> None:
    assert {m.name for m in found.methods} == {*BASELINES, "default", "learned"}
    for method in found.methods:
        for estimate in (method.mrr, method.precision_at_10, method.recall_at_10, method.auc_degree_matched):
            assert estimate.value is not None
            assert estimate.low is not None
            assert estimate.high is not None
            assert 0 <= estimate.low <= estimate.value <= estimate.high <= 1


def test_everything_is_hidden_once_on_a_small_network(found: Evaluation) -> None:
    assert found.rounds == 4
    assert found.hidden == found.known
    assert found.note is None


def test_fame_gets_one_half_at_equal_fame(found: Evaluation) -> None:
    popularity = found.method("popularity")
    assert popularity is not None
    assert popularity.auc_degree_matched.value == pytest.approx(0.5)


def test_where_groups_share_themes_and_places_the_default_beats_every_simple_order(found: Evaluation) -> None:
    default = found.method("default")
    assert default is not None
    others = [m.mrr.value or 0.0 for m in found.methods if m.name in BASELINES]
    assert (default.mrr.value or 0.0) > max(others)
    assert found.default_over_best.value == pytest.approx((default.mrr.value or 0.0) / max(others))


def test_the_same_seed_gives_the_same_figures_another_one_others() -> None:
    network = collaborations(actors=30, links=40, projects=6)
    one, again, other = (evaluate(network, today=TODAY, hide=0.25, seed=seed, rounds=1) for seed in (7, 7, 8))
    assert one == again
    assert one.methods != other.methods


def test_figures_are_plain_numbers_fit_for_json(found: Evaluation) -> None:
    json.dumps(asdict(found), allow_nan=False)


def test_the_figures_of_the_default_are_those_of_the_suggestions_made(network: Snapshot) -> None:
    """The protocol ranks what `suggest` shows: hidden partners are found at the rank a user would see."""
    hidden = hide(network, 0.2, 1)
    stage = Stage.of(hidden)
    checked = 0
    for query in hidden.queries:
        if query.asker.kind is not AskerKind.PROJECT:
            continue
        posed = pose(stage, query, DEFAULT, TODAY)
        shown = [s.index for s in suggest(hidden.snapshot, query.asker, today=TODAY, top=10).items]
        order = np.lexsort((np.arange(network.n), -posed.default))
        ranked = [int(i) for i in order if posed.default[i] > 0][: len(shown)]
        assert shown[: len(ranked)] == ranked
        checked += 1
    assert checked > 5


def test_partners_already_known_are_neither_right_nor_wrong(network: Snapshot) -> None:
    hidden = hide(network, 0.2, 1)
    stage = Stage.of(hidden)
    for query in hidden.queries:
        posed = pose(stage, query, DEFAULT, TODAY)
        if query.asker.kind is AskerKind.ACTOR:
            known = hidden.snapshot.documented_ties().neighbours(query.asker.index)
            assert not posed.eligible[known].any()
            assert not posed.eligible[query.asker.index]


def _scores(posed: Posed, name: str) -> list[float]:
    return [round(float(s), 9) for s in BASELINES[name](posed.case)]


def test_baselines_on_five_actors_by_hand() -> None:
    snapshot = snapshot_of(
        actor("a", seat="91228"),
        actor("b", seat="91174"),
        actor("c", seat="91228"),
        actor("d", seat="91223"),
        actor("e"),
        *(link(x, y, start=year(2010)) for x, y in ("ab", "bc", "ac", "cd")),
    )
    stage = Stage.of(Hidden(snapshot, (), 0, 0, 0))
    from matcher.asks import Asker
    from matcher.evaluation.hiding import Query

    posed = pose(stage, Query(Asker.actor(3), (), ()), DEFAULT, TODAY)
    assert _scores(posed, "popularity") == [2, 2, 3, 1, 0]
    assert _scores(posed, "common_neighbours") == [1, 1, 0, 1, 0]
    third = round(1 / math.log(3), 9)
    assert _scores(posed, "adamic_adar") == [third, third, 0, third, 0]
    near = _scores(posed, "distance_only")
    assert near[0] == near[2] < near[3] == 1.0
    assert near[4] == 0.0
    walked = BASELINES["pagerank"](posed.case)
    assert walked.sum() == pytest.approx(1.0)
    assert walked == pytest.approx(_pagerank(snapshot, 3), abs=1e-7)


def _pagerank(snapshot: Snapshot, start: int) -> list[float]:
    import networkx as nx

    ties = snapshot.documented_ties()
    graph = nx.Graph([(i, int(j)) for i in range(snapshot.n) for j in ties.neighbours(i)])
    graph.add_nodes_from(range(snapshot.n))
    ranked = nx.pagerank(graph, alpha=0.85, personalization={start: 1.0}, tol=1e-12, max_iter=500)
    return [ranked[i] for i in range(snapshot.n)]


def test_a_project_counts_the_members_a_candidate_has_worked_with() -> None:
    snapshot = snapshot_of(
        *(actor(key) for key in "abcd"),
        link("a", "c"),
        link("b", "c"),
        link("a", "d"),
        Project("p", "P", participations=tuple(Participation(k) for k in "ab")),
    )
    from matcher.asks import Asker
    from matcher.evaluation.hiding import Query

    posed = pose(Stage.of(Hidden(snapshot, (), 0, 0, 0)), Query(Asker.project(0), (2,), ()), DEFAULT, TODAY)
    assert _scores(posed, "common_neighbours")[2:] == [2, 1]
    assert posed.warm == (2,)


@pytest.mark.parametrize("links", [[], [("a", "b")]])
def test_a_network_of_no_link_or_of_one_says_so(links: list[tuple[str, str]]) -> None:
    snapshot = snapshot_of(*(actor(key, themes=("wells",)) for key in "abc"), *(link(a, b) for a, b in links))
    found = evaluate(snapshot, today=TODAY)
    assert found.note == ("nothing_to_find" if links else "no_known_cooperation")
    assert found.askers == 0
    assert found.cold == 2 * len(links)
    assert found.best_baseline is None
    assert found.candidate_recall.value is None
    assert found.learned_gain.value is None
    json.dumps(asdict(found), allow_nan=False)


def test_an_empty_network_is_measured_as_empty() -> None:
    assert evaluate(snapshot_of(), today=TODAY).note == "no_known_cooperation"


@pytest.mark.parametrize("share", [0.0, -1.0, 0.6, float("nan")])
def test_a_share_that_cannot_be_hidden_is_refused(share: float) -> None:
    with pytest.raises(InvalidValue) as refusal:
        evaluate(snapshot_of(actor("a")), today=TODAY, hide=share)
    assert refusal.value.rule == "share_range"


def test_progress_is_told_up_to_the_end() -> None:
    network = collaborations(actors=30, links=40, projects=6)
    told: list[tuple[str, int, int]] = []
    evaluate(network, today=TODAY, hide=0.1, rounds=1, progress=lambda *step: told.append(step))
    assert told[0][0] == "training"
    assert told[-1][1] == told[-1][2]
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)
