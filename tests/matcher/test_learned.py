"""The learned order: what it learns, when it is refused, and that it only reorders."""

import json
from dataclasses import replace

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from graphsvc.snapshot import Snapshot
from matcher.asks import Ask, Asker, AskerKind, Context
from matcher.evaluation.hiding import known_units
from matcher.evaluation.metrics import Estimate
from matcher.learned.background import background_of
from matcher.learned.evidence import FEATURES, OWN, evidence_table
from matcher.learned.model import FILE, DataMark, Held, Learned, ModelRefused, read_learned, write_learned
from matcher.learned.told import LearnedSignal
from matcher.learned.training import train
from matcher.suggest import suggest
from tests.matcher.collaborations import collaborations, records_of
from tests.matcher.networks import TODAY, actor, link, snapshot_of


@pytest.fixture(scope="module")
def network() -> Snapshot:
    return collaborations()


@pytest.fixture(scope="module")
def learned(network: Snapshot) -> Learned:
    found = train(network, TODAY, seed=1)
    assert found is not None
    return found


def _held(gain: float) -> Held:
    return Held(
        {"mrr": Estimate(0.2, 0.1, 0.3)},
        {"mrr": Estimate(0.3, 0.2, 0.4)},
        Estimate(gain + 0.1, gain, gain + 0.2),
        600,
    )


def _trusted(learned: Learned) -> Learned:
    return replace(learned, links=600, held=_held(0.05))


def test_training_is_repeatable_and_names_what_it_read(network: Snapshot, learned: Learned) -> None:
    again = train(network, TODAY, seed=1)
    assert again is not None
    assert again.to_json() == learned.to_json()
    assert learned.features == FEATURES
    assert len(learned.coefficients) == len(FEATURES)
    assert learned.links == known_units(network)


def test_too_few_cooperations_teach_nothing() -> None:
    assert train(snapshot_of(), TODAY, seed=1) is None
    assert train(snapshot_of(actor("a"), actor("b"), link("a", "b")), TODAY, seed=1) is None


def test_the_artefact_is_plain_json_that_reads_back_the_same(learned: Learned) -> None:
    whole = _trusted(learned)
    text = whole.to_json()
    assert Learned.from_json(text).to_json() == text
    assert set(json.loads(text)) >= {"format", "features", "coefficients", "trained_on", "links", "held"}


def test_the_artefact_is_written_beside_and_read_back(tmp_path: object, learned: Learned) -> None:
    from pathlib import Path

    folder = Path(str(tmp_path))
    assert read_learned(folder) is None
    assert write_learned(folder, learned) == folder / FILE
    read = read_learned(folder)
    assert read is not None
    assert read.to_json() == learned.to_json()
    assert [p.name for p in folder.iterdir()] == [FILE]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        "null",
        '{"format": 2}',
        '{"format": 2, "features": 3}',
        '{"format": 2, "name": "x", "z": 1}',
        pytest.param("[" * 100_000, id="lists-without-end"),
    ],
)
def test_what_is_not_an_artefact_is_refused(text: str) -> None:
    with pytest.raises(ModelRefused) as refusal:
        Learned.from_json(text)
    assert refusal.value.rule == "unreadable"


def test_another_format_or_a_number_that_is_none_is_refused(learned: Learned) -> None:
    data, figure = json.loads(learned.to_json()), {"value": 0.1, "low": 0.05, "high": 0.2}
    held = {"default": {"mrr": figure}, "learned": {"mrr": figure}, "gain": figure, "askers": 3}
    for changed, rule in (
        ({"format": 1}, "other_format"),
        ({"intercept": float("nan")}, "unreadable"),
        ({"asked": ["nobody"]}, "unreadable"),
        ({"coefficients": ["a"]}, "unreadable"),
        ({"links": float("inf")}, "unreadable"),
        ({"intercept": 10**400}, "unreadable"),
        ({"held": {**held, "gain": {**figure, "low": "x"}}}, "unreadable"),
    ):
        with pytest.raises(ModelRefused) as refusal:
            Learned.from_json(json.dumps({**data, **changed}))
        assert refusal.value.rule == rule


