"""Who is suggested, who never is, and why, as an association would see it."""

import json
from dataclasses import asdict, replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphsvc.domain.actors import Actor, ActorKind, ActorRole, DatedRole
from graphsvc.domain.errors import InvalidValue, UnknownRecord
from graphsvc.domain.links import LinkKind, State
from graphsvc.domain.projects import Participation, Project
from graphsvc.domain.records import Record
from graphsvc.snapshot import Snapshot
from matcher.asks import Ask, Asker, Context, Exposure
from matcher.reasons import Reason
from matcher.suggest import Suggestions, suggest
from tests.matcher.networks import TODAY, actor, link, need, offer, random_records, snapshot_of, year

ME = actor(
    "me", "Source vive", themes=("wells",), territories=("ML-kayes",), seat="91228", confirmed_on=year(2026)
)
TWIN = actor(
    "twin", "Eau pour tous", themes=("wells",), territories=("ML-kayes",), seat="91174", purpose="Puits"
)


def ask(snapshot: Snapshot, key: str = "me", context: Context | None = None, **fields: object) -> Suggestions:
    i = snapshot.index(key)
    assert i is not None
    return suggest(snapshot, Asker.actor(i), context, today=TODAY, **fields)  # type: ignore[arg-type]


def names(snapshot: Snapshot, answer: Suggestions) -> list[str]:
    """Those suggested on evidence, not as a first contact."""
    return [snapshot.ids[s.index] for s in answer.items if "first_contact" not in codes(s.reasons.for_you)]


def codes(reasons: tuple[Reason, ...]) -> list[str]:
    return [reason.code for reason in reasons]


def facts(reasons: tuple[Reason, ...], code: str) -> dict[str, object]:
    return next(reason.facts for reason in reasons if reason.code == code)


def test_an_actor_working_on_the_same_theme_in_the_same_cercle_is_suggested() -> None:
    snapshot = snapshot_of(ME, TWIN, actor("far", themes=("health",)))
    assert names(snapshot, ask(snapshot)) == ["twin"]


@pytest.mark.parametrize(
    "bond",
    [
        link("me", "twin"),
        link("me", "twin", LinkKind.TWINNING, state=None),
        Project("p", "Projet", State.ACTIVE, participations=(Participation("me"), Participation("twin"))),
    ],
)
def test_a_live_partner_is_not_suggested(bond: Record) -> None:
    assert names(snapshot_of(ME, TWIN, bond), ask(snapshot_of(ME, TWIN, bond))) == []


@pytest.mark.parametrize(
    ("bond", "code"),
    [
        (link("me", "twin", state=State.ENDED, end=year(2012)), "former_partners"),
        (link("twin", "me", LinkKind.FUNDING), "linked_by_means"),
        (link("twin", "me", LinkKind.MEMBERSHIP), "linked_by_means"),
        (link("twin", "me", LinkKind.INTERVIEWED), "already_in_touch"),
        (link("twin", "me", state=State.ATTEMPTED), "attempted_before"),
    ],
)
def test_a_former_partner_a_funder_or_an_acquaintance_may_be_suggested_and_it_is_said(
    bond: Record, code: str
) -> None:
    snapshot = snapshot_of(ME, TWIN, bond)
    answer = ask(snapshot)
    assert names(snapshot, answer) == ["twin"]
    assert code in codes(answer.items[0].reasons.for_you)
    assert "no_contact_yet" not in codes(answer.items[0].reasons.unknown)


def test_money_already_given_makes_a_suggestion_less_telling() -> None:
    other = replace(TWIN, id="twin2")
    snapshot = snapshot_of(ME, TWIN, other, link("twin", "me", LinkKind.FUNDING))
    assert names(snapshot, ask(snapshot)) == ["twin2", "twin"]


def test_the_ended_the_declined_and_ones_own_house_are_left_out() -> None:
    same = asdict_of(TWIN)
    snapshot = snapshot_of(
        replace(ME, part_of="parent", succeeds=("before",)),
        actor("parent", **same), actor("unit", part_of="me", **same), actor("before", **same),
        actor("subunit", part_of="unit", **same), actor("gone", ended=year(2018), **same),
        actor("no", **same), actor("ok", **same),
    )  # fmt: skip
    assert names(snapshot, ask(snapshot, context=Context(declined=frozenset({"no"})))) == ["ok"]


def asdict_of(one: Actor) -> dict[str, object]:
    return {"themes": one.themes, "territories": one.territories, "purpose": one.purpose}


