"""Nothing of what is hidden shows: the copy equals a network in which it was never written."""

from dataclasses import replace

import numpy as np

from graphsvc.domain.agreements import Agreement, Party
from graphsvc.domain.links import LinkKind, State
from graphsvc.domain.projects import Participation, ParticipationRole, Project
from graphsvc.domain.records import Record
from graphsvc.snapshot import Snapshot
from matcher.asks import Asker, AskerKind, Context
from matcher.evaluation.hiding import (
    hide,
    known_pairs,
    known_participations,
    known_units,
    rounds_of,
    without,
)
from matcher.exclusions import left_out
from matcher.index import compute_index
from matcher.plan import make_plan, signal_scores
from matcher.question import ask_question
from matcher.ranking import DEFAULT, Signal
from tests.matcher.collaborations import collaborations, records_of
from tests.matcher.networks import TODAY, actor, link, snapshot_of


def _features(snapshot: Snapshot) -> list[object]:
    """Every signal of every pair, and what the actors are known for."""
    index = compute_index(snapshot)
    found: list[object] = [index.lexicon.stems, index.works_on.since.tolist(), index.acts_in.since.tolist()]
    for i in range(snapshot.n):
        question = ask_question(snapshot, index, Asker.actor(i), Context(), TODAY)
        barred = sorted(left_out(snapshot, index, question, Context()))
        weights = DEFAULT.weights(question.ask)
        plan = make_plan(snapshot, index, question, weights, barred, None, TODAY.toordinal())
        found += [barred, plan.factors.ids.tolist(), plan.factors.weights.tolist()]
        found += [signal_scores(snapshot, index, plan, signal).tolist() for signal in Signal]
    return found


def test_a_copy_without_a_link_is_the_network_in_which_it_was_never_written() -> None:
    records = records_of(actors=30, links=30, projects=4)
    pair = known_pairs(snapshot_of(*records))[3]
    left = [r for r in records if getattr(r, "id", None) != f"{pair[0]}-{pair[1]}"]
    assert len(left) == len(records) - 1
    copy = without(snapshot_of(*records), frozenset({pair}), frozenset(), "t")
    assert _features(copy) == _features(snapshot_of(*left))


def test_themes_and_places_a_hidden_link_showed_are_gone() -> None:
    twinning = link(
        "town", "far", LinkKind.TWINNING, themes=("wells",), territories=("ML-nioro",), description="puits"
    )
    actors = [actor("town"), actor("far"), actor("other", themes=("wells",))]
    copy = without(snapshot_of(*actors, twinning), frozenset({("far", "town")}), frozenset(), "t")
    index = compute_index(copy)
    assert index.works_on.of(copy.index("town") or 0) == {}
    assert index.acts_in.of(copy.index("town") or 0) == {}
    assert _features(copy) == _features(snapshot_of(*actors))


def test_a_copy_without_a_participation_is_the_project_without_that_actor() -> None:
    project = Project("p", "Des puits", State.ACTIVE, themes=("wells",), participations=_parts("a", "b", "c"))
    smaller = replace(project, participations=_parts("a", "b"))
    actors = [actor(key) for key in "abc"]
    copy = without(snapshot_of(*actors, project), frozenset(), frozenset({("p", "c")}), "t")
    assert _features(copy) == _features(snapshot_of(*actors, smaller))


def test_to_declare_the_seat_of_the_hidden_partner_is_to_name_it() -> None:
    records = [
        actor("town", territories=("ML-nioro", "SN")),
        actor("far", seat="ML-nioro", country="ML"),
        link("town", "far", LinkKind.TWINNING),
    ]
    copy = without(snapshot_of(*records), frozenset({("far", "town")}), frozenset(), "t")
    assert copy.actor(copy.index("town") or 0).territories == ("ML-1", "SN")


def test_a_pair_that_a_project_joins_as_well_is_not_hidden() -> None:
    records: list[Record] = [actor(key) for key in "abc"]
    records += [link("a", "b"), link("a", "c"), Project("p", "P", participations=_parts("a", "b"))]
    snapshot = snapshot_of(*records)
    assert known_pairs(snapshot) == [("a", "c")]
    assert known_participations(snapshot) == [("p", "a"), ("p", "b")]


def test_an_agreement_of_two_is_hidden_with_the_links_of_the_pair_a_wider_one_never() -> None:
    deal = Agreement("d", "Convention", LinkKind.TWINNING, parties=(Party("a"), Party("b")))
    wide = replace(deal, id="w", parties=(Party("b"), Party("c"), Party("d")))
    snapshot = snapshot_of(*(actor(key) for key in "abcd"), deal, wide, link("a", "b"), link("c", "d"))
    assert known_pairs(snapshot) == [("a", "b")]
    copy = without(snapshot, frozenset({("a", "b")}), frozenset(), "t")
    assert copy.agreement_ids == ("w",)
    assert copy.link_ids == ("partnership-c-d",)


def test_money_contact_and_what_was_never_real_is_not_hidden() -> None:
    parts = (Participation("a"), Participation("b", ParticipationRole.FUNDER))
    snapshot = snapshot_of(
        *(actor(key) for key in "ab"),
        link("a", "b", LinkKind.FUNDING),
        link("a", "b", LinkKind.MET),
        link("a", "b", state=State.PLANNED),
        Project("p", "P", participations=parts),
    )
    assert known_units(snapshot) == 0
    assert hide(snapshot, 0.5, 0).queries == ()


def test_the_same_seed_hides_the_same_another_seed_something_else() -> None:
    snapshot = collaborations()
    one, again, other = (hide(snapshot, 0.2, seed) for seed in (1, 1, 2))
    assert one.queries == again.queries
    assert one.queries != other.queries


def test_rounds_hide_each_cooperation_at_most_once() -> None:
    snapshot = collaborations()
    rounds = list(rounds_of(snapshot, 0.25, 3, 4))
    assert len(rounds) == 4
    assert sum(r.pairs + r.participations for r in rounds) == known_units(snapshot)
    pairs = [(q.asker.index, j) for r in rounds for q in r.queries
             if q.asker.kind is AskerKind.ACTOR for j in (*q.warm, *q.cold)]  # fmt: skip
    assert len(pairs) == len(set(pairs)) == 2 * len(known_pairs(snapshot))


def test_a_partner_that_loses_its_only_tie_is_cold() -> None:
    snapshot = snapshot_of(*(actor(key) for key in "abcd"), link("a", "b"), link("b", "c"), link("c", "d"))
    hidden = without(snapshot, frozenset({("a", "b")}), frozenset(), "t")
    assert np.diff(hidden.documented_ties().ptr).tolist() == [0, 1, 2, 1]
    found = hide(snapshot, 0.34, 0)
    for query in found.queries:
        left = np.diff(found.snapshot.documented_ties().ptr)
        for j in query.warm:
            assert left[j] > 0
            assert left[query.asker.index] > 0
        for j in query.cold:
            assert left[j] == 0 or left[query.asker.index] == 0


def _parts(*keys: str) -> tuple[Participation, ...]:
    return tuple(Participation(key) for key in keys)
