"""Experience sheets: what was tried, what worked, what failed; read by all, told by those who did it."""

from collections.abc import Mapping

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from graphsvc.domain.errors import AmbiguousName, UnknownRecord
from graphsvc.domain.experiences import Experience
from graphsvc.domain.records import RecordKind
from graphsvc.ports import Stored
from graphsvc.search import known_record
from graphsvc.snapshot import Snapshot
from graphsvc.usecases.concern import Concern
from graphsvc.usecases.planned import withdrawal
from graphsvc.usecases.published_lists import Wanted, find_experiences
from graphsvc.usecases.share_experience import edit_experience, share
from web.permissions import Action, policy
from web.shown import served, services
from web.views.actors.listing import page_of
from web.views.actors.record_view import Named, named_actor, named_places, named_themes
from web.views.asked import page_number, texts
from web.views.publishing.flow import Publication, edit_sent, empty_form, filled_form, publish_sent
from web.views.publishing.forms import ExperienceForm, experience_values
from web.views.publishing.sending import may_change, require_owner
from web.views.publishing.taken_off import nothing_left_to_do
from web.views.publishing.topic_filters import mistaken, topics_offered, wider_words
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
def sheets() -> Response:
    """All sheets, or those that concern a theme (`theme`) or a territory (`territoire`).

    A theme or territory that nobody knows is said so, above all the others, with the nearest.
    """
    snapshot = served().snapshot
    wanted = Wanted(themes=texts("theme"), territories=texts("territoire"))
    wrong = None
    try:
        found = find_experiences(snapshot, wanted)
    except (UnknownRecord, AmbiguousName) as error:
        wrong, wanted = mistaken(snapshot, error), Wanted()
        found = find_experiences(snapshot, wanted)
    page = page_of(len(found.positions), PER_PAGE, page_number())
    html = render_template(
        "experiences.html",
        wrong=wrong,
        lines=[
            _line(snapshot, snapshot.experience(k), found.wider.get(k))
            for k in found.positions[page.first : page.last]
        ],
        total=len(found.positions),
        wider=len(found.wider),
        page=page,
        topics=topics_offered(snapshot, found.themes, wanted.themes, wanted.territories),
        filtered=bool(wanted.themes or wanted.territories),
        done=last_done(),
    )
    return Response(html, wrong.status if wrong else 200, mimetype="text/html")


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


def _line(snapshot: Snapshot, record: Experience, concern: Concern | None) -> dict[str, object]:
    return {
        "sheet": record,
        "owner": _owner(snapshot, record),
        "themes": named_themes(snapshot, record.themes),
        "places": named_places(snapshot, record.territories),
        "wider": wider_words(snapshot, concern),
    }
