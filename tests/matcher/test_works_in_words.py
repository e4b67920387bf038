"""What an actor did speaks for it: the words of its projects, agreements and sheets, but never as its own."""

from graphsvc.domain.actors import ActorKind
from graphsvc.domain.agreements import Agreement, Party
from graphsvc.domain.experiences import Experience
from graphsvc.domain.links import LinkKind, State
from graphsvc.domain.projects import Participation, ParticipationRole, Project
from graphsvc.snapshot import Snapshot
from matcher.asks import Asker, Context
from matcher.exclusions import left_out
from matcher.index import compute_index
from matcher.plan import make_plan, signal_scores
from matcher.question import ask_question
from matcher.ranking import DEFAULT, Signal
from matcher.suggest import suggest
from tests.matcher.networks import TODAY, actor, snapshot_of


def _purpose(snapshot: Snapshot, asker: str) -> dict[str, float]:
    index = compute_index(snapshot)
    question = ask_question(snapshot, index, Asker.actor(snapshot.index(asker) or 0), Context(), TODAY)
    barred = sorted(left_out(snapshot, index, question, Context()))
    plan = make_plan(snapshot, index, question, DEFAULT.cooperate, barred, None, TODAY.toordinal())
    return dict(zip(snapshot.ids, signal_scores(snapshot, index, plan, Signal.PURPOSE).tolist(), strict=True))


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
    assert sorted(words["sayer"]) == ["Compost", "maraîchage"]


def test_a_commune_named_after_a_school_is_not_about_schools_unless_it_says_so() -> None:
    snapshot = snapshot_of(
        actor("asker", "Semences", purpose="Des bancs pour une école"),
        actor("named", "Moigny-sur-École", kind=ActorKind.COMMUNE),
        actor("saying", "Dannemois", kind=ActorKind.COMMUNE, purpose="Construit une école"),
        actor("school", "L'École du lac"),
    )
    scores = _purpose(snapshot, "asker")
    assert scores["named"] == 0
    assert scores["saying"] > 0
    assert scores["school"] > 0
    assert _purpose(snapshot, "named")["saying"] == 0
    assert _purpose(snapshot, "saying")["asker"] > 0
