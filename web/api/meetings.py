"""Meetings and territory sheets for other programs: the keys of `maillage meeting`, and a sheet."""

from typing import Any

from flask import Blueprint, Response, jsonify, request

from graphsvc.domain.errors import InvalidValue
from graphsvc.domain.serial import to_data
from graphsvc.search import find_place
from graphsvc.snapshot import Snapshot
from graphsvc.usecases.meetings import followed
from matcher.meetings.guests import DEFAULT_SIZE, MeetingRequest
from matcher.meetings.meeting import plan_meeting
from matcher.places.territory_sheet import SheetRow, territory_sheet
from web.declined import declined_pairs
from web.permissions import Action, policy
from web.shown import served, services
from web.views.asked import texts
from web.views.meetings.kept import event_of
from web.words.meetings import meeting_data

bp = Blueprint("api_meetings", __name__, url_prefix="/api/v1")


@bp.get("/meeting")
@policy(Action.STEER)
def meeting() -> Response:
    """`{"guests", "tables", "notes"…}` for `theme`, `territory`, `area` (repeatable), `size`, `tables`,
    `everyone=1`, `on_topic_only=1`.
    """
    snapshot, today = served().snapshot, services().today()
    wanted = MeetingRequest(
        texts("theme"),
        texts("territory"),
        texts("area"),
        size if (size := _whole("size")) is not None else DEFAULT_SIZE,
        _whole("tables"),
        request.args.get("everyone") == "1",
        request.args.get("on_topic_only") != "1",
    )
    found = plan_meeting(snapshot, wanted, today, declined=declined_pairs(services().private, snapshot))
    return jsonify(meeting_data(snapshot, found, request.args.get("lang", "fr")))


@bp.get("/meetings/<path:id_>")
@policy(Action.STEER)
def kept_meeting(id_: str) -> Response:
    """A meeting as recorded, and what became of its introductions."""
    snapshot, today = served().snapshot, services().today()
    event = event_of(snapshot, id_)
    told = [
        {
            "actors": [snapshot.ids[f.one], snapshot.ids[f.other]],
            "introduced_on": str(f.on) if f.on else None,
            "cooperating": f.tied,
            "since": f.since.isoformat() if f.since else None,
        }
        for f in followed(snapshot, event, today)
    ]
    return jsonify({**to_data(event), "introductions": told})


@bp.get("/territories/<path:id_>/sheet")
@policy(Action.READ)
def sheet(id_: str) -> Response:
    """Everyone acting in a territory (code or name): since when, on what, with whom, who pays."""
    snapshot, today = served().snapshot, services().today()
    place = find_place(snapshot, id_[:200])
    found = territory_sheet(snapshot, place, today)
    return jsonify(
        {
            "territory": {"id": snapshot.place_ids[place], "name": snapshot.place(place).name},
            "at": today.isoformat(),
            "actors": [_row(snapshot, row) for row in found.rows],
            "past": [{**_actor(snapshot, i), "last_year": year} for i, year in found.past],
            "cooperating_pairs": found.tied,
            "possible_pairs": found.pairs,
            "documented": [found.first, found.last],
        }
    )


def _row(snapshot: Snapshot, row: SheetRow) -> dict[str, Any]:
    return {
        **_actor(snapshot, row.index),
        "side": row.side.value,
        "territories": [snapshot.place_ids[p] for p in row.places],
        "since": row.since,
        "confirmed": row.confirmed,
        "succeeds": None if row.via is None else snapshot.ids[row.via],
        "means_only": row.means_only,
        "themes": [snapshot.theme_ids[t] for t in row.themes],
        "partners": [_actor(snapshot, i) for i in row.partners],
        "payers": [_actor(snapshot, i) for i in row.payers],
    }


def _actor(snapshot: Snapshot, i: int) -> dict[str, Any]:
    return {"id": snapshot.ids[i], "name": snapshot.name(i), "kind": snapshot.actor(i).kind.value}


def _whole(name: str) -> int | None:
    given = request.args.get(name)
    if given is None:
        return None
    if not (given.isascii() and given.isdigit() and len(given) <= 4):
        raise InvalidValue("meeting", name, given[:20], f"meeting_{name}")
    return int(given)
