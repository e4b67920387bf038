"""Suggestions of the matcher, ready to be read: whom, and why, for both sides."""

from dataclasses import dataclass
from datetime import date

from graphsvc.snapshot import Snapshot
from matcher.asks import Asker, Context, Exposure
from matcher.explain import Suggestion
from matcher.learned.model import Learned
from matcher.reasons import Reason
from matcher.suggest import Suggestions, suggest
from web.declined import declined_of
from web.exposed import exposure_of
from web.kept import kept_in_words
from web.named import facts_in
from web.reasons import reason_text
from web.reasons.fr_gender import is_she
from web.reasons.mentions import Sentence, sentence_of
from web.shown import services
from web.views.actors.listing import ActorLine, actor_line

TOP = 6


@dataclass(frozen=True, slots=True)
class Ground:
    """One signal a proposal rests on, and how strong it is, in [0, 1]."""

    code: str
    score: float


@dataclass(frozen=True, slots=True)
class Proposal:
    """One actor to meet. `strength` is the score in [0, 1]; `first_contact`: not a match, but someone to
    begin with.
    """

    line: ActorLine
    strength: float
    for_you: tuple[Sentence, ...]
    for_them: tuple[Sentence, ...]
    unknown: tuple[Sentence, ...]
    grounds: tuple[Ground, ...] = ()
    first_contact: bool = False


@dataclass(frozen=True, slots=True)
class Proposals:
    """The answer to one asker, with what the reader should know of the whole."""

    items: tuple[Proposal, ...]
    notes: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Asking:
    """What an answer hangs on besides the snapshot and the day: who asks, whom it declined, who is suggested
    too often, the learned order in use.
    """

    asker: Asker
    context: Context
    exposure: Exposure | None
    learned: Learned | None


def suggestions_for(snapshot: Snapshot, i: int, day: date, top: int = TOP) -> Proposals:
    """Whom actor i should meet, without those it declined."""
    return answer_to(snapshot, Asker.actor(i), day, top)


def answer_to(snapshot: Snapshot, asker: Asker, day: date, top: int = TOP) -> Proposals:
    """Whom an asker should meet, nothing more being asked; remembered with the snapshot."""
    return _kept_answer(snapshot, asking_now(snapshot, asker), day, top)


def asking_now(snapshot: Snapshot, asker: Asker) -> Asking:
    """An asker with nothing more being asked, as the private database knows it now."""
    private = services().private
    context = Context(declined=declined_of(private, snapshot, asker))
    return Asking(asker, context, exposure_of(private, snapshot, asker), services().order.in_use)


def answered(snapshot: Snapshot, asking: Asking, day: date, top: int = TOP) -> Proposals:
    """Whom the asker should meet, computed afresh."""
    found = suggest(
        snapshot, asking.asker, asking.context, today=day, top=top, exposure=asking.exposure,
        learned=asking.learned,
    )  # fmt: skip
    return proposals_of(snapshot, found, day)


_kept_answer = kept_in_words(answered)


def proposals_of(snapshot: Snapshot, found: Suggestions, day: date) -> Proposals:
    """The answer in words."""
    degree = snapshot.ties(day).degree
    items = tuple(_proposal(snapshot, s, int(degree[s.index])) for s in found.items)
    return Proposals(items, said(found.notes))


def _proposal(snapshot: Snapshot, s: Suggestion, ties: int) -> Proposal:
    she = is_she(snapshot.actor(s.index).name, snapshot.actor(s.index).kind.value)
    return Proposal(
        actor_line(snapshot, s.index, ties),
        float(s.score),
        said(s.reasons.for_you, she=she),
        said(s.reasons.for_them, "for_them", she=she),
        said(s.reasons.unknown),
        tuple(Ground(e.code, float(e.score)) for e in s.evidence),
        any(r.code == "first_contact" for r in s.reasons.for_you),
    )


def said(reasons: tuple[Reason, ...], side: str = "for_you", *, she: bool = False) -> tuple[Sentence, ...]:
    """The sentences of reasons as one side hears them, each once; `she`: of an actor one says « elle » of."""
    told: dict[str, Sentence] = {}
    for reason in reasons:
        facts = facts_in(reason.facts)
        text = reason_text(reason.code, facts, side=side, she=she)
        told.setdefault(text, sentence_of(text, facts))
    return tuple(told.values())
