"""Calls for projects: who pays, who may answer, until when; and which ones an actor may answer."""

from collections.abc import Mapping
from dataclasses import replace

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from graphsvc.domain.actors import ActorKind
from graphsvc.domain.calls import Call
from graphsvc.domain.errors import AmbiguousName, InvalidValue, UnknownRecord
from graphsvc.domain.records import RecordKind
from graphsvc.domain.text import sort_key
from graphsvc.ports import Stored
from graphsvc.search import known_actor, known_record
from graphsvc.snapshot import Snapshot
from graphsvc.usecases.common_topics import said_by
from graphsvc.usecases.concern import Concern
from graphsvc.usecases.fitting_calls import Window, calls_for, window_of
from graphsvc.usecases.fitting_funders import funders_for
from graphsvc.usecases.planned import withdrawal
from graphsvc.usecases.publish_call import edit_call, publish_call
from graphsvc.usecases.published_lists import Wanted, find_calls
from web.labels import label
from web.permissions import Action, may, policy
from web.shown import served, services
from web.views.actors.listing import page_of
from web.views.actors.record_view import Named, named_actor, named_places, named_themes
from web.views.asked import page_number, texts
from web.views.publishing.fitting_words import call_fit_words, funder_fit_words
from web.views.publishing.flow import Publication, edit_sent, empty_form, filled_form, publish_sent
from web.views.publishing.forms import CallForm, call_values
from web.views.publishing.sending import own_actors
from web.views.publishing.taken_off import nothing_left_to_do
from web.views.publishing.topic_filters import mistaken, topics_offered, wider_words
from web.writing import last_done, new_key, sound_key, stored, tell, write

bp = Blueprint("calls", __name__)
PER_PAGE = 20
WINDOWS = {"ouverts": Window.OPEN, "a-venir": Window.UPCOMING, "passes": Window.PAST}


def _words(_: Snapshot) -> Mapping[str, object]:
    kinds = sorted((kind.value for kind in ActorKind), key=lambda kind: sort_key(label("actor_kind", kind)))
    return {"kinds": kinds, "today": services().today().isoformat()}


CALL = Publication(
    RecordKind.CALL,
    CallForm,
    "publish_call.html",
    "calls.call",
    "calls.calls",
    "calls.publish_one",
    owned=False,
    values=call_values,
    publish=lambda snapshot, draft, _actor, seed, today: publish_call(
        snapshot, draft, seed=seed, today=today
    ),
    edit=lambda snapshot, before, draft, today, version: edit_call(
        snapshot, before, draft, today=today, version=version
    ),
    words=_words,
)


@bp.get("/appels")
@policy(Action.READ)
def calls() -> Response:
    """The calls, open ones first by deadline; filters: `etat`, `theme`, `territoire`, `pour` (kind of actor).

    A theme or territory that nobody knows is said so, above all the others, with the nearest.
    """
    snapshot, today = served().snapshot, services().today()
    wanted, etat, kind = _wanted()
    wrong = None
    try:
        found = find_calls(snapshot, wanted, today)
    except (UnknownRecord, AmbiguousName) as error:
        wrong = mistaken(snapshot, error)
        wanted = replace(wanted, themes=(), territories=())
        found = find_calls(snapshot, wanted, today)
    page = page_of(len(found.positions), PER_PAGE, page_number())
    everything = [snapshot.call(k) for k in range(len(snapshot.call_ids))]
    html = render_template(
        "calls.html",
        wrong=wrong,
        lines=[
            _line(snapshot, snapshot.call(k), found.wider.get(k))
            for k in found.positions[page.first : page.last]
        ],
        total=len(found.positions),
        wider=len(found.wider),
        page=page,
        windows=[(code, found.windows[w]) for code, w in WINDOWS.items() if found.windows[w]],
        etat=etat,
        kind=kind,
        kinds=sorted({k.value for c in everything for k in c.open_to}),
        topics=topics_offered(snapshot, found.themes, wanted.themes, wanted.territories),
        filtered=bool(etat or kind or wanted.themes or wanted.territories),
        own=own_actors(snapshot),
        done=last_done(),
    )
    return Response(html, wrong.status if wrong else 200, mimetype="text/html")


