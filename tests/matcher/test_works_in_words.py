"""What an actor did speaks for it: the words of its projects, agreements and sheets, but never as its own."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphsvc.domain.actors import ActorKind
from graphsvc.domain.agreements import Agreement, Party
from graphsvc.domain.experiences import Experience
from graphsvc.domain.links import LinkKind, State
from graphsvc.domain.projects import Participation, ParticipationRole, Project
from graphsvc.snapshot import Snapshot
from matcher.asks import Asker, Context
from matcher.evidence.purpose import purpose_query
from matcher.exclusions import left_out
from matcher.index import compute_index
from matcher.plan import make_plan, signal_scores
from matcher.question import ask_question
from matcher.ranking import DEFAULT, Signal
from matcher.suggest import suggest
from tests.matcher.networks import TODAY, actor, need, snapshot_of


def _purpose(snapshot: Snapshot, asker: str) -> dict[str, float]:
    return _scores(snapshot, Asker.actor(snapshot.index(asker) or 0))


def _scores(snapshot: Snapshot, asker: Asker) -> dict[str, float]:
    index = compute_index(snapshot)
    question = ask_question(snapshot, index, asker, Context(), TODAY)
    barred = sorted(left_out(snapshot, index, question, Context()))
    plan = make_plan(snapshot, index, question, DEFAULT.cooperate, barred, None, TODAY.toordinal())
    return dict(zip(snapshot.ids, signal_scores(snapshot, index, plan, Signal.PURPOSE).tolist(), strict=True))


def _cosine(snapshot: Snapshot, asker: str, other: str) -> float:
    """Between what one asks with and what the other is found by, whatever the length of either."""
    index, i, j = compute_index(snapshot), snapshot.index(asker) or 0, snapshot.index(other) or 0
    first, after = index.block(Signal.PURPOSE)
    ids, values = index.rows.row(j)
    told = values[(ids >= first) & (ids < after)].astype(np.float64)
    question = ask_question(snapshot, index, Asker.actor(i), Context(), TODAY)
    asked = purpose_query(question.words, index.lexicon, index.phrases).weights
    lengths = np.sqrt(np.sum(told**2)) * np.sqrt(np.sum(asked**2))
    return _purpose(snapshot, asker)[other] / float(lengths) if lengths else 0.0


def _project(*parts: Participation, **fields: object) -> Project:
    return Project("p", "Maraîchage et compost", participations=parts, **fields)  # type: ignore[arg-type]


def test_whoever_took_part_in_something_like_it_is_found_though_its_record_is_silent() -> None:
    snapshot = snapshot_of(
        actor("asker", "Semences", purpose="Maraîchage"),
        actor("doer", "Alpha"),
        actor("payer", "Beta"),
        actor("other", "Gamma", purpose="Danse"),
        _project(Participation("doer"), Participation("payer", ParticipationRole.FUNDER)),
    )
    scores = _purpose(snapshot, "asker")
    assert scores["doer"] > scores["payer"] > 0
    assert scores["other"] == 0


def test_an_agreement_and_a_sheet_speak_as_a_project_does() -> None:
    snapshot = snapshot_of(
        actor("asker", "Semences", purpose="Maraîchage"),
        actor("deal", "Alpha"),
        actor("sheet", "Beta"),
        actor("other", "Gamma"),
        Agreement("d", "Accord maraîchage", LinkKind.PARTNERSHIP, parties=(Party("deal"), Party("other"))),
        Experience("e", "Bilan", "sheet", done="Du maraîchage en saison sèche"),
    )
    scores = _purpose(snapshot, "asker")
    assert scores["deal"] > 0
    assert scores["sheet"] > 0


def test_a_project_only_planned_says_nothing() -> None:
    snapshot = snapshot_of(
        actor("asker", "Semences", purpose="Maraîchage"),
        actor("doer", "Alpha"),
        _project(Participation("doer"), state=State.PLANNED),
    )
    assert _purpose(snapshot, "asker")["doer"] == 0


def test_two_parts_in_one_project_do_not_count_twice() -> None:
    once = _project(Participation("doer"))
    twice = _project(Participation("doer"), Participation("doer", ParticipationRole.LEAD))
    people = (actor("asker", "Semences", purpose="Maraîchage"), actor("doer", "Alpha"))
    assert _purpose(snapshot_of(*people, once), "asker") == _purpose(snapshot_of(*people, twice), "asker")


def test_the_words_of_a_project_are_not_told_as_the_actor_s_own() -> None:
    snapshot = snapshot_of(
        actor("asker", "Semences", purpose="Maraîchage et compost"),
        actor("doer", "Alpha"),
        actor("sayer", "Beta", purpose="Compost de maraîchage"),
        _project(Participation("doer")),
    )
    found = suggest(snapshot, Asker.actor(0), today=TODAY).items
    words = {
        snapshot.ids[s.index]: e.facts["words"] for s in found for e in s.evidence if e.code == "purpose"
    }
    assert words["doer"] == []
    assert sorted(words["sayer"]) == ["compost", "maraîchage"]


def test_a_commune_named_after_a_school_is_not_about_schools_unless_it_says_so() -> None:
    snapshot = snapshot_of(
        actor("asker", "Semences", purpose="Des bancs pour une école"),
        actor("named", "Moigny-sur-École", kind=ActorKind.COMMUNE),
        actor("told", "Soisy-sur-École", kind=ActorKind.COMMUNE, purpose="Soisy-sur-École a un orgue"),
        actor("saying", "Dannemois", kind=ActorKind.COMMUNE, purpose="Construit une école"),
        actor("school", "L'École du lac"),
    )
    scores = _purpose(snapshot, "asker")
    assert scores["named"] == scores["told"] == 0
    assert scores["saying"] > 0
    assert scores["school"] > 0
    assert _purpose(snapshot, "named")["saying"] == 0
    assert _purpose(snapshot, "told")["school"] == 0
    assert _purpose(snapshot, "saying")["asker"] > 0


@pytest.mark.parametrize("kind", [ActorKind.COMMUNE, ActorKind.INTERCOMMUNALITY])
def test_what_a_commune_is_called_joins_it_to_nobody_from_either_side(kind: ActorKind) -> None:
    """Words of the vocabulary or not, in its name or where its purpose writes it out; an association's do."""
    snapshot = snapshot_of(
        actor("commune", "Kalimba-la-Forêt", kind=kind, purpose="Kalimba-la-Forêt aime la danse"),
        actor("twin", "Kalimba", kind=kind),
        actor("forest", "Forêt et kalimba"),
        actor("dancers", "Danse avec nous"),
    )
    assert _purpose(snapshot, "commune")["dancers"] > 0
    for one, other in (("commune", "forest"), ("commune", "twin"), ("twin", "forest")):
        assert _purpose(snapshot, one)[other] == 0
        assert _purpose(snapshot, other)[one] == 0


