"""The coordination's workspace for another program: work list, bridges, what-if, changes.

Counts are for everybody; names for agents and the coordination, and for members those of their own actors.
"""

from flask import Blueprint, Response, jsonify, request

from graphsvc.analytics.timeline import changes
from graphsvc.domain.errors import InvalidValue
from web.coordination_data import best_links_data, changes_data, what_if_data, work_item_data
from web.link_lines import MOST_LINES, read_link
from web.permissions import Action, may, policy
from web.shown import served, services
from web.views.actors.listing import page_of
from web.views.asked import page_number
from web.views.coordination.bridge_cards import bridges_of
from web.views.coordination.health import asked_day
from web.views.coordination.imagined import imagine
from web.views.coordination.links import best_set, read_budget
from web.views.coordination.work_filters import asked, counts

bp = Blueprint("api_coordination", __name__, url_prefix="/api/v1")
PER_PAGE = 50


@bp.get("/isolated")
@policy(Action.READ)
def isolated() -> Response:
    """The counts, and the actors one may see by name with their bridges: `page`, `all=1`, and the filters of
    the page (`etat`, `type`, `theme`, `territoire`).

    `{"total", "states", "page", "pages", "items": [{"actor", "state", "because", …, "bridges"}]}`.
    """
    snapshot, today = served().snapshot, services().today()
    everyone = request.args.get("all") == "1"
    wanted, found = asked(), counts(snapshot, today, everyone)
    named = services().work_lists.of(snapshot, today).in_calling_order[everyone]
    seen = [
        item
        for item in wanted.choice.among(snapshot, named)
        if may(Action.SEE_WORK_LIST, snapshot.ids[item.index])
    ]
    page = page_of(len(seen), PER_PAGE, page_number())
    shown = seen[page.first : page.last]
    met = {item.index: bridges_of(snapshot, item.index, today) for item in shown}
    return jsonify(
        {
            "total": found.total,
            "states": dict(found.states),
            "kinds": dict(found.kinds),
            "in_our_data_only": found.doubtful,
            "page": page.number,
            "pages": page.count,
            "items": [work_item_data(snapshot, item, *met[item.index], _lang()) for item in shown],
        }
    )


@bp.get("/bridges")
@policy(Action.SEE_WORK_LIST)
def bridges() -> Response:
    """The `budget` links (1 to 50) that would do the network most good, with the gain of each; `all=1`."""
    snapshot, today = served().snapshot, services().today()
    found = best_set(snapshot, today, read_budget(), request.args.get("all") == "1")
    return jsonify(best_links_data(snapshot, today, found, _lang()))


@bp.get("/what-if")
@policy(Action.SEE_WORK_LIST)
def what_if() -> Response:
    """The figures before and after the links of `link` (`ONE=OTHER`, repeated), at a date `at` if given."""
    snapshot = served().snapshot
    lines = request.args.getlist("link")
    if len(lines) > MOST_LINES:
        raise InvalidValue("plan", "link", len(lines), "too_many_links")
    pairs = tuple(read_link(snapshot, line[:1_000]) for line in lines)
    day = asked_day("at") or services().today()
    return jsonify(what_if_data(snapshot, day, imagine(snapshot, day, pairs)))


@bp.get("/changes")
@policy(Action.READ)
def what_changed() -> Response:
    """Ties and actors that appeared and ended between the days `from` (required) and `to` (today)."""
    snapshot = served().snapshot
    since, until = asked_day("from"), asked_day("to") or services().today()
    if since is None:
        raise InvalidValue("query", "from", "", "required")
    return jsonify(changes_data(snapshot, changes(snapshot, since, until)))


def _lang() -> str:
    return "en" if request.args.get("lang") == "en" else "fr"