@bp.get("/appels/<path:id_>")
@policy(Action.READ)
def call(id_: str) -> str:
    """One call."""
    snapshot = served().snapshot
    k = known_record(snapshot, RecordKind.CALL, id_)
    return render_template(
        "call.html",
        line=_line(snapshot, snapshot.call(k)),
        record=snapshot.call(k),
        mine=may(Action.PUBLISH),
        own=own_actors(snapshot),
        key=new_key(),
        done=last_done(),
    )


@bp.get("/acteurs/<path:id_>/financements")
@policy(Action.READ)
def fitting(id_: str) -> str:
    """Which calls an actor may answer, and which funders it may ask, with the reasons."""
    snapshot, today = served().snapshot, services().today()
    i = known_actor(snapshot, id_)
    found = calls_for(snapshot, i, today)
    return render_template(
        "actor_calls.html",
        actor=snapshot.actor(i),
        calls=[
            (fit.window.value, _line(snapshot, snapshot.call(fit.position)), call_fit_words(snapshot, fit))
            for fit in found
        ],
        funders=[
            (named_actor(snapshot, snapshot.ids[fit.index]), funder_fit_words(snapshot, fit), fit.already)
            for fit in funders_for(snapshot, i, today)
        ],
        says_too_little=not any(said.themes for said in said_by(snapshot, i, today)),
    )


@bp.get("/publier/appel")
@policy(Action.PUBLISH)
def new_call() -> str:
    """An empty form; agents only."""
    return empty_form(CALL, {})


@bp.post("/publier/appel")
@policy(Action.PUBLISH)
def publish_one() -> Response | AnyResponse:
    """Publish, or the form again with what is wrong."""
    return publish_sent(CALL)


@bp.get("/appels/<path:id_>/modifier")
@policy(Action.PUBLISH)
def edit_form(id_: str) -> str:
    """The form of a call, as it is now."""
    return filled_form(CALL, id_)


@bp.post("/appels/<path:id_>/modifier")
@policy(Action.PUBLISH)
def edit_one(id_: str) -> Response | AnyResponse:
    """Keep the changes of a call."""
    return edit_sent(CALL, id_)


@bp.post("/appels/<path:id_>/retirer")
@policy(Action.PUBLISH)
def withdraw(id_: str) -> AnyResponse:
    """Taken off the list; its history stays."""
    try:
        before: Stored[Call] = stored(RecordKind.CALL, id_)
    except UnknownRecord:
        return nothing_left_to_do(RecordKind.CALL, id_, "calls.calls")
    written = write(withdrawal(before), key=sound_key(request.form.get("key")))
    tell("withdrawn", RecordKind.CALL, before.record.id, before.record.title, written)
    return redirect(url_for("calls.calls"), 303)


def _wanted() -> tuple[Wanted, str, str]:
    """What the address asks, with the codes of the state and of the kind of actor. Raises InvalidValue."""
    etat, kind = request.args.get("etat", ""), request.args.get("pour", "")
    if etat and etat not in WINDOWS:
        raise InvalidValue("filtre", "etat", etat[:80], "unknown_code")
    if kind and kind not in list(ActorKind):
        raise InvalidValue("filtre", "pour", kind[:80], "unknown_code")
    return (
        Wanted(
            themes=texts("theme"),
            territories=texts("territoire"),
            windows=(WINDOWS[etat],) if etat else (),
            kinds=(ActorKind(kind),) if kind else (),
        ),
        etat,
        kind,
    )


def _line(snapshot: Snapshot, record: Call, concern: Concern | None = None) -> dict[str, object]:
    today = services().today()
    funder: Named | None = named_actor(snapshot, record.funder) if record.funder else None
    return {
        "call": record,
        "funder": funder,
        "window": window_of(record, today).value,
        "days": (record.closes_on.last_day - today).days if record.closes_on else None,
        "themes": named_themes(snapshot, record.themes),
        "places": named_places(snapshot, record.territories),
        "wider": wider_words(snapshot, concern),
    }
