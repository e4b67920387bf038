"""Whom an actor should meet, for itself and for the network: what the link brings, who can introduce them."""

from dataclasses import dataclass
from datetime import date

from graphsvc.analytics.bridges import Bridge, Introducer
from graphsvc.snapshot import Snapshot
from matcher.asks import Asker
from matcher.introductions import bridge_reasons, introductions
from matcher.reasons import Reasons
from web.declined import declined_of
from web.kept import kept, kept_in_words
from web.reasons.mentions import Sentence
from web.shown import services
from web.suggestion_data import spoken_of_as_she
from web.views.actors.record_view import Named, actor_at
from web.views.coordination.standing import weaving_of
from web.views.partners.suggested import said
from web.words.coordination import effects_of, introducer_sentence
from web.work_lists import MEET


@dataclass(frozen=True, slots=True)
class Introduction:
    """Who can introduce two actors, as a sentence; `who` None when nobody can."""

    who: Named | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Meet:
    """One bridge to read: whom, why (the match's first reason), to what effect, by whom."""

    who: Named
    reason: Sentence | None
    effects: tuple[str, ...]
    introduction: Introduction


@kept_in_words
def meets_of(snapshot: Snapshot, i: int, day: date, declined: frozenset[str]) -> tuple[Meet, ...]:
    """The one or two introductions that bring actor i most, without those it declined."""
    met, reasons = _bridges(snapshot, i, day, declined)
    return tuple(_meet(snapshot, bridge, reasons.get(bridge.index)) for bridge in met)


def bridges_of(snapshot: Snapshot, i: int, day: date) -> tuple[tuple[Bridge, ...], dict[int, Reasons]]:
    """The same as the core says it: the bridges, and the reasons of each by the index of the other."""
    declined = declined_of(services().private, snapshot, Asker.actor(i))
    return _bridges(snapshot, i, day, declined)


def introduction_of(snapshot: Snapshot, j: int, introducer: Introducer | None) -> Introduction:
    """Who can introduce somebody to j."""
    if introducer is None:
        return Introduction(None, introducer_sentence(None, "", ""))
    who = actor_at(snapshot, introducer.index)
    return Introduction(who, introducer_sentence(introducer.by, who.name, snapshot.name(j)))


@kept
def _bridges(
    snapshot: Snapshot, i: int, day: date, declined: frozenset[str]
) -> tuple[tuple[Bridge, ...], dict[int, Reasons]]:
    met = None if declined else services().work_lists.of(snapshot, day).bridges.get(i)
    if met is None:
        weaving = weaving_of(snapshot, day)
        met = tuple(introductions(snapshot, [i], day, most=MEET, declined={i: declined}, weaving=weaving)[i])
    return met, bridge_reasons(snapshot, i, [bridge.index for bridge in met], day, declined=declined)


def _meet(snapshot: Snapshot, bridge: Bridge, reasons: Reasons | None) -> Meet:
    j = bridge.index
    she = spoken_of_as_she(snapshot, j)
    why = said(reasons.for_you[:1], she=she) if reasons is not None else ()  # one is shown
    return Meet(
        actor_at(snapshot, j),
        why[0] if why else None,
        effects_of(bridge),
        introduction_of(snapshot, j, bridge.introducer),
    )
