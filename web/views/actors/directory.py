"""The directory of actors, and one actor's record."""

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from graphsvc.domain.errors import InvalidValue
from graphsvc.search import Filter, known_actor, nearest_actors, select
from web.permissions import Action, policy
from web.same_for_visitors import same_for_visitors
from web.shown import served, services
from web.views.actors.facets import facets_shown
from web.views.actors.listing import actor_line, page_of
from web.views.actors.record_body import record_body
from web.views.asked import page_number, texts
from web.views.maps.ego import ego_data
from web.views.tally import tally

bp = Blueprint("actors", __name__)
PER_PAGE = 30
_LONGEST = 200


@bp.get("/acteurs")
@policy(Action.READ)
@same_for_visitors
def directory() -> str:
    """Search, filters with counts, and the actors found, by pages."""
    snapshot, today = served().snapshot, services().today()
    wanted = _filter()
    try:
        found = select(snapshot, wanted, today)
    except (ValueError, KeyError) as error:
        raise InvalidValue(
            "filtre", "filtre", str(error.args[0] if error.args else "")[:80], "unknown_code"
        ) from None
    page = page_of(found.total, PER_PAGE, page_number())
    degree = snapshot.ties(today).degree
    lines = [actor_line(snapshot, i, int(degree[i])) for i in found.indices[page.first : page.last]]
    return render_template(
        "directory.html",
        wanted=wanted,
        total=found.total,
        lines=lines,
        page=page,
        tally=tally(snapshot, today),
        facets=facets_shown(snapshot, found.facets),
        near=[] if found.total or not wanted.text else nearest_actors(snapshot, wanted.text),
    )


@bp.get("/acteurs/<path:id_>")
@policy(Action.READ)
def record(id_: str) -> str | AnyResponse:
    """What is known of an actor, how, and since when; whom it could meet."""
    snapshot, today = served().snapshot, services().today()
    i = known_actor(snapshot, id_)
    if snapshot.ids[i] != id_:
        return redirect(url_for("actors.record", id_=snapshot.ids[i]), 302)
    return render_template("record.html", actor=snapshot.actor(i), body=record_body(snapshot, i, today))


@bp.get("/acteurs/<path:id_>/reseau.json")
@policy(Action.READ)
def ego(id_: str) -> Response:
    """The surroundings of an actor, for a drawing: `{"nodes": […], "edges": […]}`."""
    snapshot, today = served().snapshot, services().today()
    steps = request.args.get("pas", "1")
    if steps not in ("1", "2", "3"):
        raise InvalidValue("réseau", "pas", steps[:20], "unknown_code")
    return jsonify(ego_data(snapshot, known_actor(snapshot, id_), today, int(steps)))


def _filter() -> Filter:
    ties = request.args.get("liens")
    if ties not in (None, "", "isolated", "tied"):
        raise InvalidValue("filtre", "liens", (ties or "")[:80], "unknown_code")
    engagement = request.args.get("engagement")
    if engagement not in (None, "", "known", "unknown"):
        raise InvalidValue("filtre", "engagement", (engagement or "")[:80], "unknown_code")
    return Filter(
        text=request.args.get("q", "").strip()[:_LONGEST],
        kinds=texts("type"),
        themes=texts("theme"),
        seats=texts("siege"),
        territories=texts("territoire"),
        roles=texts("role"),
        perimeter=texts("perimetre"),
        isolated={"isolated": True, "tied": False}.get(ties or ""),
        engaged={"known": True, "unknown": False}.get(engagement or ""),
    )
