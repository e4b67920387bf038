"""Who gets suggested to everybody, and what the cap changes."""

from collections import Counter

from graphsvc.snapshot import Snapshot
from matcher.asks import Asker
from matcher.exposure import answers_of, cap_effect, exposure_from, sampled_askers
from matcher.suggest import suggest
from tests.matcher.networks import TODAY, actor, link, snapshot_of, year


def a_hub_and_its_followers(followers: int = 40) -> Snapshot:
    """One actor like everybody, and everybody like a few neighbours."""
    themes = ("wells", "literacy", "exchanges", "floods", "health")
    hub = actor("hub", "Centre", themes=themes, territories=("ML-kayes", "ML-nioro"), seat="91228")
    others = [
        actor(
            f"a{i:02}",
            f"Amis {i}",
            themes=(themes[i % 5],),
            territories=("ML-kayes" if i % 2 else "ML-nioro",),
            seat="91174",
        )
        for i in range(followers)
    ]
    return snapshot_of(hub, *others)


def test_a_round_counts_the_answers_of_suggest() -> None:
    snapshot = a_hub_and_its_followers()
    askers = sampled_askers(snapshot, TODAY)
    counted = exposure_from(snapshot, answers_of(snapshot, askers, TODAY)).counts
    expected = Counter(
        snapshot.ids[s.index]
        for i in range(snapshot.n)
        for s in suggest(snapshot, Asker.actor(i), today=TODAY, top=10).items
        if "first_contact" not in [r.code for r in s.reasons.for_you]
    )
    assert counted == expected


def test_the_cap_takes_from_the_most_suggested_and_gives_to_others() -> None:
    snapshot = a_hub_and_its_followers()
    effect = cap_effect(snapshot, TODAY)
    assert effect.head_after < effect.head_before
    assert effect.kept > 0.5


def test_an_even_sample_holds_only_actors_that_exist() -> None:
    gone = [actor(f"g{i}", ended=year(2010)) for i in range(5)]
    alive = [actor(f"v{i:02}") for i in range(30)]
    snapshot = snapshot_of(*gone, *alive)
    sample = sampled_askers(snapshot, TODAY, most=10)
    assert len(sample) == len(set(sample)) == 10
    assert all(snapshot.ids[i].startswith("v") for i in sample)


def test_a_network_without_an_answer_has_no_exposure() -> None:
    snapshot = snapshot_of(actor("a"), actor("b"), link("a", "b"))
    effect = cap_effect(snapshot, TODAY)
    assert (effect.askers, effect.suggestions, effect.hubs_before, effect.kept) == (0, 0, 0.0, 1.0)
