"""Calls for projects: who pays, who may answer, until when; and which ones an actor may answer."""

from collections.abc import Mapping

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from graphsvc.domain.actors import ActorKind
from graphsvc.domain.calls import Call
from graphsvc.domain.errors import InvalidValue, UnknownRecord
from graphsvc.domain.records import RecordKind
from graphsvc.domain.text import sort_key
from graphsvc.ports import Stored
from graphsvc.search import find_theme, known_actor, known_record
from graphsvc.snapshot import Snapshot
from graphsvc.usecases.common_topics import said_by
from graphsvc.usecases.fitting_calls import Window, calls_for, window_of
from graphsvc.usecases.fitting_funders import funders_for
from graphsvc.usecases.planned import withdrawal
from graphsvc.usecases.publish_call import edit_call, publish_call
from web.labels import label
from web.permissions import Action, may, policy
from web.shown import served, services
from web.views.actors.listing import page_of
from web.views.actors.record_view import Named, named_actor, named_places, named_themes
from web.views.asked import page_number, texts
from web.views.publishing.entry_names import shown_themes
from web.views.publishing.fitting_words import call_fit_words, funder_fit_words
from web.views.publishing.flow import Publication, edit_sent, empty_form, filled_form, publish_sent
from web.views.publishing.forms import CallForm, call_values
from web.views.publishing.sending import own_actors
from web.views.publishing.taken_off import nothing_left_to_do
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
def calls() -> str:
    """The calls, open ones first by deadline; filters: `etat`, `theme`, `pour` (a kind of actor)."""
    snapshot, today = served().snapshot, services().today()
    etat, kind = request.args.get("etat", ""), request.args.get("pour", "")
    if (etat and etat not in WINDOWS) or (kind and kind not in list(ActorKind)):
        raise InvalidValue(
            "filtre", "etat" if etat and etat not in WINDOWS else "pour", kind or etat, "unknown_code"
        )
    themes = {find_theme(snapshot, key) for key in texts("theme")}
    everything = [snapshot.call(k) for k in range(len(snapshot.call_ids))]
    found = [c for c in everything if _passes(snapshot, c, kind, themes)]
    counts = {code: sum(window_of(c, today) is w for c in found) for code, w in WINDOWS.items()}
    if etat:
        found = [c for c in found if window_of(c, today) is WINDOWS[etat]]
    found.sort(key=lambda c: _by_deadline(c, window_of(c, today)))
    page = page_of(len(found), PER_PAGE, page_number())
    return render_template(
        "calls.html",
        lines=[_line(snapshot, c) for c in found[page.first : page.last]],
        total=len(found),
        page=page,
        windows=[(code, counts[code]) for code in WINDOWS if counts[code]],
        etat=etat,
        kind=kind,
        kinds=sorted({k.value for c in everything for k in c.open_to}),
        themes=sorted({t for c in everything for t in c.themes}),
        theme_names=dict(_theme_pairs(snapshot, everything)),
        chosen=[snapshot.theme_ids[t] for t in themes],
        filtered=bool(etat or kind or themes),
        own=own_actors(snapshot),
        done=last_done(),
    )


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


def _passes(snapshot: Snapshot, record: Call, kind: str, themes: set[int]) -> bool:
    if kind and record.open_to and kind not in record.open_to:
        return False
    if not themes:
        return True
    own = {t for key in record.themes if (t := snapshot.theme_index(key)) is not None}
    return bool(themes & {a for t in own for a in snapshot.theme_ancestors(t)})


def _by_deadline(record: Call, window: Window) -> tuple[int, bool, int, str]:
    ends = record.closes_on.last_day.toordinal() if record.closes_on else 0
    sign = -1 if window is Window.PAST else 1
    return list(Window).index(window), record.closes_on is None, sign * ends, record.title


def _line(snapshot: Snapshot, record: Call) -> dict[str, object]:
    today = services().today()
    funder: Named | None = named_actor(snapshot, record.funder) if record.funder else None
    return {
        "call": record,
        "funder": funder,
        "window": window_of(record, today).value,
        "days": (record.closes_on.last_day - today).days if record.closes_on else None,
        "themes": named_themes(snapshot, record.themes),
        "places": named_places(snapshot, record.territories),
    }


def _theme_pairs(snapshot: Snapshot, records: list[Call]) -> list[tuple[str, str]]:
    codes = sorted({t for c in records for t in c.themes})
    return list(shown_themes(snapshot, codes).items())