def test_a_commune_of_which_nothing_is_known_is_not_suggested_for_being_near() -> None:
    snapshot = snapshot_of(ME, actor("evry", "Évry", kind=ActorKind.COMMUNE, seat="91228"))
    assert names(snapshot, ask(snapshot)) == []


class TestNewcomers:
    def test_who_has_nothing_to_compare_is_told_so_and_introduced_to_the_resource_centre_first(self) -> None:
        centre = actor("centre", seat="91477", roles=(DatedRole(ActorRole.RESOURCE_CENTRE),))
        silent = actor("mute", "Évry", kind=ActorKind.COMMUNE, seat="91228")
        snapshot = snapshot_of(
            actor("new", "Amis", seat="91228"), actor("near", seat="91174"), centre, silent
        )
        answer = ask(snapshot, "new")
        assert [snapshot.ids[s.index] for s in answer.items] == ["centre", "near"]
        assert all("first_contact" in codes(s.reasons.for_you) for s in answer.items)
        assert answer.notes[0] == Reason(
            "too_little_known", {"missing": ["themes", "territories", "purpose"]}
        )

    def test_a_short_answer_is_completed_and_says_what_to_add(self) -> None:
        snapshot = snapshot_of(ME, TWIN, actor("near", seat="91228"))
        answer = ask(snapshot)
        assert [snapshot.ids[s.index] for s in answer.items] == ["twin", "near"]
        assert codes(answer.notes) == ["few_found", "add_to_your_record"]

    def test_an_actor_without_anything_in_an_empty_network_gets_an_honest_empty_answer(self) -> None:
        answer = ask(snapshot_of(actor("me", "Amis")))
        assert answer.items == ()
        assert facts(answer.notes, "too_little_known")["missing"] == [
            "themes",
            "territories",
            "purpose",
            "seat",
        ]


class TestContext:
    def test_a_theme_and_a_territory_narrow_the_answer_to_those_who_fit_both(self) -> None:
        snapshot = snapshot_of(
            ME, TWIN, actor("reader", themes=("literacy",), territories=("ML",)),
            actor("dakar", themes=("literacy",), territories=("SN-DK",)),
        )  # fmt: skip
        context = Context(themes=("education",), territories=("ML-kayes",))
        assert names(snapshot, ask(snapshot, context=context)) == ["reader"]

    def test_kinds_narrow_the_answer(self) -> None:
        snapshot = snapshot_of(ME, TWIN, replace(TWIN, id="school", kind=ActorKind.SCHOOL))
        assert names(snapshot, ask(snapshot, context=Context(kinds=(ActorKind.SCHOOL,)))) == ["school"]

    def test_nobody_in_the_context_is_said(self) -> None:
        snapshot = snapshot_of(ME, TWIN)
        answer = ask(snapshot, context=Context(territories=("SN-DK",)))
        assert "nobody_in_context" in codes(answer.notes)

    @pytest.mark.parametrize(
        ("context", "kind", "nearest"),
        [
            (Context(themes=("literacie",)), "theme", "literacy"),
            (Context(territories=("Kays",)), "place", "ML-kayes"),
        ],
    )
    def test_an_unknown_entry_is_refused_with_the_nearest(
        self, context: Context, kind: str, nearest: str
    ) -> None:
        with pytest.raises(UnknownRecord) as refusal:
            ask(snapshot_of(ME), context=context)
        assert refusal.value.kind == kind
        assert nearest in [entry["id"] for entry in refusal.value.nearest]
        assert len(refusal.value.nearest) <= 3

    def test_an_unknown_kind_of_ask_is_refused(self) -> None:
        with pytest.raises(InvalidValue):
            Context(ask="steal")  # type: ignore[arg-type]

    def test_to_pool_means_the_near_come_first_to_cooperate_the_like_minded(self) -> None:
        near = actor("near", territories=("ML-kayes",), seat="91228")
        alike = actor("alike", themes=("wells",), territories=("ML-1",), seat="91223")
        snapshot = snapshot_of(ME, near, alike)
        assert names(snapshot, ask(snapshot, context=Context(ask=Ask.POOL)))[0] == "near"
        assert names(snapshot, ask(snapshot, context=Context(ask=Ask.COOPERATE)))[0] == "alike"


