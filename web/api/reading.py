"""Reading the network from another program: search, one actor, health."""

from dataclasses import asdict

from flask import Blueprint, Response, jsonify, request

from graphsvc.analytics.health import network_health
from graphsvc.domain.errors import InvalidValue
from graphsvc.domain.serial import to_data
from graphsvc.search import known_actor, search
from web.permissions import Action, policy
from web.shown import served, services
from web.suggestion_data import actor_data
from web.views.coordination.health import asked_day

bp = Blueprint("api", __name__, url_prefix="/api/v1")
MOST = 100


@bp.get("/search")
@policy(Action.READ)
def find() -> Response:
    """`[{"id", "name", "kind", "place"}]`, best first, for `q`; `limit` from 1 to 100."""
    snapshot = served().snapshot
    hits = search(snapshot, request.args.get("q", "")[:200], limit=whole("limit", 20))
    return jsonify([actor_data(snapshot, hit.index) for hit in hits])


@bp.get("/actors/<path:id_>")
@policy(Action.READ)
def actor(id_: str) -> Response:
    """One actor as recorded, its number of live ties and its neighbours."""
    snapshot, today = served().snapshot, services().today()
    i = known_actor(snapshot, id_)
    neighbours = snapshot.ties(today).neighbours(i).tolist()
    return jsonify(
        {
            **to_data(snapshot.actor(i)),
            "ties": len(neighbours),
            "neighbours": [actor_data(snapshot, j) for j in neighbours],
        }
    )


@bp.get("/health")
@policy(Action.READ)
def health() -> Response:
    """The figures of the network today, or at the end of `at` (2012, 2012-05 or 2012-05-31)."""
    snapshot, day = served().snapshot, asked_day("at") or services().today()
    return jsonify({"at": day.isoformat(), **asdict(network_health(snapshot, day))})


def whole(name: str, default: int) -> int:
    """A whole number from 1 to 100 of the query. Raises InvalidValue."""
    given = request.args.get(name, str(default))
    if not (given.isascii() and given.isdigit() and len(given) <= 3 and 1 <= int(given) <= MOST):
        raise InvalidValue("query", name, given[:80], "whole_number")
    return int(given)