def test_the_name_of_a_commune_is_no_word_of_what_it_did_or_asks_for() -> None:
    asked = need("n", "commune", description="Kalimba-la-Forêt cherche un orgue")
    snapshot = snapshot_of(
        actor("commune", "Kalimba-la-Forêt", kind=ActorKind.COMMUNE),
        actor("organ", "Orgues"),
        actor("forest", "Forêt et kalimba"),
        Project("p", "Un orgue à Kalimba-la-Forêt", participations=(Participation("commune"),)),
        asked,
    )
    assert _purpose(snapshot, "organ")["commune"] > 0
    assert _purpose(snapshot, "forest")["commune"] == 0
    for asker in (Asker.announcement(0), Asker.project(0)):
        scores = _scores(snapshot, asker)
        assert scores["organ"] > 0
        assert scores["forest"] == 0


@given(st.sampled_from(list(ActorKind)), st.lists(st.sampled_from("abcd"), max_size=7))
def test_what_an_actor_says_is_the_same_whether_it_asks_or_is_looked_for(
    kind: ActorKind, said: list[str]
) -> None:
    """The same words count with the same weights, whichever of two actors asks."""
    words = {"a": "kalimba", "b": "forêt", "c": "orgue", "d": "danse"}
    text = " ".join(words[letter] for letter in said)
    one = actor("one", "Kalimba-la-Forêt", kind=kind, purpose=text)
    snapshot = snapshot_of(one, actor("two", "Orgue et danse", purpose="forêt"))
    assert _cosine(snapshot, "one", "two") == pytest.approx(_cosine(snapshot, "two", "one"))


def test_who_did_it_often_comes_before_who_did_it_once_and_no_work_hides_another() -> None:
    """Three works alike count more than one; one among others that are not, hardly less than one alone."""

    def work(n: int, title: str, who: str) -> Project:
        return Project(f"p{who}{n}", title, participations=(Participation(who),))

    snapshot = snapshot_of(
        actor("asker", "Semences", purpose="Maraîchage et compost"),
        actor("often", "Alpha"),
        actor("once", "Beta"),
        actor("busy", "Gamma"),
        *(work(n, "Maraîchage et compost", "often") for n in range(3)),
        work(0, "Maraîchage et compost", "once"),
        work(0, "Maraîchage et compost", "busy"),
        *(work(n, f"Fanfare {name}", "busy") for n, name in enumerate(("rouge", "verte"), start=1)),
    )
    scores = _purpose(snapshot, "asker")
    assert scores["often"] > 1.4 * scores["once"]
    assert scores["busy"] > 0.6 * scores["once"]
    assert max(scores.values()) <= 1
