"""Search of the whole site: a page that answers without script, and the answers that come as one types."""

from flask import Blueprint, Response, jsonify, render_template, request

from graphsvc.domain.errors import StoreError
from graphsvc.domain.text import fold
from graphsvc.search import Filter, nearest_actors, select
from web.permissions import Action, policy
from web.shown import served, services
from web.site_search import LONGEST, alike, pages_found, places_found, suggestions, themes_found
from web.views.actors.listing import actor_line

bp = Blueprint("search", __name__)
_ACTORS, _TOPICS = 12, 8


@bp.get("/recherche")
@policy(Action.READ)
def results() -> str:
    """What answers to `q`, by sort: actors, territories, themes, pages."""
    snapshot, today = served().snapshot, services().today()
    text = request.args.get("q", "").strip()[:LONGEST]
    found = select(snapshot, Filter(text=text), today) if fold(text) or text else None
    degree = snapshot.ties(today).degree
    return render_template(
        "search.html",
        text=text,
        total=found.total if found else 0,
        lines=[actor_line(snapshot, i, int(degree[i])) for i in found.indices[:_ACTORS]] if found else [],
        places=places_found(snapshot, text, _TOPICS) if text else [],
        themes=themes_found(snapshot, text, _TOPICS) if text else [],
        site_pages=list(pages_found(fold(text))) if text else [],
        near=[] if found is None or found.total else nearest_actors(snapshot, text),
        alike=alike(snapshot, text) if text else [],
    )


@bp.get("/recherche/suggestions.json")
@policy(Action.READ)
def as_one_types() -> Response:
    """`[{"name", "sort", "address"}]` for `q`, a dozen at most; pages alone while there are no data."""
    try:
        snapshot = served().snapshot
    except StoreError:
        snapshot = None
    found = suggestions(snapshot, request.args.get("q", ""))
    return jsonify([{"name": f.name, "sort": f.sort, "address": f.address} for f in found])