class TestReasons:
    def test_each_side_is_told_what_the_other_brings(self) -> None:
        kayes = actor(
            "kayes", "Commune de Kayes", kind=ActorKind.PARTNER_TERRITORY, seat="ML-kayes", country="ML"
        )
        old = actor("old", "Amis de Kayes", themes=("wells", "literacy"), seat="91174")
        new = actor(
            "new", "Puits du Sahel", themes=("wells", "health"), territories=("ML-kayes",), seat="91228"
        )
        snapshot = snapshot_of(kayes, old, new, link("kayes", "old", start=year(1994), state=State.ACTIVE))
        found = next(s for s in ask(snapshot, "new").items if snapshot.ids[s.index] == "old")
        for_you, for_them = found.reasons.for_you, found.reasons.for_them
        assert facts(for_you, "experience_there")["since"] == 1994
        assert facts(for_you, "partners_there")["partners"] == [{"id": "kayes", "name": "Commune de Kayes"}]
        assert facts(for_you, "bring_theme")["themes"] == [
            {"id": "literacy", "label": "Alphabétisation", "parent": "education"}
        ]
        assert facts(for_them, "bring_theme")["themes"] == [
            {"id": "health", "label": "Santé", "parent": None}
        ]
        assert "experience_there" not in codes(for_them)

    def test_an_offer_that_meets_the_need_comes_first_on_both_sides(self) -> None:
        snapshot = snapshot_of(
            ME,
            actor("giver"),
            need("n", "me", skills=("accounting",)),
            offer("o", "giver", skills=("accounting",)),
        )
        found = ask(snapshot).items[0]
        assert codes(found.reasons.for_you)[0] == "complementary_offer"
        assert codes(found.reasons.for_them)[0] == "need_for_your_offer"
        assert facts(found.reasons.for_you, "complementary_offer")["skills"] == [
            {"id": "accounting", "label": "Comptabilité"}
        ]

    def test_partners_in_common_are_named(self) -> None:
        snapshot = snapshot_of(ME, TWIN, actor("z", "Zénith"), link("me", "z"), link("twin", "z"))
        found = next(s for s in ask(snapshot).items if snapshot.ids[s.index] == "twin")
        assert facts(found.reasons.for_you, "neighbours_known")["partners"] == [{"id": "z", "name": "Zénith"}]

    def test_what_is_not_known_is_said(self) -> None:
        snapshot = snapshot_of(ME, actor("quiet", territories=("ML-kayes",), confirmed_on=year(2012)))
        unknown = ask(snapshot).items[0].reasons.unknown
        assert facts(unknown, "no_confirmed_since") == {"year": 2012}
        assert set(codes(unknown)) == {
            "no_confirmed_since", "no_theme", "no_purpose", "seat_unknown", "no_contact_yet"
        }  # fmt: skip

    def test_a_seat_known_by_its_point_only_is_known(self) -> None:
        placed = actor("placed", themes=("wells",), latitude=48.6, longitude=2.4)
        assert "seat_unknown" not in codes(ask(snapshot_of(ME, placed)).items[0].reasons.unknown)

    def test_that_both_act_in_essonne_is_not_a_reason(self) -> None:
        snapshot = snapshot_of(
            replace(ME, territories=("FR-91",)),
            replace(TWIN, territories=("FR-91",)),
            actor("x", themes=("health",)),
        )
        reasons = ask(snapshot).items[0].reasons
        assert not {"common_territory", "acts_there"} & {*codes(reasons.for_you), *codes(reasons.for_them)}


