"""Planning a meeting: what is asked in the address, who to invite and why, the tables, the workbook."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, render_template, request

from graphsvc.domain.errors import AmbiguousName, InvalidValue, UnknownRecord
from graphsvc.domain.events import Event, EventKind
from graphsvc.snapshot import Snapshot
from matcher.meetings.guests import DEFAULT_SIZE, MeetingRequest
from matcher.meetings.meeting import Meeting, plan_meeting
from web.attached import XLSX, attachment
from web.declined import declined_pairs
from web.kept import kept
from web.named import place_name, topic_name
from web.permissions import Action, policy
from web.shown import served, services
from web.spoken import gettext as _
from web.views.asked import texts
from web.views.meetings.shown import guest_workbook, meeting_view
from web.views.publishing.entry_names import place_names, proposed_places, proposed_themes, theme_names
from web.words.messages import sentence
from web.writing import new_key
from web.written import in_place

bp = Blueprint("meetings", __name__)
MOST_LISTED = 30


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form holds, as typed."""

    themes: tuple[str, ...]
    territories: tuple[str, ...]
    areas: tuple[str, ...]
    size: str
    tables: str
    everyone: bool
    complete: bool


@bp.get("/rencontres")
@policy(Action.STEER)
def planner() -> Response | str:
    """The form; with a question in the address, the guest list and the table plan."""
    snapshot, today = served().snapshot, services().today()
    asked, view, refused, title = _asked(), None, None, ""
    status = 200
    if request.args:
        try:
            meeting = _planned(snapshot, asked, today)
            view, title = meeting_view(snapshot, meeting, today), title_of(snapshot, meeting)
            asked = _understood(snapshot, asked, meeting)
        except (InvalidValue, UnknownRecord, AmbiguousName) as error:
            status, refused = 422, sentence(error)
    page = render_template(
        "meeting_plan.html",
        asked=asked,
        view=view,
        refused=refused,
        title=title,
        key=new_key(),
        today=today,
        themes=proposed_themes(snapshot),
        places=proposed_places(snapshot),
        meetings=_meetings(snapshot),
    )
    return Response(page, status, mimetype="text/html")


@bp.get("/rencontres/plan.xlsx")
@policy(Action.STEER)
def plan_workbook() -> Response:
    """The guest list and the table plan of a question, as a workbook."""
    snapshot, today = served().snapshot, services().today()
    view = meeting_view(snapshot, _planned(snapshot, _asked(), today), today)
    return attachment(guest_workbook(view), XLSX, "rencontre.xlsx")


def title_of(snapshot: Snapshot, meeting: Meeting) -> str:
    """A title for a meeting: « Rencontre : eau et assainissement, au Mali »."""
    labels = [topic_name(snapshot.theme(t)) for t in meeting.topic.themes]
    places = [snapshot.place(p) for p in (*meeting.topic.places, *meeting.topic.areas)]
    parts = labels[:2] + [in_place(place_name(p), p.level.value) for p in places[:2]]
    if not parts:
        return _("Rencontre des acteurs du réseau")
    return _("Rencontre : %(about)s", about=", ".join(parts))


def _asked() -> Asked:
    args = request.args
    return Asked(
        texts("theme"),
        texts("territoire"),
        texts("secteur"),
        args.get("taille", str(DEFAULT_SIZE)).strip()[:20],
        args.get("tables", "").strip()[:20],
        args.get("tous") == "1",
        args.get("complet", "1") != "0",
    )


def _planned(snapshot: Snapshot, asked: Asked, today: date) -> Meeting:
    wanted = MeetingRequest(
        asked.themes,
        asked.territories,
        asked.areas,
        _whole("meeting_size", asked.size),
        _whole("meeting_tables", asked.tables) if asked.tables else None,
        asked.everyone,
        asked.complete,
    )
    return _plan(snapshot, wanted, today, declined_pairs(services().private, snapshot))


@kept
def _plan(
    snapshot: Snapshot, wanted: MeetingRequest, today: date, declined: frozenset[tuple[str, str]]
) -> Meeting:
    return plan_meeting(snapshot, wanted, today, declined=declined)


def _whole(rule: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        raise InvalidValue("meeting", "size" if rule == "meeting_size" else "tables", text[:20], rule)
    return int(text)


def _understood(snapshot: Snapshot, asked: Asked, meeting: Meeting) -> Asked:
    """The form with the names of what was understood."""
    topic = meeting.topic
    return Asked(
        tuple(theme_names(snapshot, (snapshot.theme_ids[t] for t in topic.themes))),
        tuple(place_names(snapshot, (snapshot.place_ids[p] for p in topic.places))),
        tuple(place_names(snapshot, (snapshot.place_ids[p] for p in topic.areas))),
        asked.size,
        asked.tables,
        asked.everyone,
        asked.complete,
    )


def _meetings(snapshot: Snapshot) -> list[Event]:
    """Meetings with guests, the latest first."""
    events = (snapshot.event(k) for k in range(len(snapshot.event_ids)))
    found = [e for e in events if e.kind is EventKind.MEETING and e.attendances]
    found.sort(key=lambda e: (-(e.start.first_day.toordinal() if e.start else 0), e.title))
    return found[:MOST_LISTED]
