"""Reading what is published from another program: announcements, sheets, calls and whom they fit."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from flask import Blueprint, Response, jsonify, request

from graphsvc.analytics.facts import Fact
from graphsvc.domain.actors import ActorKind
from graphsvc.domain.announcements import Announcement, Direction, Nature
from graphsvc.domain.calls import Call
from graphsvc.domain.errors import InvalidValue, StoreError, UnknownRecord
from graphsvc.domain.experiences import Experience
from graphsvc.domain.records import RecordKind
from graphsvc.domain.serial import to_data
from graphsvc.search import find_place, find_theme, known_actor, known_record
from graphsvc.snapshot import Snapshot
from graphsvc.usecases.announcement_board import ANSWERABLE, Standing, Wanted, find_announcements, standing_of
from graphsvc.usecases.fitting_calls import Window, calls_for, window_of
from graphsvc.usecases.fitting_funders import funders_for
from web.permissions import Action, may, policy
from web.shown import served, services
from web.views.actors.listing import page_of
from web.views.asked import page_number, texts
from web.views.publishing.fitting_words import fact_text
from web.writing import stored

bp = Blueprint("api_publications", __name__, url_prefix="/api/v1")
PER_PAGE, MOST_KM = 50, 500


@bp.get("/announcements")
@policy(Action.READ)
def announcements() -> Response:
    """The board: `direction`, `nature`, `theme`, `territory`, `near` and `km`, `actor`, `page`, `standing`
    (default: those one may answer; `all`).

    `{"total", "page", "pages", "announcements": […], "facets"}`; an announcement for what contains a place
    asked for has that key in `for_whole`.
    """
    snapshot, today = served().snapshot, services().today()
    found = find_announcements(snapshot, _wanted(), today)
    page = page_of(found.total, PER_PAGE, page_number())
    shown = found.positions[page.first : page.last]
    return jsonify(
        {
            "total": found.total,
            "page": page.number,
            "pages": page.count,
            "announcements": [
                announcement_data(
                    snapshot, snapshot.announcement(k), found.distances.get(k), found.wider.get(k)
                )
                for k in shown
            ],
            "facets": {name: dict(counts) for name, counts in found.facets.items()},
        }
    )


@bp.get("/announcements/<path:id_>")
@policy(Action.READ)
def announcement(id_: str) -> Response:
    """One announcement, and who took it up if it is a recorded need."""
    snapshot = served().snapshot
    record: Announcement = _record(snapshot, RecordKind.ANNOUNCEMENT, id_)
    everything = (snapshot.announcement(k) for k in range(len(snapshot.announcement_ids)))
    taken_up = [a.id for a in everything if a.adopts == record.id]
    data = {**announcement_data(snapshot, record), "adopted_by": taken_up}
    return _one(RecordKind.ANNOUNCEMENT, record.id, record.actor, data)


@bp.get("/experiences")
@policy(Action.READ)
def experiences() -> Response:
    """The sheets on a `theme` or a `territory`, or all."""
    snapshot = served().snapshot
    records = [snapshot.experience(k) for k in range(len(snapshot.experience_ids))]
    found = _about(snapshot, records)
    return _paged("experiences", [experience_data(snapshot, e) for e in found])


@bp.get("/experiences/<path:id_>")
@policy(Action.READ)
def experience(id_: str) -> Response:
    """One sheet."""
    snapshot = served().snapshot
    record: Experience = _record(snapshot, RecordKind.EXPERIENCE, id_)
    return _one(RecordKind.EXPERIENCE, record.id, record.actor, experience_data(snapshot, record))


@bp.get("/calls")
@policy(Action.READ)
def calls() -> Response:
    """The calls by deadline: `window` (`open`, `upcoming`, `past`), `theme`, `territory`, `kind`."""
    snapshot, today = served().snapshot, services().today()
    windows, kinds = _codes("window", list(Window)), _codes("kind", list(ActorKind))
    found = _about(snapshot, [snapshot.call(k) for k in range(len(snapshot.call_ids))])
    found = [c for c in found if not windows or window_of(c, today) in windows]
    found = [c for c in found if not kinds or not c.open_to or set(kinds) & set(c.open_to)]
    found.sort(key=lambda c: (list(Window).index(window_of(c, today)), str(c.closes_on or "9999"), c.id))
    return _paged("calls", [call_data(snapshot, c) for c in found])


@bp.get("/calls/<path:id_>")
@policy(Action.READ)
def call(id_: str) -> Response:
    """One call."""
    snapshot = served().snapshot
    record: Call = _record(snapshot, RecordKind.CALL, id_)
    return _one(RecordKind.CALL, record.id, None, call_data(snapshot, record))


@bp.get("/actors/<path:id_>/calls")
@policy(Action.READ)
def fitting(id_: str) -> Response:
    """The calls an actor may answer, the funders it may ask: `{"calls": […], "funders": […]}`, with why."""
    snapshot, today = served().snapshot, services().today()
    i = known_actor(snapshot, id_)
    return jsonify(
        {
            "calls": [
                {
                    **call_data(snapshot, snapshot.call(fit.position)),
                    "because": _told(snapshot, fit.because),
                    "unknown": _told(snapshot, fit.unknown),
                }
                for fit in calls_for(snapshot, i, today)
            ],
            "funders": [
                {
                    "actor": _actor(snapshot, snapshot.ids[fit.index]),
                    "score": round(fit.score, 6),
                    "already": fit.already,
                    "because": _told(snapshot, fit.because),
                    "unknown": _told(snapshot, fit.unknown),
                }
                for fit in funders_for(snapshot, i, today)
            ],
        }
    )


def announcement_data(
    snapshot: Snapshot, record: Announcement, km: float | None = None, wider: str | None = None
) -> dict[str, Any]:
    """An announcement as data: the fields of the exchange format, its owner, where it stands today."""
    data = to_data(record)
    data["actor"] = _actor(snapshot, record.actor)
    data["standing"] = standing_of(record, services().today()).value
    if km is not None:
        data["distance_km"] = round(km, 1)
    return data if wider is None else {**data, "for_whole": wider}


def experience_data(snapshot: Snapshot, record: Experience) -> dict[str, Any]:
    """A sheet as data."""
    return {**to_data(record), "actor": _actor(snapshot, record.actor)}


def call_data(snapshot: Snapshot, record: Call) -> dict[str, Any]:
    """A call as data, and where it stands today."""
    window = window_of(record, services().today()).value
    return {**to_data(record), "funder": _actor(snapshot, record.funder), "window": window}


def _wanted() -> Wanted:
    standings = _codes("standing", [*Standing, "all"])
    return Wanted(
        directions=tuple(Direction(c) for c in _codes("direction", list(Direction))),
        natures=tuple(Nature(c) for c in _codes("nature", list(Nature))),
        themes=texts("theme"),
        territories=texts("territory"),
        standings=() if "all" in standings else tuple(Standing(s) for s in standings) or ANSWERABLE,
        near=request.args.get("near", "").strip()[:200],
        km=_km(),
        actor=request.args.get("actor", "").strip()[:200],
    )


def _codes(name: str, codes: Sequence[str]) -> tuple[str, ...]:
    given = texts(name)
    for value in given:
        if value not in [str(code) for code in codes]:
            raise InvalidValue("query", name, value[:80], "unknown_code")
    return given


def _km() -> float:
    given = request.args.get("km", "20")
    if not (given.isascii() and given.isdigit() and len(given) <= 3 and 1 <= int(given) <= MOST_KM):
        raise InvalidValue("query", "km", given[:80], "whole_number")
    return float(given)


def _about(snapshot: Snapshot, records: list[Any]) -> list[Any]:
    """Those on one of the themes, and in one of the territories, of the query (or within them)."""
    themes = {find_theme(snapshot, key) for key in texts("theme")}
    places = {find_place(snapshot, key) for key in texts("territory")}

    def covers(record: Any) -> bool:
        own_themes = (t for key in record.themes if (t := snapshot.theme_index(key)) is not None)
        own_places = (p for key in record.territories if (p := snapshot.place_index(key)) is not None)
        on = not themes or any(themes & set(snapshot.theme_ancestors(t)) for t in own_themes)
        return on and (not places or any(places & set(snapshot.ancestors(p)) for p in own_places))

    return [record for record in records if covers(record)]


def _paged(name: str, items: list[dict[str, Any]]) -> Response:
    page = page_of(len(items), PER_PAGE, page_number())
    shown = items[page.first : page.last]
    return jsonify({"total": page.total, "page": page.number, "pages": page.count, name: shown})


def _record(snapshot: Snapshot, kind: RecordKind, id_: str) -> Any:
    return snapshot.tables[kind][known_record(snapshot, kind, id_)]


def _one(kind: RecordKind, id_: str, owner: str | None, data: dict[str, Any]) -> Response:
    """One record; to those who may change it, with its version, which is also its ETag."""
    version = None
    if may(Action.PUBLISH, owner):
        with suppress(StoreError, UnknownRecord):  # reading goes on while the store does not answer
            version = stored(kind, id_).version
    answer = jsonify(data if version is None else {**data, "version": version})
    if version is not None:
        answer.headers["ETag"] = f'"{version}"'
    return answer


def _actor(snapshot: Snapshot, key: str | None) -> dict[str, str] | None:
    i = snapshot.index(key) if key is not None else None
    if i is None:
        return None
    return {"id": snapshot.ids[i], "name": snapshot.name(i), "kind": snapshot.actor(i).kind.value}


def _told(snapshot: Snapshot, facts: Sequence[Fact]) -> list[dict[str, Any]]:
    return [{"code": f.code, "facts": dict(f.facts), "text": fact_text(snapshot, f)} for f in facts]
