"""Reading what is published from another program: announcements, sheets, calls and whom they fit."""

from collections.abc import Callable, Sequence
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
from graphsvc.search import known_actor, known_record
from graphsvc.snapshot import Snapshot
from graphsvc.usecases.announcement_board import ANSWERABLE, Standing, Wanted, find_announcements, standing_of
from graphsvc.usecases.concern import Concern
from graphsvc.usecases.fitting_calls import Window, calls_for, window_of
from graphsvc.usecases.fitting_funders import funders_for
from graphsvc.usecases.published_lists import Listed, find_calls, find_experiences
from graphsvc.usecases.published_lists import Wanted as Sought
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

    `{"total", "page", "pages", "announcements": […], "facets"}`; what is found by something broader than what
    was asked says so, as in the other lists (`_with_concern`).
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
                _with_concern(
                    announcement_data(snapshot, snapshot.announcement(k), found.distances.get(k)),
                    found.wider.get(k),
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
    """The sheets that concern a `theme` or a `territory`, or all."""
    snapshot = served().snapshot
    found = find_experiences(snapshot, Sought(texts("theme"), texts("territory")))
    return _paged("experiences", found, lambda k: experience_data(snapshot, snapshot.experience(k)))


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
    sought = Sought(
        texts("theme"),
        texts("territory"),
        tuple(Window(code) for code in _codes("window", list(Window))),
        tuple(ActorKind(code) for code in _codes("kind", list(ActorKind))),
    )
    found = find_calls(snapshot, sought, today)
    return _paged("calls", found, lambda k: call_data(snapshot, snapshot.call(k)))


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


def announcement_data(snapshot: Snapshot, record: Announcement, km: float | None = None) -> dict[str, Any]:
    """An announcement as data: the fields of the exchange format, its owner, where it stands today."""
    data = to_data(record)
    data["actor"] = _actor(snapshot, record.actor)
    data["standing"] = standing_of(record, services().today()).value
    if km is not None:
        data["distance_km"] = round(km, 1)
    return data


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


def _paged(name: str, found: Listed, data_of: Callable[[int], dict[str, Any]]) -> Response:
    page = page_of(len(found.positions), PER_PAGE, page_number())
    shown = found.positions[page.first : page.last]
    items = [_with_concern(data_of(k), found.wider.get(k)) for k in shown]
    return jsonify({"total": page.total, "page": page.number, "pages": page.count, name: items})


def _with_concern(data: dict[str, Any], concern: Concern | None) -> dict[str, Any]:
    """With the key of the broader territory (`for_whole`) and theme (`on_whole`) by which it was found."""
    broader = {"for_whole": concern.territory, "on_whole": concern.theme} if concern is not None else {}
    return {**data, **{name: key for name, key in broader.items() if key is not None}}


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
