"""The life of an announcement, the same on every store."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from graphsvc.domain.announcements import Announcement, AnnouncementState, Direction, Nature, Result
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.errors import InvalidValue, ReferencedRecord, VersionConflict
from graphsvc.domain.records import RecordKind, Ref
from graphsvc.ports import GraphStore, Stored
from graphsvc.snapshot import Snapshot, build_snapshot
from graphsvc.usecases.announce import adopt, adoption_id, close, edit, new_id, publish, renew, retract
from graphsvc.usecases.announcement_draft import LONGEST_DAYS, AnnouncementDraft, usual_expiry
from graphsvc.usecases.faults import DraftRefused
from graphsvc.usecases.undo import events_of, inverse_of
from matcher.asks import Asker
from matcher.board import build_board
from matcher.index import build_index
from matcher.suggest import suggest
from tests.graphsvc.usecases.small_world import NEED, TODAY

DRAFT = AnnouncementDraft(
    direction="need",
    nature="shared_mission",
    title="  Qui part à Kayes\n au printemps ? ",
    description="Suivre un chantier.\r\n\r\nDeux jours.",
    skills=("accounting",),
    themes=("puits", "", "Vie associative"),
    territories=("Kayes (ML-kayes)",),
    expires_on="1/5/2027",
)


def read(store: GraphStore, id_: str) -> Stored[Announcement]:
    return store.get(Ref(RecordKind.ANNOUNCEMENT, id_))


def published(store: GraphStore, draft: AnnouncementDraft = DRAFT, seed: str = "s") -> Announcement:
    record, planned = publish(build_snapshot(store), draft, actor="amis", seed=seed, today=TODAY)
    planned.apply(store, by="acc-1", key=seed)
    return record


def faults(snapshot: Snapshot, draft: AnnouncementDraft) -> list[tuple[str, str]]:
    with pytest.raises(DraftRefused) as refused:
        publish(snapshot, draft, actor="amis", seed="s", today=TODAY)
    return [(fault.field, fault.code) for fault in refused.value.faults]


def test_what_was_typed_becomes_a_record_with_codes_and_even_spaces(store: GraphStore) -> None:
    record = published(store)
    assert read(store, record.id).record == record
    assert record == Announcement(
        record.id,
        "Qui part à Kayes au printemps ?",
        Direction.NEED,
        Nature.SHARED_MISSION,
        "amis",
        ("accounting",),
        ("associations", "drinking"),
        ("ML-kayes",),
        "Suivre un chantier.\n\nDeux jours.",
        PartialDate.of(TODAY),
        PartialDate(2027, 5, 1),
    )


def test_sending_the_same_form_twice_publishes_once(store: GraphStore) -> None:
    first = published(store)
    revision = store.info().revision
    assert published(store) == first
    assert store.info().revision == revision
    assert published(store, seed="other").id != first.id


def test_an_edit_keeps_what_the_form_does_not_speak_of(store: GraphStore) -> None:
    record = published(store)
    before = read(store, record.id)
    draft = replace(DRAFT, title="Autre titre", starts_on="", expires_on="2027-02")
    after, planned = edit(build_snapshot(store), before, draft, today=TODAY + timedelta(days=9), version=1)
    planned.apply(store, by="acc-1")
    found = read(store, record.id)
    assert (found.record, found.version) == (after, 2)
    assert (after.actor, after.published_on, after.expires_on) == (
        "amis",
        PartialDate.of(TODAY),
        PartialDate(2027, 2),
    )


def test_an_edit_over_what_somebody_else_wrote_is_refused(store: GraphStore) -> None:
    record = published(store)
    snapshot, before = build_snapshot(store), read(store, record.id)
    edit(snapshot, before, replace(DRAFT, title="Un"), today=TODAY)[1].apply(store, by="acc-1")
    late = edit(snapshot, read(store, record.id), replace(DRAFT, title="Deux"), today=TODAY, version=1)[1]
    with pytest.raises(VersionConflict):
        late.apply(store, by="acc-2")
    assert read(store, record.id).record.title == "Un"


def test_an_unchanged_edit_writes_nothing(store: GraphStore) -> None:
    record = published(store)
    assert edit(build_snapshot(store), read(store, record.id), DRAFT, today=TODAY)[1].changes == ()


def test_closing_says_what_became_of_it_and_renewing_opens_it_again(store: GraphStore) -> None:
    record = published(store)
    snapshot = build_snapshot(store)
    closed, planned = close(snapshot, read(store, record.id), "answered_here", "Avec Massy solidaire.")
    planned.apply(store, by="acc-1")
    found = read(store, record.id).record
    assert (found.state, found.result, found.outcome) == (
        AnnouncementState.CLOSED,
        Result.ANSWERED_HERE,
        "Avec Massy solidaire.",
    )
    with pytest.raises(InvalidValue, match="closed_is_not_edited"):
        edit(snapshot, read(store, record.id), DRAFT, today=TODAY)
    renewed, planned = renew(snapshot, read(store, record.id), "", today=TODAY)
    planned.apply(store, by="acc-1")
    assert read(store, record.id).record == replace(record, expires_on=PartialDate.of(usual_expiry(TODAY)))
    assert closed != renewed


def test_to_extend_never_shortens_and_nothing_said_gives_six_months_more(snapshot: Snapshot) -> None:
    far = PartialDate.of(TODAY + timedelta(days=LONGEST_DAYS - 30))
    for days, expected in ((300, usual_expiry(TODAY + timedelta(days=300))), (LONGEST_DAYS - 30, None)):
        record = Announcement("a", "A", Direction.OFFER, Nature.SKILL, "amis",
                              expires_on=PartialDate.of(TODAY + timedelta(days=days)))  # fmt: skip
        before = Stored(record, 1, 1)
        longer, _ = renew(snapshot, before, " ", today=TODAY)
        assert longer.expires_on == PartialDate.of(expected or TODAY + timedelta(days=LONGEST_DAYS))
        same, _ = renew(snapshot, before, str(record.expires_on), today=TODAY)
        assert same.expires_on == record.expires_on
        with pytest.raises(DraftRefused) as refused:
            renew(snapshot, before, str(PartialDate.of(TODAY + timedelta(days=200))), today=TODAY)
        assert [(f.field, f.code) for f in refused.value.faults] == [("expires_on", "not_longer")]
    past = replace(record, expires_on=PartialDate.of(TODAY - timedelta(days=9)))
    again, _ = renew(snapshot, Stored(past, 1, 1), "", today=TODAY)
    assert again.expires_on == PartialDate.of(usual_expiry(TODAY))
    shut = replace(record, expires_on=far, state=AnnouncementState.CLOSED)
    opened, _ = renew(snapshot, Stored(shut, 1, 1), str(PartialDate.of(TODAY)), today=TODAY)
    assert opened.expires_on == PartialDate.of(TODAY)


def test_a_recorded_need_is_taken_up_once_whoever_asks_twice(store: GraphStore) -> None:
    own, planned = adopt(NEED, "amis", None, today=TODAY)
    planned.apply(store, by="acc-1")
    existing = read(store, adoption_id(NEED.id, "amis"))
    again, nothing = adopt(NEED, "amis", existing, today=TODAY)
    assert nothing.changes == ()
    assert again == own == existing.record
    assert (own.adopts, own.actor, own.state, own.source) == (NEED.id, "amis", AnnouncementState.OPEN, None)
    assert read(store, NEED.id).record == NEED
    assert {s.record.id for s in store.touching(Ref(RecordKind.ANNOUNCEMENT, NEED.id))} == {own.id}
    other, planned = adopt(NEED, "massy", None, today=TODAY)
    planned.apply(store, by="acc-2")
    assert other.id != own.id


def test_a_need_taken_up_long_ago_is_opened_again(store: GraphStore) -> None:
    adopt(NEED, "amis", None, today=TODAY)[1].apply(store, by="acc-1")
    later = TODAY + timedelta(days=400)
    again, planned = adopt(NEED, "amis", read(store, adoption_id(NEED.id, "amis")), today=later)
    planned.apply(store, by="acc-1")
    assert again.open_on(later)
    assert read(store, again.id).version == 2


def test_only_a_need_without_an_owner_can_be_taken_up(store: GraphStore) -> None:
    with pytest.raises(InvalidValue, match="only_recorded_needs_are_adopted"):
        adopt(published(store), "massy", None, today=TODAY)


def test_a_need_that_others_took_up_cannot_be_withdrawn(store: GraphStore) -> None:
    adopt(NEED, "amis", None, today=TODAY)[1].apply(store, by="acc-1")
    with pytest.raises(ReferencedRecord):
        retract(read(store, NEED.id)).apply(store, by="acc-2")


def test_what_was_withdrawn_keeps_its_history_and_comes_back_by_undo(store: GraphStore) -> None:
    record = published(store)
    revision = retract(read(store, record.id)).apply(store, by="acc-1")
    ref = Ref(RecordKind.ANNOUNCEMENT, record.id)
    assert store.resolve(*ref) is None
    assert [e.action for e in store.history(ref)] == ["put", "withdraw"]
    inverse_of(events_of(store, revision)).apply(store, by="acc-1")
    assert read(store, record.id).record == record


def test_undoing_a_publication_leaves_nothing_of_it(store: GraphStore) -> None:
    record = published(store)
    inverse_of(events_of(store, store.info().revision)).apply(store, by="acc-1")
    assert store.resolve(RecordKind.ANNOUNCEMENT, record.id) is None


def test_every_fault_of_a_form_is_told_at_once(snapshot: Snapshot) -> None:
    draft = AnnouncementDraft(
        direction="maybe",
        title=" ",
        description="Appelez le 06 12 34 56 78",
        skills=("flying",),
        themes=("eau potabl",),
        territories=("Kayes",),
        expires_on="31/02/2027",
    )
    assert faults(snapshot, draft) == [
        ("direction", "unknown_code"),
        ("nature", "required"),
        ("title", "required"),
        ("description", "holds_phone"),
        ("skills", "unknown_entry"),
        ("themes", "unknown_entry"),
        ("territories", "ambiguous_entry"),
        ("expires_on", "date_impossible"),
    ]


def test_an_unknown_theme_comes_with_the_nearest_entries(snapshot: Snapshot) -> None:
    with pytest.raises(DraftRefused) as refused:
        publish(snapshot, replace(DRAFT, themes=("", "eau potabl")), actor="amis", seed="s", today=TODAY)
    (fault,) = refused.value.faults
    assert fault.facts["nearest"][0] == {"id": "drinking", "name": "Eau potable"}
    assert (fault.facts["position"], fault.facts["value"]) == (1, "eau potabl")


@pytest.mark.parametrize(
    ("starts_on", "expires_on", "expected"),
    [
        ("", "", ("expires_on", "without_end")),
        ("", "2026-11-01", ("expires_on", "in_the_past")),
        ("", "2025", ("expires_on", "in_the_past")),
        ("2027-03-01", "2027-02-28", ("expires_on", "end_before_start")),
        ("", (TODAY + timedelta(days=LONGEST_DAYS + 1)).isoformat(), ("expires_on", "too_far")),
        ("2026-11-01", "2027-01-01", ("starts_on", "start_in_the_past")),
        ("bientôt", "2027-01-01", ("starts_on", "date_form")),
        ("", "le mois prochain", ("expires_on", "date_form")),
    ],
)
def test_a_period_that_cannot_be_is_refused(
    snapshot: Snapshot, starts_on: str, expires_on: str, expected: tuple[str, str]
) -> None:
    draft = replace(DRAFT, starts_on=starts_on, expires_on=expires_on)
    assert faults(snapshot, draft) == [expected]


@pytest.mark.parametrize(
    "expires_on", ["2026-11-02", "02/11/2026", "2.11.2026", "2026-11", "2026", "2028-11-02"]
)
def test_the_last_day_may_be_today_and_may_be_told_in_several_ways(
    snapshot: Snapshot, expires_on: str
) -> None:
    draft = replace(DRAFT, expires_on=expires_on)
    record, _ = publish(snapshot, draft, actor="amis", seed="s", today=TODAY)
    assert record.open_on(TODAY)


def test_a_title_of_nothing_but_signs_or_too_long_is_refused(snapshot: Snapshot) -> None:
    assert faults(snapshot, replace(DRAFT, title="— ! —")) == [("title", "no_words")]
    assert faults(snapshot, replace(DRAFT, title="a" * 121)) == [("title", "too_long")]
    assert faults(snapshot, replace(DRAFT, description="a\x00b")) == [("description", "forbidden_character")]
    assert faults(snapshot, replace(DRAFT, themes=("Eau potable",) * 9)) == [("themes", "too_many")]


def test_what_has_expired_or_is_closed_is_never_suggested(store: GraphStore) -> None:
    offer = replace(DRAFT, direction="offer", nature="skill", skills=("visas",), expires_on="2026-12-01")
    published(store, offer)
    snapshot = build_snapshot(store)
    k = snapshot.position(RecordKind.ANNOUNCEMENT, NEED.id)
    assert k is not None

    def answered_by(snapshot: Snapshot, day: date) -> set[str]:
        found = suggest(snapshot, Asker.announcement(k), today=day)
        return {snapshot.ids[s.index] for s in found.items for e in s.evidence if e.code == "complementarity"}

    assert answered_by(snapshot, date(2026, 12, 1)) == {"amis"}
    assert answered_by(snapshot, date(2026, 12, 2)) == set()
    offers = [
        s.record.id for s in store.records(RecordKind.ANNOUNCEMENT) if s.record.direction is Direction.OFFER
    ]
    close(snapshot, read(store, offers[0]), "unanswered", "")[1].apply(store, by="acc-1")
    assert answered_by(build_snapshot(store), TODAY) == set()
    index = build_index(build_snapshot(store))
    board = build_board(build_snapshot(store), index.themes, index.places)
    assert int(board.open_on(TODAY.toordinal()).sum()) == 1  # the recorded need alone


def test_a_key_says_what_it_names_and_is_never_too_long() -> None:
    assert new_id("annonce", "Œuvres d'Évry : « été »", "s").startswith("annonce-oeuvres-d-evry-ete-")
    assert len(new_id("annonce", "mot " * 500, "s")) < 80
    assert new_id("annonce", "协会", "s").startswith("annonce-")
    assert len(adoption_id("n" * 200, "a" * 200)) <= 200
