"""The coordination's answers as plain data, in English keys: the same for the API and the command line."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from graphsvc.analytics.best_links import BestLinks
from graphsvc.analytics.bridges import Bridge, Introducer
from graphsvc.analytics.isolation import WorkItem
from graphsvc.analytics.timeline import Changes, TieChange
from graphsvc.analytics.what_if import WhatIf
from graphsvc.snapshot import Snapshot
from web.words.because import because_sentence
from web.words.coordination import effects_of, introducer_sentence

_DIGITS = 6


def work_item_data(
    snapshot: Snapshot, item: WorkItem, met: Iterable[Bridge], lang: str = "fr"
) -> dict[str, Any]:
    """An actor of the work list: why, since when, how sure, and its bridges."""
    return {
        "actor": actor_data(snapshot, item.index),
        "state": item.state.value,
        "because": [
            {"code": f.code, "facts": dict(f.facts), "text": because_sentence(f.code, f.facts, lang)}
            for f in item.because
        ],
        "since": item.since.isoformat() if item.since else None,
        "record_age_days": item.record_age_days,
        "completeness": item.completeness,
        "in_our_data_only": item.in_our_data_only,
        "question": item.question,
        "bridges": [bridge_data(snapshot, bridge, lang) for bridge in met],
    }


def bridge_data(snapshot: Snapshot, bridge: Bridge, lang: str = "fr") -> dict[str, Any]:
    """Whom to meet, to what effect, and who can introduce."""
    return {
        "actor": actor_data(snapshot, bridge.index),
        "score": _short(bridge.score),
        "gain": _short(bridge.gain),
        "reached": bridge.reached,
        "secures": bridge.secures,
        "text": list(effects_of(bridge, lang)),
        "introducer": introducer_data(snapshot, bridge.index, bridge.introducer, lang),
    }


def introducer_data(
    snapshot: Snapshot, j: int, introducer: Introducer | None, lang: str = "fr"
) -> dict[str, Any] | None:
    """Who can introduce somebody to j, on what ground; None when nobody can."""
    if introducer is None:
        return None
    text = introducer_sentence(introducer.by, snapshot.name(introducer.index), snapshot.name(j), lang)
    return {**actor_data(snapshot, introducer.index), "by": introducer.by.value, "text": text}


def best_links_data(snapshot: Snapshot, day: date, found: BestLinks, lang: str = "fr") -> dict[str, Any]:
    """The set of links with the gain of each."""
    return {
        "at": day.isoformat(),
        "limit_per_actor": found.limit,
        "apart": found.apart,
        "value": _short(found.value),
        "before": {
            "reachable_pairs_share": _short(found.reachable_pairs_share),
            "dependency_share": _short(found.dependency),
        },
        "links": [
            {
                "from": actor_data(snapshot, step.a),
                "to": actor_data(snapshot, step.b),
                "score": _short(step.score),
                "gain": _short(step.gain),
                "gain_parts": {
                    "joined": _short(step.joined),
                    "reach": _short(step.reach),
                    "secured": _short(step.secured),
                },
                "after": {
                    "actors_joined": step.actors_joined,
                    "reachable_pairs_share": _short(step.reachable_pairs_share),
                    "dependency_share": _short(step.dependency),
                },
                "introducer": introducer_data(snapshot, step.b, step.introducer, lang),
            }
            for step in found.steps
        ],
    }


def what_if_data(snapshot: Snapshot, day: date, found: WhatIf) -> dict[str, Any]:
    """The figures before and after, the use of each link, and whose state changes."""
    return {
        "at": day.isoformat(),
        "links": [
            {
                "from": actor_data(snapshot, one.a),
                "to": actor_data(snapshot, one.b),
                "use": one.use.value,
            }
            for one in found.links
        ],
        "before": asdict(found.before),
        "after": asdict(found.after),
        "moves": [
            {
                "actor": actor_data(snapshot, move.index),
                "before": move.before.value if move.before else None,
                "after": move.after.value if move.after else None,
            }
            for move in found.moves
        ],
    }


def changes_data(snapshot: Snapshot, found: Changes) -> dict[str, Any]:
    """What appeared and what ended, and the figures of both days."""
    return {
        "since": found.since.isoformat(),
        "until": found.until.isoformat(),
        "ties_appeared": [_tie(snapshot, one) for one in found.ties_appeared],
        "ties_ended": [_tie(snapshot, one) for one in found.ties_ended],
        "actors_appeared": [actor_data(snapshot, i) for i in found.actors_appeared],
        "actors_ended": [actor_data(snapshot, i) for i in found.actors_ended],
        "before": asdict(found.before),
        "after": asdict(found.after),
    }


def actor_data(snapshot: Snapshot, i: int) -> dict[str, str]:
    """`{"id", "name", "kind"}`."""
    record = snapshot.actor(i)
    return {"id": record.id, "name": record.name, "kind": record.kind.value}


def _tie(snapshot: Snapshot, one: TieChange) -> dict[str, Any]:
    return {
        "actors": [actor_data(snapshot, one.a), actor_data(snapshot, one.b)],
        "day": one.day.isoformat() if one.day else None,
    }


def _short(value: float) -> float:
    return round(float(value), _DIGITS)
