"""Each signal equals its formula, computed a second time from the records."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphsvc.domain.actors import ActorKind
from graphsvc.domain.links import LinkKind, State
from graphsvc.domain.records import Record
from graphsvc.snapshot import Snapshot
from matcher.asks import Asker, Context
from matcher.evidence.ties import RESTART, STEPS, documented_circle, transition, walk_scores
from matcher.index import compute_index
from matcher.plan import Plan, make_plan, pair_scores, signal_scores
from matcher.question import ask_question
from matcher.ranking import DEFAULT, Signal
from tests.matcher.networks import TODAY, actor, link, need, offer, random_records, snapshot_of, year
from tests.matcher.oracle import Oracle


def scores_of(snapshot: Snapshot, i: int, signal: Signal) -> dict[str, float]:
    plan, index = plan_of(snapshot, i)
    values = signal_scores(snapshot, index, plan, signal)
    return dict(zip(snapshot.ids, values.tolist(), strict=True))


def plan_of(snapshot: Snapshot, i: int) -> tuple[Plan, object]:
    index = compute_index(snapshot)
    question = ask_question(snapshot, index, Asker.actor(i), Context(), TODAY)
    weights = DEFAULT.weights(question.ask)
    return make_plan(snapshot, index, question, weights, [i], None, TODAY.toordinal()), index


@given(random_records(), st.data())
@settings(max_examples=40)
def test_every_signal_equals_its_formula(records: list[Record], data: st.DataObject) -> None:
    snapshot = snapshot_of(*records)
    i = data.draw(st.integers(0, snapshot.n - 1))
    me, oracle = snapshot.ids[i], Oracle(snapshot)
    formulas = {
        Signal.THEMES: oracle.theme_score,
        Signal.TERRITORIES: oracle.territory_score,
        Signal.PURPOSE: oracle.purpose_score,
        Signal.TIES: oracle.ties_score,
        Signal.PROXIMITY: oracle.proximity_score,
    }
    for signal, formula in formulas.items():
        found = scores_of(snapshot, i, signal)
        for other in snapshot.ids:
            assert found[other] == pytest.approx(formula(me, other), abs=2e-6), (signal, me, other)
    fresh = scores_of(snapshot, i, Signal.FRESHNESS)
    assert fresh == pytest.approx({k: oracle.freshness_score(k, TODAY) for k in snapshot.ids})


@given(random_records(), st.data())
@settings(max_examples=25)
def test_the_score_of_a_pair_is_the_one_given_to_all_candidates(
    records: list[Record], data: st.DataObject
) -> None:
    snapshot = snapshot_of(*records)
    plan, index = plan_of(snapshot, data.draw(st.integers(0, snapshot.n - 1)))
    for signal in Signal:
        everybody = signal_scores(snapshot, index, plan, signal)
        assert np.all((everybody >= 0) & (everybody <= 1 + 1e-6))
        for j in range(snapshot.n):
            assert pair_scores(snapshot, index, plan, [j])[0][signal] == pytest.approx(everybody[j], abs=1e-9)


@given(random_records(), st.data())
@settings(max_examples=25)
def test_the_walk_is_personalised_pagerank_up_to_its_last_step(
    records: list[Record], data: st.DataObject
) -> None:
    snapshot = snapshot_of(*records)
    i = data.draw(st.integers(0, snapshot.n - 1))
    graph = nx.Graph(Oracle(snapshot).walk_graph())
    if snapshot.ids[i] not in graph:
        return
    exact = nx.pagerank(graph, alpha=1 - RESTART, personalization={snapshot.ids[i]: 1}, tol=1e-12)
    found = walk_scores(transition(documented_circle(snapshot)), (i,))
    got = dict(zip((snapshot.ids[j] for j in found.ids.tolist()), found.weights.tolist(), strict=True))
    left_out = (1 - RESTART) ** (STEPS + 1)
    for other, share in exact.items():
        if other != snapshot.ids[i]:
            approximate = got.get(other, 0.0) ** 2 * RESTART * (1 - RESTART) ** 2
            ceiling = RESTART * (1 - RESTART) ** 2
            assert min(share, ceiling) - left_out - 1e-9 <= approximate <= share + 1e-9


def test_a_narrow_theme_in_common_counts_more_than_a_parent_and_a_rare_one_more_than_a_common_one() -> None:
    crowd = [actor(f"c{n}", themes=("literacy",)) for n in range(20)]
    snapshot = snapshot_of(
        actor("me", themes=("wells", "literacy")), actor("same", themes=("wells",)),
        actor("sibling", themes=("floods",)), actor("stranger", themes=("health",)), *crowd,
    )  # fmt: skip
    found = scores_of(snapshot, snapshot.index("me") or 0, Signal.THEMES)
    assert found["same"] > found["sibling"] > found["stranger"] == 0
    assert found["same"] > found["c0"] > 0


def test_a_cercle_in_common_counts_more_than_a_region_than_a_country_than_essonne() -> None:
    snapshot = snapshot_of(
        actor("me", territories=("ML-kayes", "FR-91")), actor("cercle", territories=("ML-kayes",)),
        actor("region", territories=("ML-1",)), actor("country", territories=("ML",)),
        actor("home", territories=("FR-91",)),
        *[actor(f"c{n}", territories=("FR-91",)) for n in range(12)],
    )  # fmt: skip
    found = scores_of(snapshot, snapshot.index("me") or 0, Signal.TERRITORIES)
    assert found["cercle"] > found["region"] > found["country"] > 5 * found["home"]


def test_essonne_in_common_counts_little_even_when_few_name_it() -> None:
    snapshot = snapshot_of(actor("me", territories=("FR-91",)), actor("other", territories=("FR-91",)))
    assert scores_of(snapshot, snapshot.index("me") or 0, Signal.TERRITORIES)["other"] < 0.1


def test_a_commune_twinned_with_a_malian_town_acts_in_mali_though_its_record_does_not_say_so() -> None:
    snapshot = snapshot_of(
        actor("town", kind=ActorKind.COMMUNE, seat="91228"),
        actor("kayes", kind=ActorKind.PARTNER_TERRITORY, seat="ML-kayes", country="ML"),
        actor("friends", territories=("ML-kayes",)),
        link("town", "kayes", LinkKind.TWINNING, start=year(1990)),
    )
    assert scores_of(snapshot, snapshot.index("friends") or 0, Signal.TERRITORIES)["town"] > 0.2


@pytest.mark.parametrize("state", [State.PLANNED, State.ATTEMPTED, State.RETRACTED])
def test_what_was_never_done_shows_nothing(state: State) -> None:
    snapshot = snapshot_of(
        actor("a"), actor("b"), actor("c", territories=("ML-kayes",)),
        link("a", "b", state=state, territories=("ML-kayes",), themes=("wells",)),
    )  # fmt: skip
    assert scores_of(snapshot, snapshot.index("c") or 0, Signal.TERRITORIES)["a"] == 0
    assert scores_of(snapshot, snapshot.index("a") or 0, Signal.WALK)["b"] == 0


def test_words_of_one_theme_meet_though_they_share_no_letter() -> None:
    snapshot = snapshot_of(
        actor("me", "Source vive", purpose="Nous creusons des puits."),
        actor("other", "Bamako demain", purpose="Un forage par an"),
        actor("far", "Kalimba", purpose="Danse et musique"),
    )
    found = scores_of(snapshot, snapshot.index("me") or 0, Signal.PURPOSE)
    assert found["other"] > 0.03
    assert found["far"] == 0


def test_accents_elisions_and_plurals_do_not_separate_words() -> None:
    snapshot = snapshot_of(
        actor("me", "A", purpose="L'alphabétisation d'élèves"),
        actor("other", "B", purpose="alphabetisations élève"),
    )
    assert scores_of(snapshot, snapshot.index("me") or 0, Signal.PURPOSE)["other"] > 0.3


def test_the_name_of_a_home_commune_is_not_a_purpose_in_common() -> None:
    snapshot = snapshot_of(actor("me", "Comité d'Étampes"), actor("other", "Amis d'Étampes"))
    assert scores_of(snapshot, snapshot.index("me") or 0, Signal.PURPOSE)["other"] == 0


def test_seats_abroad_are_near_nobody() -> None:
    snapshot = snapshot_of(
        actor("me", seat="ML-kayes", country="ML", kind=ActorKind.PARTNER_ORGANISATION),
        actor("other", seat="ML-kayes", country="ML", kind=ActorKind.PARTNER_TERRITORY),
    )
    assert scores_of(snapshot, 0, Signal.PROXIMITY) == {"me": 0, "other": 0}
    assert scores_of(snapshot, 0, Signal.TERRITORIES)["other"] > 0.4


def test_one_very_connected_partner_in_common_says_less_than_a_rare_one() -> None:
    spokes = [actor(f"s{n:02d}") for n in range(30)]
    snapshot = snapshot_of(
        actor("hub"), actor("rare"), actor("me"), actor("close"), *spokes,
        *[link("hub", s.id, confirmed_on=year(2016)) for s in spokes],
        link("hub", "me", confirmed_on=year(2016)), link("rare", "me", confirmed_on=year(2016)),
        link("rare", "close", confirmed_on=year(2016)),
    )  # fmt: skip
    for signal in (Signal.TIES, Signal.WALK):
        found = scores_of(snapshot, snapshot.index("me") or 0, signal)
        assert found["close"] > 2 * found["s00"] > 0, signal


class TestComplementarity:
    def found(self, *announcements: Record, **fields: object) -> dict[str, float]:
        snapshot = snapshot_of(actor("me"), actor("other", **fields), *announcements)
        return scores_of(snapshot, snapshot.index("me") or 0, Signal.COMPLEMENTARITY)

    def test_an_offer_of_the_skill_needed_meets_it_in_both_directions(self) -> None:
        mine, theirs = need("n", "me", skills=("accounting",)), offer("o", "other", skills=("accounting",))
        assert self.found(mine, theirs)["other"] == pytest.approx(1)
        theirs, mine = need("n", "other", skills=("accounting",)), offer("o", "me", skills=("accounting",))
        assert self.found(mine, theirs)["other"] == pytest.approx(1)

    def test_another_skill_does_not_answer(self) -> None:
        mine, theirs = need("n", "me", skills=("accounting",)), offer("o", "other", skills=("hydraulics",))
        assert self.found(mine, theirs)["other"] == 0

    def test_two_offers_do_not_meet(self) -> None:
        found = self.found(
            offer("n", "me", skills=("accounting",)), offer("o", "other", skills=("accounting",))
        )
        assert found["other"] == 0

    def test_an_expired_offer_does_not_answer(self) -> None:
        theirs = offer("o", "other", skills=("accounting",), expires_on=year(2025))
        assert self.found(need("n", "me", skills=("accounting",)), theirs)["other"] == 0

    def test_two_needs_of_a_mission_to_the_same_place_can_be_pooled(self) -> None:
        from graphsvc.domain.announcements import Nature

        mine = need("n", "me", Nature.SHARED_MISSION, territories=("ML-kayes",))
        theirs = need("o", "other", Nature.SHARED_MISSION, territories=("ML-kayes",))
        elsewhere = need("o", "other", Nature.SHARED_MISSION, territories=("SN-DK",))
        assert self.found(mine, theirs)["other"] > 0.5 > self.found(mine, elsewhere)["other"]

    def test_a_funder_answers_a_need_of_money_without_an_announcement(self) -> None:
        from graphsvc.domain.actors import ActorRole, DatedRole
        from graphsvc.domain.announcements import Nature

        money = need("n", "me", Nature.FUNDING)
        assert self.found(money, roles=(DatedRole(ActorRole.FUNDER),))["other"] == pytest.approx(0.5)
        gone = (DatedRole(ActorRole.FUNDER, end=year(2014)),)
        assert self.found(money, roles=gone)["other"] == 0


def test_a_seat_known_only_as_a_country_says_nothing_of_where_an_international_body_acts() -> None:
    snapshot = snapshot_of(
        actor("me", territories=("SN-DK",)), actor("body", seat="SN", country="SN"),
        actor("state", seat="SN", country="SN", kind=ActorKind.PARTNER_ORGANISATION),
    )  # fmt: skip
    found = scores_of(snapshot, snapshot.index("me") or 0, Signal.TERRITORIES)
    assert found["state"] > found["body"] == 0
