"""Groups for other programs: pooling, triangles, convergences, places, gaps, cooperations to revive.

The keys are those of the command line. What names actors in a work list asks for the right to see it;
`format=csv` answers a table.
"""

from datetime import date
from typing import Any

from flask import Blueprint, Response, jsonify, request

from graphsvc.domain.errors import InvalidValue
from graphsvc.exchange.csv_text import csv_text, safe_cells
from graphsvc.search import find_actor
from graphsvc.snapshot import Snapshot
from matcher.groups.convergences import Scope, convergences
from matcher.groups.dormant import dormant_links
from matcher.groups.pooling import pool_groups
from matcher.groups.triangles import triangles
from matcher.places.concentration import concentration
from matcher.places.gaps import missing_themes, unmet_needs
from web.group_documents import (
    Document,
    convergence_document,
    dormant_document,
    load_document,
    missing_document,
    need_document,
    pool_document,
    said,
    triangle_document,
)
from web.group_questions import day_asked, need_asked
from web.permissions import Action, policy
from web.shown import served, services
from web.views.asked import texts

bp = Blueprint("api_groups", __name__, url_prefix="/api/v1")
MOST = 200


@bp.get("/announcements/<path:id_>/groups")
@policy(Action.READ)
def announcement_groups(id_: str) -> Response:
    """`{"groups", "notes"}`: who could answer it together; `actor`, `theme`, `territory`, `top`."""
    return _pools(id_)


@bp.get("/pools")
@policy(Action.READ)
def pools() -> Response:
    """The same for a need told in codes: `nature` (required), `theme`, `territory`, `actor`, `top`."""
    return _pools(None)


@bp.get("/triangles")
@policy(Action.READ)
def triangle_groups() -> Response:
    """Triangles, best first; `actor`: one of the three; `at`, `top`."""
    snapshot, day = _asked()
    found = triangles(snapshot, day, around=_actor(snapshot), top=_top(20))
    return _answer([triangle_document(snapshot, group, _lang()) for group in found])


@bp.get("/convergences")
@policy(Action.SEE_WORK_LIST)
def convergence_groups() -> Response:
    """Convergences, best first; `theme`, `territory`, `everyone=1`, `at`, `top`."""
    snapshot, day = _asked()
    scope = Scope(_actor(snapshot), texts("theme"), texts("territory"), request.args.get("everyone") == "1")
    found = convergences(snapshot, day, scope, top=_top(50))
    return _answer([convergence_document(snapshot, group, _lang()) for group in found])


@bp.get("/actors/<path:id_>/convergences")
@policy(Action.SEE_WORK_LIST, subject="id_")
def actor_convergences(id_: str) -> Response:
    """Those of one actor."""
    snapshot, day = _asked()
    scope = Scope(find_actor(snapshot, id_), texts("theme"), texts("territory"))
    found = convergences(snapshot, day, scope, top=_top(50))
    return _answer([convergence_document(snapshot, group, _lang()) for group in found])


@bp.get("/dormant")
@policy(Action.SEE_WORK_LIST)
def dormant_groups() -> Response:
    """Cooperations to revive, best first; `actor`, `at`, `top`."""
    snapshot, day = _asked()
    found = dormant_links(snapshot, day, around=_actor(snapshot), top=_top(50))
    return _answer([dormant_document(snapshot, group, _lang()) for group in found])


@bp.get("/actors/<path:id_>/dormant")
@policy(Action.SEE_WORK_LIST, subject="id_")
def actor_dormant(id_: str) -> Response:
    """Those of one actor."""
    snapshot, day = _asked()
    found = dormant_links(snapshot, day, around=find_actor(snapshot, id_), top=_top(50))
    return _answer([dormant_document(snapshot, group, _lang()) for group in found])


@bp.get("/concentration")
@policy(Action.SEE_WORK_LIST)
def place_loads() -> Response:
    """How places stand; `territory`, `at`."""
    snapshot, day = _asked()
    found = concentration(snapshot, day, territories=texts("territory"))
    return _answer([load_document(snapshot, load, _lang()) for load in found])


@bp.get("/gaps")
@policy(Action.SEE_WORK_LIST)
def gap_list() -> Response:
    """Needs without an offer, then themes missing at partner places; `theme`, `territory`, `at`."""
    snapshot, day = _asked()
    themes, places = texts("theme"), texts("territory")
    needs = [] if places else unmet_needs(snapshot, day, themes=themes)
    cells = missing_themes(snapshot, day, themes=themes, territories=places)
    found = [need_document(snapshot, gap, _lang()) for gap in needs]
    return _answer([*found, *(missing_document(snapshot, gap, _lang()) for gap in cells)])


def _pools(announcement: str | None) -> Response:
    snapshot, today = served().snapshot, services().today()
    need = need_asked(
        snapshot,
        announcement,
        nature=request.args.get("nature"),
        actor=request.args.get("actor") or None,
        themes=texts("theme"),
        territories=texts("territory"),
    )
    found = pool_groups(snapshot, need, today=today, top=_top(5))
    groups = [pool_document(snapshot, group, _lang()) for group in found.groups]
    if request.args.get("format") == "csv":
        return _answer(groups)
    return jsonify({"groups": groups, "notes": said(found.notes, _lang())})


def _asked() -> tuple[Snapshot, date]:
    return served().snapshot, day_asked(request.args.get("at"), services().today())


def _actor(snapshot: Snapshot) -> int | None:
    key = request.args.get("actor", "").strip()[:200]
    return find_actor(snapshot, key) if key else None


def _lang() -> str:
    return "en" if request.args.get("lang") == "en" else "fr"


def _top(default: int) -> int:
    given = request.args.get("top", str(default))
    if not (given.isascii() and given.isdigit() and len(given) <= 3 and 1 <= int(given) <= MOST):
        raise InvalidValue("query", "top", given[:80], "whole_number")
    return int(given)


def _answer(found: list[Document]) -> Response:
    if request.args.get("format") != "csv":
        return jsonify(found)
    columns = ("score", "members", "roles", "themes", "territories", "reasons")
    text = csv_text([columns, *(safe_cells(_row(group)) for group in found)], end="\n")
    return Response(text, content_type="text/csv; charset=utf-8")


def _row(group: dict[str, Any]) -> list[object]:
    members = group["members"]
    place = group.get("territory")
    return [
        group.get("score", group.get("count")),
        " ; ".join(m["name"] for m in members),
        "|".join(m.get("role", "") for m in members),
        "|".join(group.get("themes", ())),
        place["id"] if place else "|".join(group["territories"]),
        " ".join(r["text"] for r in group["reasons"]),
    ]
