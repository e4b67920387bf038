"""Suggestions of the matcher, ready to be read: whom, and why, for both sides."""

from dataclasses import dataclass
from datetime import date

from graphsvc.snapshot import Snapshot
from matcher.asks import Asker
from matcher.reasons import Reason
from matcher.suggest import suggest
from web.kept import kept
from web.reasons import reason_text
from web.views.listing import ActorLine, actor_line

TOP = 6


@dataclass(frozen=True, slots=True)
class Proposal:
    """One actor to meet. `strength` is the score in [0, 1]; the lists are sentences."""

    line: ActorLine
    strength: float
    for_you: tuple[str, ...]
    for_them: tuple[str, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposals:
    """The answer to one actor, with what the reader should know of the whole."""

    items: tuple[Proposal, ...]
    notes: tuple[str, ...]


@kept
def suggestions_for(snapshot: Snapshot, i: int, day: date, top: int = TOP) -> Proposals:
    """Whom actor i should meet."""
    found = suggest(snapshot, Asker.actor(i), today=day, top=top)
    degree = snapshot.ties(day).degree
    items = tuple(
        Proposal(
            actor_line(snapshot, s.index, int(degree[s.index])),
            float(s.score),
            said(s.reasons.for_you),
            said(s.reasons.for_them),
            said(s.reasons.unknown),
        )
        for s in found.items
    )
    return Proposals(items, said(found.notes))


def said(reasons: tuple[Reason, ...]) -> tuple[str, ...]:
    """The sentences of reasons, each once."""
    return tuple(dict.fromkeys(reason_text(r.code, r.facts) for r in reasons))
