"""The coordination's answers as plain data, in English keys: the same for the API and the command line."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from graphsvc.analytics.best_links import BestLinks
from graphsvc.analytics.bridges import Bridge, Introducer
from graphsvc.analytics.isolation import WorkItem
from graphsvc.analytics.timeline import Changes, TieChange
from graphsvc.analytics.what_if import WhatIf
from graphsvc.snapshot import Snapshot
from matcher.reasons import Reasons
from web.suggestion_data import reasons_data, spoken_of_as_she
from web.words.because import because_sentence, question_text
from web.words.coordination import effects_of, introducer_sentence

_DIGITS = 6


def work_item_data(
    snapshot: Snapshot,
    item: WorkItem,
    met: Iterable[Bridge],
    reasons: Mapping[int, Reasons],
    lang: str | None = None,
) -> dict[str, Any]:
    """An actor of the work list: why, since when, how sure, and its bridges with the `reasons` of each."""
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
        "question": {"code": item.question, "text": question_text(item.question, lang)},
        "bridges": [bridge_data(snapshot, bridge, reasons.get(bridge.index), lang) for bridge in met],
    }


def bridge_data(
    snapshot: Snapshot, bridge: Bridge, reasons: Reasons | None, lang: str | None = None
) -> dict[str, Any]:
    """Whom to meet, to what effect, for which reasons, and who can introduce.

    `gain` (harmonic closeness) is the sum of its parts: the partner itself, who could not be reached, who
    comes nearer.
    """
    others = bridge.gain - bridge.partner
    return {
        "actor": actor_data(snapshot, bridge.index),
        "score": _short(bridge.score),
        "gain": _short(bridge.gain),
        "gain_parts": {
            "partner": _short(bridge.partner),
            "newly_reached": _short(others if bridge.reached else 0.0),
            "nearer": _short(0.0 if bridge.reached else others),
        },
        "reached": bridge.reached,
        "secures": bridge.secures,
        "text": list(effects_of(bridge, lang)),
        "introducer": introducer_data(snapshot, bridge.index, bridge.introducer, lang),
        "reasons": None
        if reasons is None
        else reasons_data(reasons, lang, she=spoken_of_as_she(snapshot, bridge.index)),
    }


def introducer_data(
    snapshot: Snapshot, j: int, introducer: Introducer | None, lang: str | None = None
) -> dict[str, Any] | None:
    """Who can introduce somebody to j, on what ground; None when nobody can."""
    if introducer is None:
        return None
    text = introducer_sentence(introducer.by, snapshot.name(introducer.index), snapshot.name(j), lang)
    return {**actor_data(snapshot, introducer.index), "by": introducer.by.value, "text": text}


def best_links_data(
    snapshot: Snapshot, day: date, found: BestLinks, lang: str | None = None
) -> dict[str, Any]:
    """The set of links with the gain of each."""
    last = found.steps[-1] if found.steps else None
    return {
        "at": day.isoformat(),
        "limit_per_actor": found.limit,
        "apart": found.apart,
        "value": _short(found.value),
        "before": {
            "reachable_pairs_share": _short(found.reachable_pairs_share),
            "dependency_share": _short(found.dependency),
        },
        "after": {
            "actors_joined": last.actors_joined if last else 0,
            "reachable_pairs_share": _short((last or found).reachable_pairs_share),
            "dependency_share": _short((last or found).dependency),
        },
        "links": [
            {
                "source": actor_data(snapshot, step.a),
                "target": actor_data(snapshot, step.b),
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
                "source": actor_data(snapshot, one.a),
                "target": actor_data(snapshot, one.b),
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