def test_it_is_used_only_where_it_may_be(network: Snapshot, learned: Learned) -> None:
    mark = DataMark.of(network)
    good = _trusted(learned)
    good.check(mark)
    for bad, rule in (
        (replace(good, features=("themes",), coefficients=(1.0,)), "other_features"),
        (replace(good, coefficients=(1.0,)), "other_features"),
        (replace(good, links=499), "too_few_links"),
        (replace(good, held=None), "not_better"),
        (replace(good, held=_held(-0.01)), "not_better"),
    ):
        with pytest.raises(ModelRefused) as refusal:
            bad.check(mark)
        assert refusal.value.rule == rule
        assert refusal.value.code == f"model_{rule}"


def test_it_is_stale_once_the_network_has_changed_much(network: Snapshot, learned: Learned) -> None:
    good = _trusted(learned)
    few = snapshot_of(*records_of(), link("a000", "a059", id="new"))
    good.check(DataMark.of(few))
    with pytest.raises(ModelRefused) as refusal:
        good.check(DataMark.of(collaborations(seed=2)))
    assert refusal.value.rule == "data_changed"


def test_likeness_estimates_the_share_of_common_pairs() -> None:
    keys = [f"a{n:03d}" for n in range(120)]
    actors = [actor(k) for k in keys]
    links = [link(keys[i], keys[(i + d) % 120], id=f"{i}-{d}") for i in range(120) for d in range(1, 9)]
    whole, part = snapshot_of(*actors, *links), snapshot_of(*actors, *links[: len(links) * 3 // 4])
    assert DataMark.of(whole).likeness(DataMark.of(part)) == pytest.approx(0.75, abs=0.08)
    assert DataMark.of(whole).likeness(DataMark.of(whole)) == 1.0
    assert DataMark.of(snapshot_of()).likeness(DataMark.of(snapshot_of())) == 1.0
    assert DataMark.of(whole).likeness(DataMark.of(snapshot_of())) == 0.0


def test_scores_are_those_of_logistic_regression(learned: Learned) -> None:
    rng = np.random.default_rng(0)
    table, labels = rng.random((200, len(FEATURES))), rng.integers(0, 2, 200)
    fit = LogisticRegression().fit(table, labels)
    same = replace(learned, coefficients=tuple(fit.coef_[0].tolist()), intercept=float(fit.intercept_[0]))
    assert same.scores(table) == pytest.approx(fit.predict_proba(table)[:, 1])


def test_it_only_reorders_what_the_default_finds(network: Snapshot, learned: Learned) -> None:
    changed = 0
    for i in range(0, network.n, 7):
        asker = Asker.actor(i)
        default = suggest(network, asker, today=TODAY, top=100)
        other = suggest(network, asker, today=TODAY, top=100, learned=learned)
        assert {s.index for s in default.items} == {s.index for s in other.items}
        scores = [s.score for s in other.items]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= s <= 1 for s in scores)
        changed += [s.index for s in default.items] != [s.index for s in other.items]
    assert changed


def test_who_never_asked_in_the_examples_keeps_the_default_order(network: Snapshot, learned: Learned) -> None:
    """An order learned on projects alone says nothing of whom an actor should meet."""
    of_projects = replace(learned, asked=(AskerKind.PROJECT,))
    assert suggest(network, Asker.actor(0), today=TODAY, learned=of_projects) == suggest(
        network, Asker.actor(0), today=TODAY
    )
    of_all = suggest(network, Asker.project(0), today=TODAY, learned=learned)
    assert suggest(network, Asker.project(0), today=TODAY, learned=of_projects) == of_all
    assert of_all != suggest(network, Asker.project(0), today=TODAY)


def test_an_order_is_learned_for_the_kinds_of_asker_that_have_examples() -> None:
    assert (found := train(collaborations(actors=60, links=90, projects=0), TODAY, seed=1)) is not None
    assert found.asked == (AskerKind.ACTOR,)
    assert (found := train(collaborations(actors=60, links=0, projects=20), TODAY, seed=1)) is not None
    assert found.asked == (AskerKind.PROJECT,)


@pytest.mark.parametrize("ask", [Ask.NEED, Ask.POOL])
def test_needs_and_pooling_keep_the_exact_default_order(
    network: Snapshot, learned: Learned, ask: Ask
) -> None:
    context = Context(ask=ask)
    for i in (0, 20):
        default = suggest(network, Asker.actor(i), context, today=TODAY)
        assert suggest(network, Asker.actor(i), context, today=TODAY, learned=learned) == default


def test_the_evidence_read_is_that_of_the_signals(network: Snapshot) -> None:
    from matcher.evaluation.cases import Stage, pose
    from matcher.evaluation.hiding import Hidden, Query
    from matcher.plan import signal_scores
    from matcher.ranking import DEFAULT, Signal

    stage = Stage.of(Hidden(network, (), 0, 0, 0))
    index = stage.ground.index
    for asker in (Asker.actor(5), Asker.project(2)):
        posed = pose(stage, Query(asker, (), ()), DEFAULT, TODAY)
        candidates = np.array([40, 3, 8, 21], np.int64)
        table = evidence_table(
            network, index, stage.background, posed.case.plan, asker,
            posed.case.question.members, candidates, posed.default[candidates],
        )  # fmt: skip
        for k, signal in enumerate(Signal):
            expected = signal_scores(network, index, posed.case.plan, signal)[candidates]
            assert table[:, k] == pytest.approx(expected, abs=1e-6), signal


def test_evidence_is_the_same_whoever_else_is_a_candidate_but_for_what_is_relative(network: Snapshot) -> None:
    from matcher.evaluation.cases import Stage, pose
    from matcher.evaluation.hiding import Hidden, Query
    from matcher.ranking import DEFAULT

    stage = Stage.of(Hidden(network, (), 0, 0, 0))
    posed = pose(stage, Query(Asker.actor(5), (), ()), DEFAULT, TODAY)
    background = background_of(network, stage.ground.index)

    def table(candidates: list[int]) -> "np.ndarray[tuple[int, int], np.dtype[np.float64]]":
        return evidence_table(
            network, stage.ground.index, background, posed.case.plan, posed.query.asker,
            posed.case.question.members, np.array(candidates, np.int64), posed.default[candidates],
        )  # fmt: skip

    alone, together = table([8]), table([8, 9, 40])
    absolute = [k for k, name in enumerate(FEATURES) if not name.endswith(("_relative", "_rank"))]
    assert alone[0, absolute] == pytest.approx(together[0, absolute])
    assert np.isfinite(together).all()
    shares = [k for k, name in enumerate(FEATURES) if name.endswith(("_relative", "_rank")) or name in OWN]
    assert (together[:, shares] >= 0).all()
    assert (together[:, shares] <= 1).all()


def test_what_the_learned_order_counts_besides_is_told_with_its_facts(
    network: Snapshot, learned: Learned
) -> None:
    codes: set[str] = set()
    for asker in (Asker.actor(5), Asker.project(2)):
        for s in suggest(network, asker, today=TODAY, learned=learned).items:
            own = [e for e in s.evidence if e.code in set(LearnedSignal)]
            assert [e.score for e in own] == sorted((e.score for e in own), reverse=True)
            assert all(0 < e.score <= 1 for e in own)
            assert all(any(e.facts.values()) for e in own)
            codes |= {e.code for e in own}
        plain = suggest(network, asker, today=TODAY).items
        assert not any(e.code in set(LearnedSignal) for s in plain for e in s.evidence)
    assert codes == set(LearnedSignal)
