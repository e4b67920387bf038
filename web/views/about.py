"""What the site is, where its data come from, and whether it is well."""

from typing import Any

from flask import Blueprint, Response, jsonify, make_response, render_template

from graphsvc.domain.errors import StoreError
from web.permissions import Action, policy
from web.shown import served, services
from web.words.source_titles import SOURCE_TITLES

bp = Blueprint("about", __name__)


@bp.get("/a-propos")
@policy(Action.READ)
def about() -> str:
    """What the words mean, and where the data come from."""
    served()
    return render_template("about.html", source_titles=SOURCE_TITLES, order=services().order.sentence)


@bp.get("/sante")
@policy(Action.READ)
def health() -> Response:
    """Whether pages can be served and the store answers: 200, or 503 when there is nothing to serve."""
    answer: dict[str, Any]
    try:
        shown = services().served()
        status, answer = (
            200,
            {"status": "ok" if shown.fresh else "stale", "revision": shown.snapshot.revision},
        )
        answer |= {"store": shown.fresh, "as_of": shown.as_of.isoformat(timespec="seconds")}
    except StoreError:
        status, answer = 503, {"status": "down", "store": False}
    response = make_response(jsonify(answer), status)
    response.headers["Cache-Control"] = "no-store"
    return response
