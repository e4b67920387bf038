"""A meeting that was kept: its guests and tables, the calendar file, who came, who was introduced to whom."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse
from wtforms import StringField

from graphsvc.domain.errors import InvalidValue, StoreError
from graphsvc.domain.events import Event
from graphsvc.domain.records import RecordKind
from graphsvc.search import known_record
from graphsvc.snapshot import Snapshot
from graphsvc.usecases.meetings import (
    MeetingDraft,
    came_to,
    followed,
    invited_to,
    keep_meeting,
    record_attendance,
    record_introductions,
)
from graphsvc.usecases.planned import Planned
from matcher.meetings.acquaintances import pairs_to_introduce
from matcher.meetings.meeting import Meeting, plan_tables
from matcher.meetings.topic import read_topic
from web.attached import XLSX, attachment
from web.calendar_file import calendar_file
from web.declined import declined_pairs
from web.kept import kept
from web.permissions import Action, current_identity, policy
from web.shown import served, services
from web.spoken import gettext
from web.views.actors.record_view import Named, named_actor, named_place, named_places, named_themes
from web.views.meetings.shown import MeetingView, guest_workbook, meeting_view
from web.views.publishing.entry_names import proposed_places
from web.views.publishing.forms import PublishingForm, Texts, shown_faults
from web.views.publishing.sending import Trouble, send
from web.words.messages import sentence
from web.writing import new_key, sound_key, stored

bp = Blueprint("meetings_kept", __name__)
MOST_PAIRS = 24


class MeetingForm(PublishingForm):
    """A meeting to keep."""

    title = StringField()
    start = StringField()
    place = StringField()
    description = StringField()
    themes = Texts()
    territories = Texts()
    guests = Texts()
    also = Texts()

    def draft(self) -> MeetingDraft:
        """The draft for the core."""
        return MeetingDraft(
            self.text("title"),
            self.text("start"),
            self.text("place"),
            self.text("description"),
            self.texts("themes"),
            self.texts("territories"),
            self.texts("guests"),
            self.texts("also"),
        )


@bp.post("/rencontres")
@policy(Action.STEER)
def keep() -> Response | AnyResponse:
    """Keep the meeting with those invited, or the form again with what is wrong."""
    snapshot = served().snapshot
    form = MeetingForm()
    key = sound_key(form.text("key"))
    seed = f"{current_identity().account}:{key}"
    sent = send(lambda: keep_meeting(snapshot, form.draft(), seed=seed), key)
    if isinstance(sent, Trouble):
        form.key.data = new_key() if sent.key_is_spent else key
        page = render_template(
            "meeting_again.html",
            form=form,
            trouble=sent,
            faults=shown_faults(sent.faults),
            guests=[named_actor(snapshot, k) for k in form.texts("guests") if snapshot.index(k) is not None],
            places=proposed_places(snapshot),
        )
        return Response(page, sent.status, mimetype="text/html")
    event, written = sent
    if written.waiting:
        flash(gettext("C'est noté : la rencontre sera enregistrée dès que la base du réseau répondra."))
        return redirect(url_for("meetings.planner"), 303)
    flash(gettext("La rencontre est enregistrée avec ses invités."))
    return _back(event.id)


@bp.get("/rencontres/<path:id_>")
@policy(Action.STEER)
def meeting(id_: str) -> str:
    """Guests, tables, and what became of it."""
    snapshot, today = served().snapshot, services().today()
    event = event_of(snapshot, id_)
    tables = _tables()
    return render_template(
        "meeting.html",
        event=event,
        view=_view(snapshot, event, tables, today),
        tables=tables,
        gone=_gone(snapshot, event),
        place=_place(snapshot, event),
        themes=named_themes(snapshot, event.themes),
        places=named_places(snapshot, event.territories),
        came=came_to(event),
        past=event.start is None or event.start.first_day <= today,
        pairs=_pairs(snapshot, event, today),
        followed=[
            (named_actor(snapshot, snapshot.ids[f.one]), named_actor(snapshot, snapshot.ids[f.other]), f)
            for f in followed(snapshot, event, today)
        ],
        version=_version(event.id),
        key=new_key(),
        today=today,
    )


@bp.get("/rencontres/<path:id_>/plan.xlsx")
@policy(Action.STEER)
def kept_workbook(id_: str) -> Response:
    """The guest list and the table plan, as a workbook."""
    snapshot, today = served().snapshot, services().today()
    event = event_of(snapshot, id_)
    view = _view(snapshot, event, _tables(), today)
    return attachment(guest_workbook(view), XLSX, "rencontre.xlsx")


@bp.get("/rencontres/<path:id_>/invitation.ics")
@policy(Action.STEER)
def invitation(id_: str) -> Response:
    """The meeting for a calendar. Raises InvalidValue without a day."""
    snapshot = served().snapshot
    event = event_of(snapshot, id_)
    if event.start is None or event.start.day is None:
        raise InvalidValue("event", "start", str(event.start or ""), "meeting_day")
    names = [named_actor(snapshot, key).name for key in invited_to(event)]
    text = "\n".join([event.description or "", gettext("Invités :"), *names]).strip()
    content = calendar_file(
        uid=f"{event.id}@{snapshot.store_id}",
        title=event.title,
        first=event.start.first_day,
        last=(event.end or event.start).last_day,
        stamp=datetime.now(UTC),
        place=_place(snapshot, event),
        description=text,
        categories=tuple(theme.name for theme in named_themes(snapshot, event.themes)),
    )
    return attachment(content, "text/calendar; charset=utf-8", "rencontre.ics")


@bp.post("/rencontres/<path:id_>/presences")
@policy(Action.STEER)
def attendance(id_: str) -> AnyResponse:
    """Who came: contacts, not ties."""
    came, version = request.form.getlist("came"), request.form.get("version", "")
    number = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else None
    before = stored(RecordKind.EVENT, id_)
    if came and not _members(before.record) & set(came):
        return _nobody_concerned(id_, "came")
    return _act(
        id_, lambda: record_attendance(before, came, number), gettext("Les présences sont enregistrées.")
    )


@bp.post("/rencontres/<path:id_>/mises-en-relation")
@policy(Action.STEER)
def introductions(id_: str) -> AnyResponse:
    """Who was introduced to whom: followed until they cooperate."""
    snapshot, today = served().snapshot, services().today()
    event = event_of(snapshot, id_)
    pairs = [(one, other) for text in request.form.getlist("pair") for one, _, other in [text.partition("|")]]
    pairs.append((request.form.get("one", ""), request.form.get("other", "")))
    if not any(one != other and {one, other} <= _members(event) for one, other in pairs):
        return _nobody_concerned(id_, "pair")
    told = gettext("Les mises en relation sont enregistrées.")
    return _act(id_, lambda: record_introductions(snapshot, event, pairs, today), told)


def _members(event: Event) -> set[str]:
    return {a.actor for a in event.attendances}


def _nobody_concerned(id_: str, field: str) -> AnyResponse:
    """What was sent names nobody of the meeting: said, not passed over."""
    flash(sentence(InvalidValue("meeting", field, "", "nobody_of_the_meeting")))
    return _back(id_)


def _act(id_: str, decide: Callable[[], tuple[Event, Planned]], told: str) -> AnyResponse:
    sent = send(decide, sound_key(request.form.get("key")))
    if not isinstance(sent, Trouble):
        flash(told)
    elif sent.down:
        flash(gettext("La base du réseau ne répond pas : rien n'est enregistré. Réessayez dans une minute."))
    elif sent.conflict is not None:
        flash(
            gettext("Quelqu'un a modifié cette rencontre entre-temps : vérifiez, puis enregistrez à nouveau.")
        )
    else:
        flash(gettext("Ce formulaire a déjà été envoyé."))
    return _back(id_)


def _back(id_: str) -> AnyResponse:
    return redirect(url_for("meetings_kept.meeting", id_=id_), 303)


def event_of(snapshot: Snapshot, id_: str) -> Event:
    """The event of an id. Raises UnknownRecord."""
    return snapshot.event(known_record(snapshot, RecordKind.EVENT, id_))


def _version(id_: str) -> int | None:
    try:
        return stored(RecordKind.EVENT, id_).version
    except StoreError:  # the page is shown; a form sent now would be refused
        return None


def _place(snapshot: Snapshot, event: Event) -> str | None:
    position = snapshot.place_index(event.place) if event.place else None
    return None if position is None else named_place(snapshot, position).name


def _gone(snapshot: Snapshot, event: Event) -> list[str]:
    """Actors of the event that are no more in the network: said, not lost."""
    return [key for key in invited_to(event) if snapshot.index(key) is None]


def _tables() -> int | None:
    given = request.args.get("tables", "").strip()
    if not given:
        return None
    if not (given.isascii() and given.isdigit() and len(given) <= 3):
        raise InvalidValue("meeting", "tables", given[:20], "meeting_tables")
    return int(given)


def _indices(snapshot: Snapshot, event: Event) -> tuple[int, ...]:
    found = (snapshot.index(key) for key in invited_to(event))
    return tuple(dict.fromkeys(i for i in found if i is not None))


def _view(snapshot: Snapshot, event: Event, tables: int | None, today: date) -> MeetingView:
    indices = _indices(snapshot, event)
    plan = _plan(snapshot, event, indices, tables, today, declined_pairs(services().private, snapshot))
    return meeting_view(snapshot, plan, today)


@kept
def _plan(
    snapshot: Snapshot,
    event: Event,
    indices: tuple[int, ...],
    tables: int | None,
    today: date,
    declined: frozenset[tuple[str, str]],
) -> Meeting:
    topic = read_topic(snapshot, event.themes, event.territories, ())
    return plan_tables(snapshot, topic, indices, today, tables=tables, declined=declined)


def _pairs(snapshot: Snapshot, event: Event, today: date) -> list[tuple[Named, Named]]:
    """Guests (those who came, once it is known) that do not know each other, the best matches first."""
    came = came_to(event)
    indices = [i for i in _indices(snapshot, event) if not came or snapshot.ids[i] in came]
    return [
        (named_actor(snapshot, snapshot.ids[one]), named_actor(snapshot, snapshot.ids[other]))
        for one, other in _best_pairs(snapshot, tuple(indices), today)
    ]


@kept
def _best_pairs(snapshot: Snapshot, indices: tuple[int, ...], today: date) -> tuple[tuple[int, int], ...]:
    return tuple(pairs_to_introduce(snapshot, indices, today, most=MOST_PAIRS))
