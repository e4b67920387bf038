"""Experience sheets: what was tried, what worked, what failed; read by all, told by those who did it."""

from collections.abc import Mapping

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from graphsvc.domain.errors import UnknownRecord
from graphsvc.domain.experiences import Experience
from graphsvc.domain.records import RecordKind
from graphsvc.domain.text import sort_key
from graphsvc.ports import Stored
from graphsvc.search import find_place, find_theme, known_record
from graphsvc.snapshot import Snapshot
from graphsvc.usecases.planned import withdrawal
from graphsvc.usecases.share_experience import edit_experience, share
from web.permissions import Action, policy
from web.shown import served, services
from web.views.actors.listing import page_of
from web.views.actors.record_view import Named, named_actor, named_places, named_themes
from web.views.asked import page_number, texts
from web.views.publishing.entry_names import shown_themes
from web.views.publishing.flow import Publication, edit_sent, empty_form, filled_form, publish_sent
from web.views.publishing.forms import ExperienceForm, experience_values
from web.views.publishing.sending import may_change, require_owner
from web.views.publishing.taken_off import nothing_left_to_do
from web.writing import last_done, new_key, sound_key, stored, tell, write

bp = Blueprint("experiences", __name__)
PER_PAGE = 20


def _words(_: Snapshot) -> Mapping[str, object]:
    return {"today": services().today().isoformat()}


EXPERIENCE = Publication(
    RecordKind.EXPERIENCE,
    ExperienceForm,
    "publish_experience.html",
    "experiences.sheet",
    "experiences.sheets",
    "experiences.publish_sheet",
    owned=True,
    values=experience_values,
    publish=lambda snapshot, draft, actor, seed, today: share(
        snapshot, draft, actor=actor, seed=seed, today=today
    ),
    edit=lambda snapshot, before, draft, today, version: edit_experience(
        snapshot, before, draft, today=today, version=version
    ),
    words=_words,
)


@bp.get("/experiences")
@policy(Action.READ)
def sheets() -> str:
    """All sheets, or those on a theme or a territory."""
    snapshot = served().snapshot
    themes = {snapshot.theme_ids[find_theme(snapshot, key)] for key in texts("theme")}
    places = {snapshot.place_ids[find_place(snapshot, key)] for key in texts("territoire")}
    everything = [snapshot.experience(k) for k in range(len(snapshot.experience_ids))]
    found = [e for e in everything if _is_about(snapshot, e, themes, places)]
    found.sort(key=lambda e: (-_year(e), sort_key(e.title)))
    page = page_of(len(found), PER_PAGE, page_number())
    return render_template(
        "experiences.html",
        lines=[
            (e, _owner(snapshot, e), named_themes(snapshot, e.themes), named_places(snapshot, e.territories))
            for e in found[page.first : page.last]
        ],
        total=len(found),
        page=page,
        theme_choices=_theme_choices(snapshot, everything),
        chosen=themes,
        filtered=bool(themes or places),
        done=last_done(),
    )


@bp.get("/experiences/<path:id_>")
@policy(Action.READ)
def sheet(id_: str) -> str:
    """One sheet."""
    snapshot = served().snapshot
    k = known_record(snapshot, RecordKind.EXPERIENCE, id_)
    record = snapshot.experience(k)
    return render_template(
        "experience.html",
        record=record,
        owner=_owner(snapshot, record),
        themes=named_themes(snapshot, record.themes),
        places=named_places(snapshot, record.territories),
        mine=may_change(record.actor),
        key=new_key(),
        done=last_done(),
    )


@bp.get("/publier/experience")
@policy(Action.OWN_ACCOUNT)
def new_sheet() -> str:
    """An empty form."""
    return empty_form(EXPERIENCE, {"actor": request.args.get("acteur", "")[:200]})


@bp.post("/publier/experience")
@policy(Action.OWN_ACCOUNT)
def publish_sheet() -> Response | AnyResponse:
    """Publish, or the form again with what is wrong."""
    return publish_sent(EXPERIENCE)


@bp.get("/experiences/<path:id_>/modifier")
@policy(Action.OWN_ACCOUNT)
def edit_form(id_: str) -> str:
    """The form of a sheet, as it is now."""
    return filled_form(EXPERIENCE, id_)


@bp.post("/experiences/<path:id_>/modifier")
@policy(Action.OWN_ACCOUNT)
def edit_sheet(id_: str) -> Response | AnyResponse:
    """Keep the changes of a sheet."""
    return edit_sent(EXPERIENCE, id_)


@bp.post("/experiences/<path:id_>/retirer")
@policy(Action.OWN_ACCOUNT)
def withdraw(id_: str) -> AnyResponse:
    """Taken off the list; its history stays."""
    try:
        before: Stored[Experience] = stored(RecordKind.EXPERIENCE, id_)
    except UnknownRecord:
        return nothing_left_to_do(RecordKind.EXPERIENCE, id_, "experiences.sheets")
    require_owner(before.record.actor)
    written = write(withdrawal(before), key=sound_key(request.form.get("key")))
    tell("withdrawn", RecordKind.EXPERIENCE, before.record.id, before.record.title, written)
    return redirect(url_for("experiences.sheets"), 303)


def _owner(snapshot: Snapshot, record: Experience) -> Named | None:
    return named_actor(snapshot, record.actor) if record.actor else None


def _year(record: Experience) -> int:
    day = record.end or record.start
    return day.year if day is not None else 0


def _is_about(snapshot: Snapshot, record: Experience, themes: set[str], places: set[str]) -> bool:
    own_themes = {
        snapshot.theme_ids[a]
        for key in record.themes
        if (t := snapshot.theme_index(key)) is not None
        for a in snapshot.theme_ancestors(t)
    }
    own_places = {
        snapshot.place_ids[a]
        for key in record.territories
        if (p := snapshot.place_index(key)) is not None
        for a in snapshot.ancestors(p)
    }
    return (not themes or bool(themes & own_themes)) and (not places or bool(places & own_places))


def _theme_choices(snapshot: Snapshot, records: list[Experience]) -> list[tuple[str, str, int]]:
    """The themes of the sheets: code, name, number of sheets."""
    counts: dict[str, int] = {}
    for record in records:
        for key in record.themes:
            counts[key] = counts.get(key, 0) + 1
    names = shown_themes(snapshot, counts)
    return sorted(((c, names[c], n) for c, n in counts.items()), key=lambda t: (-t[2], sort_key(t[1])))