class TestOtherAskers:
    def test_an_announcement_finds_who_offers_and_never_its_owner(self) -> None:
        snapshot = snapshot_of(
            ME, TWIN, need("n", "me", skills=("evaluation",), themes=("wells",)), actor("expert"),
            offer("o", "expert", skills=("evaluation",)),
        )  # fmt: skip
        answer = suggest(snapshot, Asker.announcement(snapshot.announcement_ids.index("n")), today=TODAY)
        assert names(snapshot, answer) == ["expert", "twin"]

    def test_a_recorded_need_without_owner_finds_those_concerned(self) -> None:
        snapshot = snapshot_of(TWIN, actor("far"), need("n", None, themes=("wells",)))
        answer = suggest(snapshot, Asker.announcement(0), today=TODAY)
        assert names(snapshot, answer) == ["twin"]
        assert answer.items[0].reasons.for_them

    def test_a_closed_announcement_is_answered_and_said_to_be_closed(self) -> None:
        snapshot = snapshot_of(ME, TWIN, need("n", "me", themes=("wells",), expires_on=year(2020)))
        answer = suggest(snapshot, Asker.announcement(0), today=TODAY)
        assert "announcement_closed" in codes(answer.notes)

    def test_a_project_finds_one_more_participant_and_may_take_a_partner_of_its_members(self) -> None:
        project = Project(
            "p", "Forages", State.ACTIVE, themes=("wells",), participations=(Participation("me"),)
        )
        snapshot = snapshot_of(ME, TWIN, project, link("me", "twin"))
        answer = suggest(snapshot, Asker.project(0), today=TODAY)
        assert names(snapshot, answer) == ["twin"]

    def test_an_ended_project_is_answered_as_at_its_end(self) -> None:
        project = Project("p", "Forages", State.ENDED, themes=("wells",), end=year(2010))
        gone = replace(TWIN, id="gone", ended=year(2012))
        young = replace(TWIN, id="young", founded=year(2015))
        snapshot = snapshot_of(gone, young, project)
        answer = suggest(snapshot, Asker.project(0), today=TODAY)
        assert names(snapshot, answer) == ["gone"]
        assert facts(answer.notes, "as_of") == {"day": "2010-12-31"}

    @pytest.mark.parametrize(("begun", "told"), [(2008, True), (2015, False)])
    def test_an_ended_project_knows_nothing_of_ties_begun_since(self, begun: int, told: bool) -> None:
        project = Project(
            "p",
            "Forages",
            State.ENDED,
            themes=("wells",),
            end=year(2010),
            participations=(Participation("me"),),
        )
        between = actor("between")
        ties = [link("me", "between", start=year(begun)), link("between", "twin", start=year(2005))]
        snapshot = snapshot_of(ME, TWIN, between, project, *ties)
        answer = suggest(snapshot, Asker.project(0), today=TODAY)
        (twin,) = [s for s in answer.items if snapshot.ids[s.index] == "twin"]
        assert ("walk" in {e.code for e in twin.evidence}) == told


def test_a_hub_suggested_too_often_gives_way() -> None:
    hub = replace(TWIN, id="hub", purpose="Puits et forages à Kayes")
    snapshot = snapshot_of(replace(ME, purpose="Puits et forages"), TWIN, hub)
    assert names(snapshot, ask(snapshot)) == ["hub", "twin"]
    assert names(snapshot, ask(snapshot, exposure=Exposure(5, {"hub": 50}))) == ["twin", "hub"]


@given(random_records(), st.data())
@settings(max_examples=40)
def test_any_answer_is_sound(records: list[Record], data: st.DataObject) -> None:
    snapshot = snapshot_of(*records)
    i = data.draw(st.integers(0, snapshot.n - 1))
    answer = suggest(snapshot, Asker.actor(i), today=TODAY, top=5)
    assert answer == suggest(snapshot, Asker.actor(i), today=TODAY, top=5)
    assert [s.rank for s in answer.items] == list(range(1, len(answer.items) + 1))
    barred = {i, *snapshot.ties(TODAY).neighbours(i).tolist()}
    for item in answer.items:
        assert item.index not in barred
        assert snapshot.actors.ended[item.index] >= TODAY.toordinal()
        assert 0 <= item.score <= 1
        json.dumps(asdict(item))
        sides = (item.reasons.for_you, item.reasons.for_them, item.reasons.unknown)
        assert item.reasons.for_you
        assert all(len(side) <= 5 for side in sides)
        told = [json.dumps(asdict(r), sort_keys=True) for r in item.reasons.for_you]
        assert len(set(told)) == len(told)
        assert all(reason.code for side in sides for reason in side)


@given(random_records(), st.data())
@settings(max_examples=25)
def test_a_smaller_top_is_the_beginning_of_a_larger_one(records: list[Record], data: st.DataObject) -> None:
    snapshot = snapshot_of(*records)
    i = data.draw(st.integers(0, snapshot.n - 1))
    many = suggest(snapshot, Asker.actor(i), today=TODAY, top=20)
    few = suggest(snapshot, Asker.actor(i), today=TODAY, top=2)
    assert [s.index for s in few.items] == [s.index for s in many.items][:2]


def test_the_day_is_an_argument_and_nothing_else_depends_on_the_clock() -> None:
    snapshot = snapshot_of(ME, TWIN, link("me", "twin", end=year(2030)))
    assert names(snapshot, ask(snapshot)) == []
    later = suggest(snapshot, Asker.actor(snapshot.index("me") or 0), today=date(2031, 1, 1))
    assert names(snapshot, later) == ["twin"]
