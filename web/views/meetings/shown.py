"""A meeting ready to be read: each guest with its reasons, the tables, and the same as a workbook."""

from dataclasses import dataclass
from datetime import date

from graphsvc.snapshot import Snapshot
from matcher.meetings.meeting import Guest, Meeting
from web.guest_workbook import Table, workbook
from web.labels import label
from web.named import facts_in
from web.reasons.mentions import Sentence, sentence_of
from web.spoken import gettext as _
from web.views.actors.listing import ActorLine, actor_line
from web.words.meetings import role_text, why_text


@dataclass(frozen=True, slots=True)
class GuestLine:
    """A guest: the actor, why it is invited (in a few words and in sentences), its table."""

    index: int
    line: ActorLine
    role: str
    role_words: str
    state: str | None
    why: tuple[Sentence, ...]
    meets: Sentence
    table: int


@dataclass(frozen=True, slots=True)
class MeetingView:
    """A plan: guests in the order of invitation, the same by table, notes."""

    guests: tuple[GuestLine, ...]
    tables: tuple[tuple[int, tuple[GuestLine, ...]], ...]
    meetings: int
    notes: tuple[str, ...]


def meeting_view(snapshot: Snapshot, meeting: Meeting, today: date) -> MeetingView:
    """The plan in words."""
    degree = snapshot.ties(today).degree
    guests = tuple(_line(snapshot, guest, int(degree[guest.index])) for guest in meeting.guests)
    tables = tuple(
        (number, tuple(g for g in guests if g.table == number)) for number in range(1, meeting.tables + 1)
    )
    return MeetingView(guests, tables, meeting.meetings, tuple(why_text(note) for note in meeting.notes))


def _line(snapshot: Snapshot, guest: Guest, ties: int) -> GuestLine:
    said = [sentence_of(why_text(reason), _mentioned(facts_in(reason.facts))) for reason in guest.reasons]
    return GuestLine(
        guest.index,
        actor_line(snapshot, guest.index, ties),
        guest.role.value,
        role_text(guest.role.value),
        guest.state.value if guest.state else None,
        tuple(said[:-1]),
        said[-1],
        guest.table,
    )


def _mentioned(facts: dict[str, object]) -> dict[str, object]:
    """The facts as the linking of names knows them: actors are partners, several places are others."""
    told = dict(facts)
    if "actors" in told:
        told["partners"] = told["actors"]
    if "places" in told:
        told["others"] = told["places"]
    return {key: value for key, value in told.items() if value is not None}


def guest_workbook(view: MeetingView) -> bytes:
    """The guest list, and the table plan, as two sheets."""
    titles = (
        _("Table"), _("Invité"), _("Type"), _("Siège"), _("À quel titre"), _("Pourquoi"), _("Identifiant"),
        _("Réponse"),
    )  # fmt: skip
    columns = list(zip(titles, (8.0, 44.0, 26.0, 28.0, 26.0, 90.0, 26.0, 14.0), strict=True))
    rows = [
        (
            g.table,
            g.line.actor.name,
            label("actor_kind", g.line.actor.kind.value),
            g.line.place or "",
            g.role_words,
            " ".join(str(s) for s in g.why),
            g.line.actor.id,
            "",
        )
        for g in view.guests
    ]
    plan = [(number, g.line.actor.name, str(g.meets)) for number, table in view.tables for g in table]
    return workbook(
        [
            Table(_("Invités"), columns, rows),
            Table(
                _("Plan de table"),
                [(_("Table"), 8.0), (_("Invité"), 44.0), (_("Qui y rencontrer"), 90.0)],
                plan,
            ),
        ]
    )
