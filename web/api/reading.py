"""Reading the network from another program: search, one actor, suggestions, health."""

from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, jsonify, request

from graphsvc.analytics.health import network_health
from graphsvc.domain.errors import InvalidValue, UnknownRecord
from graphsvc.domain.serial import to_data
from graphsvc.search import nearest_names, search
from graphsvc.snapshot import Snapshot
from matcher.asks import Asker
from matcher.reasons import Reason
from matcher.suggest import suggest
from web.permissions import Action, policy
from web.reasons import reason_text
from web.shown import served, services

bp = Blueprint("api", __name__, url_prefix="/api/v1")
MOST = 100


@bp.get("/search")
@policy(Action.READ)
def find() -> Response:
    """`[{"id", "name", "kind", "place"}]`, best first, for `q`; `limit` from 1 to 100."""
    snapshot = served().snapshot
    hits = search(snapshot, request.args.get("q", "")[:200], limit=_whole("limit", 20))
    return jsonify([_actor(snapshot, hit.index) for hit in hits])


@bp.get("/actors/<path:id_>")
@policy(Action.READ)
def actor(id_: str) -> Response:
    """One actor as recorded, its number of live ties and its neighbours."""
    snapshot, today = served().snapshot, services().today()
    i = _index(snapshot, id_)
    neighbours = snapshot.ties(today).neighbours(i).tolist()
    return jsonify(
        {
            **to_data(snapshot.actor(i)),
            "ties": len(neighbours),
            "neighbours": [_actor(snapshot, j) for j in neighbours],
        }
    )


@bp.get("/actors/<path:id_>/suggestions")
@policy(Action.READ)
def suggestions(id_: str) -> Response:
    """Whom this actor should meet, in the keys of `maillage suggest --format json`; `top` from 1 to 100."""
    snapshot, today = served().snapshot, services().today()
    i = _index(snapshot, id_)
    found = suggest(snapshot, Asker.actor(i), today=today, top=_whole("top", 10))
    return jsonify(
        {
            "asker": _actor(snapshot, i),
            "notes": _said(found.notes),
            "suggestions": [
                {
                    "rank": s.rank,
                    "score": round(float(s.score), 6),
                    "actor": _actor(snapshot, s.index),
                    "evidence": [
                        {"code": e.code, "score": round(float(e.score), 6), "facts": dict(e.facts)}
                        for e in s.evidence
                    ],
                    "reasons": {
                        "for_you": _said(s.reasons.for_you),
                        "for_them": _said(s.reasons.for_them),
                        "unknown": _said(s.reasons.unknown),
                    },
                }
                for s in found.items
            ],
        }
    )


@bp.get("/health")
@policy(Action.READ)
def health() -> Response:
    """The figures of the network today."""
    snapshot, today = served().snapshot, services().today()
    return jsonify({"at": today.isoformat(), **asdict(network_health(snapshot, today))})


def _index(snapshot: Snapshot, key: str) -> int:
    found = snapshot.index(key)
    if found is None:
        near = [{"id": snapshot.ids[i], "name": snapshot.name(i)} for i in nearest_names(snapshot, key[:200])]
        raise UnknownRecord("actor", key[:80], near)
    return found


def _actor(snapshot: Snapshot, i: int) -> dict[str, Any]:
    record = snapshot.actor(i)
    seat = int(snapshot.actors.seat[i])
    place = snapshot.place(seat).name if seat >= 0 else None
    return {"id": record.id, "name": record.name, "kind": record.kind.value, "place": place}


def _said(reasons: tuple[Reason, ...]) -> list[dict[str, Any]]:
    lang = request.args.get("lang", "fr")
    return [
        {"code": r.code, "facts": dict(r.facts), "text": reason_text(r.code, r.facts, lang)} for r in reasons
    ]


def _whole(name: str, default: int) -> int:
    given = request.args.get(name, str(default))
    if not (given.isascii() and given.isdigit() and len(given) <= 3 and 1 <= int(given) <= MOST):
        raise InvalidValue("query", name, given[:80], "whole_number")
    return int(given)
