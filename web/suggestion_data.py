"""The answer of the matcher in the keys of the exchange format: what `suggest` prints and the API answers."""

from collections.abc import Iterable
from typing import Any

from graphsvc.snapshot import Snapshot
from matcher.asks import Asker, AskerKind
from matcher.reasons import Reason, Reasons
from matcher.suggest import Suggestions
from web.reasons import reason_text
from web.reasons.fr_gender import is_she


def suggestions_data(snapshot: Snapshot, found: Suggestions, lang: str) -> dict[str, Any]:
    """`{"asker", "order", "notes", "suggestions": [{"rank", "score", "actor", "evidence", "reasons"}]}`;
    `order` is `default` or `learned`: which of the two ranks these suggestions.
    """
    return {
        "asker": _asker(snapshot, found.asker),
        "order": "learned" if found.learned else "default",
        "notes": _said(found.notes, lang),
        "suggestions": [
            {
                "rank": s.rank,
                "score": round(float(s.score), 6),
                "actor": actor_data(snapshot, s.index),
                "evidence": [
                    {"code": e.code, "score": round(float(e.score), 6), "facts": e.facts} for e in s.evidence
                ],
                "reasons": reasons_data(s.reasons, lang, she=spoken_of_as_she(snapshot, s.index)),
            }
            for s in found.items
        ],
    }


def actor_data(snapshot: Snapshot, i: int) -> dict[str, Any]:
    """`{"id", "name", "kind", "place"}`; `place` is the name of the seat, or null."""
    record = snapshot.actor(i)
    seat = int(snapshot.actors.seat[i])
    place = snapshot.place(seat).name if seat >= 0 else None
    return {"id": record.id, "name": record.name, "kind": record.kind.value, "place": place}


def reasons_data(reasons: Reasons, lang: str | None, *, she: bool = False) -> dict[str, Any]:
    """`{"for_you", "for_them", "unknown"}`, each a list of `{"code", "facts", "text"}`; `she`: of an actor
    French says « elle » of.
    """
    return {
        "for_you": _said(reasons.for_you, lang, she=she),
        "for_them": _said(reasons.for_them, lang, "for_them", she=she),
        "unknown": _said(reasons.unknown, lang),
    }


def _asker(snapshot: Snapshot, asker: Asker) -> dict[str, Any]:
    if asker.kind is AskerKind.ACTOR:
        return actor_data(snapshot, asker.index)
    if asker.kind is AskerKind.REQUEST:
        return {"id": None, "name": None, "kind": asker.kind.value}
    record = (
        snapshot.announcement(asker.index)
        if asker.kind is AskerKind.ANNOUNCEMENT
        else snapshot.project(asker.index)
    )
    return {"id": record.id, "name": record.title, "kind": asker.kind.value}


def spoken_of_as_she(snapshot: Snapshot, i: int) -> bool:
    """Whether French says « elle » of actor i."""
    actor = snapshot.actor(i)
    return is_she(actor.name, actor.kind.value)


def _said(
    reasons: Iterable[Reason], lang: str | None, side: str = "for_you", *, she: bool = False
) -> list[dict[str, Any]]:
    return [
        {"code": r.code, "facts": r.facts, "text": reason_text(r.code, r.facts, lang, side, she=she)}
        for r in reasons
    ]
