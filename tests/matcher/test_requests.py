"""Who asks without an account and without an announcement: a request, and a need said in passing."""

from dataclasses import replace

import pytest

from graphsvc.domain.actors import ActorKind, ActorRole, DatedRole
from graphsvc.domain.announcements import Nature
from graphsvc.domain.links import State
from graphsvc.domain.projects import Project
from matcher.asks import Ask, Asker, Context, ContradictoryContext
from matcher.reasons import Reason
from matcher.suggest import suggest
from tests.matcher.networks import TODAY, actor, need, offer, snapshot_of
from tests.matcher.test_suggest import ME, TWIN, codes, facts, names


class TestNeedsSaidInPassing:
    """Somebody who published nothing says what is missing."""

    GIVER = actor("giver", "Comptables sans frontières")

    def test_a_skill_named_in_the_words_finds_the_offer_that_has_it(self) -> None:
        snapshot = snapshot_of(self.GIVER, actor("other"), offer("o", "giver", skills=("accounting",)))
        context = Context(ask=Ask.NEED, text="Une aide en comptabilité pour notre projet")
        found = suggest(snapshot, Asker.request(), context, today=TODAY).items[0]
        assert snapshot.ids[found.index] == "giver"
        assert facts(found.reasons.for_you, "complementary_offer")["skills"] == [
            {"id": "accounting", "label": "Comptabilité"}
        ]
        assert "mine" not in facts(found.reasons.for_you, "complementary_offer")
        assert codes(found.reasons.for_them)[0] == "need_for_your_offer"

    def test_what_is_needed_finds_who_has_the_role(self) -> None:
        funder = actor("bank", "Fondation", roles=(DatedRole(ActorRole.FUNDER),))
        snapshot = snapshot_of(funder, actor("other"))
        answer = suggest(snapshot, Asker.request(), Context(nature=Nature.FUNDING), today=TODAY)
        assert names(snapshot, answer) == ["bank"]
        assert "role_answers_need" in codes(answer.items[0].reasons.for_you)
        assert "part_of_its_role" in codes(answer.items[0].reasons.for_them)

    def test_a_need_that_is_pooled_finds_who_has_it_too(self) -> None:
        snapshot = snapshot_of(
            self.GIVER, need("n", "giver", Nature.TRANSPORT, territories=("ML-kayes",)), actor("other")
        )
        context = Context(ask=Ask.POOL, nature=Nature.TRANSPORT, territories=("ML",))
        answer = suggest(snapshot, Asker.request(), Context(nature=Nature.TRANSPORT), today=TODAY)
        assert "common_need" in codes(answer.items[0].reasons.for_you)
        assert suggest(snapshot, Asker.request(), context, today=TODAY).notes


class TestRequests:
    """Somebody who does not say who it is."""

    def test_a_theme_and_a_place_are_enough(self) -> None:
        snapshot = snapshot_of(ME, TWIN, actor("far", themes=("health",), territories=("SN",)))
        context = Context(themes=("wells",), territories=("ML-kayes",))
        answer = suggest(snapshot, Asker.request(), context, today=TODAY)
        assert sorted(names(snapshot, answer)) == ["me", "twin"]
        assert "project_there" in codes(answer.items[0].reasons.for_them)
        assert "no_contact_yet" not in codes(answer.items[0].reasons.unknown)

    def test_who_is_only_where_one_asks_is_told_as_such(self) -> None:
        """Its record says nothing of the subject: better said than left to be found out."""
        there = actor("there", "Alpha", territories=("ML-kayes",))
        wells = actor("wells", "Beta", purpose="Creuser des puits", territories=("ML-kayes",))
        snapshot = snapshot_of(there, wells)

        def told(**asked: object) -> dict[str, bool]:
            answer = suggest(
                snapshot, Asker.request(), Context(territories=("ML-kayes",), **asked), today=TODAY
            )  # type: ignore[arg-type]
            return {
                snapshot.ids[s.index]: codes(s.reasons.unknown)[:1] == ["subject_not_known"]
                for s in answer.items
            }

        assert told(text="puits") == {"there": True, "wells": False}
        assert told(text="Kayes") == {"there": False, "wells": False}
        assert told() == {"there": False, "wells": False}
        beside = suggest(snapshot, Asker.actor(snapshot.index("wells") or 0), today=TODAY).items
        assert "subject_not_known" not in [code for s in beside for code in codes(s.reasons.unknown)]

    def test_words_that_name_a_theme_find_who_works_on_it_though_its_record_is_silent(self) -> None:
        """« puits » is a theme of the vocabulary: who works on it comes before who does not."""
        snapshot = snapshot_of(
            actor("a", "Alpha", territories=("ML-kayes",)),
            actor("z", "Zêta", themes=("wells",), territories=("ML-kayes",)),
        )
        context = Context(text="Creuser des puits", territories=("ML-kayes",))
        answer = suggest(snapshot, Asker.request(), context, today=TODAY)
        assert names(snapshot, answer) == ["z", "a"], "nobody is left out for it"
        assert "common_theme" in codes(answer.items[0].reasons.for_you)
        other = replace(context, themes=("health",))
        assert "z" not in names(snapshot, suggest(snapshot, Asker.request(), other, today=TODAY))

    def test_who_says_nothing_is_told_what_to_add(self) -> None:
        snapshot = snapshot_of(
            ME, actor("centre", roles=(DatedRole(ActorRole.RESOURCE_CENTRE),), seat="91477")
        )
        answer = suggest(snapshot, Asker.request(), today=TODAY)
        assert answer.notes == (
            Reason("too_little_known", {"missing": ["themes", "territories"], "request": True}),
        )
        assert [snapshot.ids[s.index] for s in answer.items] == ["centre"]
        assert codes(answer.items[0].reasons.for_you)[0] == "first_contact"

    def test_means_are_pooled_among_those_who_leave_from_here(self) -> None:
        there = actor("there", kind=ActorKind.PARTNER_ORGANISATION, seat="ML-kayes", country="ML")
        here = actor("zhere", territories=("ML-kayes",), seat="91174")
        snapshot = snapshot_of(there, here)
        pooled = Context(territories=("ML-kayes",), ask=Ask.POOL)
        assert names(snapshot, suggest(snapshot, Asker.request(), pooled, today=TODAY))[0] == "zhere"

    def test_a_project_is_refused_a_place_that_is_not_its_own(self) -> None:
        project = Project("p", "Puits", State.ACTIVE, territories=("ML-kayes",))
        snapshot = snapshot_of(ME, TWIN, project)
        with pytest.raises(ContradictoryContext) as refused:
            suggest(snapshot, Asker.project(0), Context(territories=("SN",)), today=TODAY)
        assert refused.value.nearest == [{"id": "ML-kayes", "name": "Cercle de Kayes"}]
        wider = suggest(snapshot, Asker.project(0), Context(territories=("ML",)), today=TODAY)
        assert names(snapshot, wider)
