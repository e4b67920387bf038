"""Whose an introduction is today, and what the person behind the request may do about it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from flask import abort

from graphsvc.domain.errors import UnknownRecord
from graphsvc.snapshot import Snapshot
from people.accounts import Account
from people.consents import Contact, Side, contacts_of
from people.database import PrivateDatabase
from people.introductions import (
    Introduction,
    IntroductionState,
    Relay,
    find_introduction,
    introductions_of,
    open_between,
)
from people.membership import actors_spoken_for
from people.roles import Role
from web.kept import kept
from web.permissions import Action, current_identity, may
from web.shown import services
from web.views.actors.record_view import Named, named_actor

_S = IntroductionState


class Act(StrEnum):
    """What one may do about a request; the form's codes."""

    ACCEPT = "accepter"
    DECLINE = "decliner"
    WITHDRAW = "retirer"
    FORWARD = "transmettre"
    HAND_OVER = "confier"
    INTRODUCED = "presenter"
    NOT_YET = "plus-tard"
    NOTHING = "sans-suite"
    RECONSIDER = "se-raviser"
    HIDE_CONTACT = "cacher"
    SHOW_CONTACT = "montrer"
    LINK = "lien"
    UNLINK = "annuler-lien"


_ANSWERING = (Act.ACCEPT, Act.DECLINE)
_GOING_ON = frozenset({_S.ACCEPTED, _S.INTRODUCED})


@dataclass(frozen=True, slots=True)
class Party:
    """A request as one person sees it. `asks`, `answers`, `relays`: what that person is in it; `staff` too.

    `reached`: somebody on the site speaks for the other actor. `gone`: an actor that ended or is no more.
    """

    found: Introduction
    asker: Named
    other: Named
    relay: Named | None
    asks: bool
    answers: bool
    relays: bool
    staff: bool
    reached: bool
    gone: Named | None
    today: date

    @property
    def concerned(self) -> bool:
        """Whether this person may see the request."""
        return self.asks or self.answers or self.relays or self.staff

    @property
    def expected(self) -> bool:
        """Whether it is for this person to do something now."""
        if self.gone is not None:
            return False
        if self.found.state is _S.ASKED:
            carries = self.relays or (self.staff and not self.reached and self.relay is None)
            return self.answers or (carries and self.found.passed_on_at is None)
        return self.due and (self.asks or self.answers)

    @property
    def due(self) -> bool:
        """Whether it is time to ask what came of it."""
        return self.found.ask_again_on is not None and self.found.ask_again_on <= self.today

    def acts(self) -> frozenset[Act]:
        """What this person may do now."""
        state, sides = self.found.state, self.asks or self.answers
        if state is _S.ASKED:
            return self._while_asked()
        if state in _GOING_ON and (sides or self.staff):
            going = {Act.NOTHING, Act.NOT_YET} if self.due else {Act.NOTHING}
            going |= set() if self.gone else {Act.LINK}
            going |= {Act.INTRODUCED} if state is _S.ACCEPTED and not self.gone else set()
            return frozenset(going | ({Act.HIDE_CONTACT, Act.SHOW_CONTACT} if sides else set()))
        may_undo = {
            _S.DECLINED: self.answers or (self.staff and not self.reached),
            _S.WITHDRAWN: self.asks,
            _S.CAME_TO_NOTHING: sides or self.staff,
        }
        if may_undo.get(state) and not self.gone:
            return frozenset({Act.RECONSIDER})
        if state is _S.LINKED and (sides or self.staff):
            return frozenset({Act.UNLINK, Act.HIDE_CONTACT} if sides else {Act.UNLINK})
        return frozenset()

    def _while_asked(self) -> frozenset[Act]:
        found: set[Act] = {Act.WITHDRAW} if self.asks else set()
        if self.answers:
            found |= {Act.DECLINE} if self.gone else set(_ANSWERING)
        if self.relays or self.staff:
            found |= {Act.FORWARD, Act.INTRODUCED} if not self.gone else set()
            found |= {Act.HAND_OVER} if self.found.request.relay is Relay.NEIGHBOUR else set()
        if self.staff and not self.reached:
            found.add(Act.DECLINE)
        return frozenset(found)


def party(snapshot: Snapshot, found: Introduction, reached: frozenset[str]) -> Party:
    """The request as the person behind this request sees it; `reached`: see `actors_reached`."""
    own, today = current_identity().actors, services().today()
    asker, other = (resolved(snapshot, key) for key in (found.request.asker, found.request.other))
    relay_key = resolved(snapshot, found.request.relay_key) if found.request.relay_key else None
    gone = next((named_actor(snapshot, key) for key in (other, asker) if ended(snapshot, key, today)), None)
    return Party(
        found=found,
        asker=named_actor(snapshot, asker),
        other=named_actor(snapshot, other),
        relay=named_actor(snapshot, relay_key) if relay_key else None,
        asks=asker in own or (found.asked_by == current_identity().account and may(Action.PUBLISH, asker)),
        answers=other in own and asker not in own,
        relays=relay_key in own,
        staff=may(Action.SEE_WORK_LIST),
        reached=other in reached,
        gone=gone,
        today=today,
    )


def party_of(snapshot: Snapshot, id_: str) -> Party:
    """The request of this id. Raises UnknownRecord for whoever has no part in it too."""
    found = party(snapshot, find_introduction(_private(), snapshot.store_id, id_), actors_reached(snapshot))
    if not found.concerned:
        raise UnknownRecord("introduction", id_[:80])
    return found


def own_parties(snapshot: Snapshot) -> list[Party]:
    """The requests from, to or through the actors of the person behind this request, the latest first."""
    keys = {alias for key in current_identity().actors for alias in known_as(snapshot, key)}
    if not keys:
        return []
    reached = actors_reached(snapshot)
    found = introductions_of(_private(), snapshot.store_id, keys)
    own = [party(snapshot, one, reached) for one in found]
    return [one for one in own if one.asks or one.answers or one.relays]


def all_parties(snapshot: Snapshot) -> list[Party]:
    """Every request, the latest first: for the team."""
    reached = actors_reached(snapshot)
    return [party(snapshot, one, reached) for one in introductions_of(_private(), snapshot.store_id)]


def open_request(snapshot: Snapshot, asker: Named, other: Named) -> Introduction | None:
    """The open request between the two, also when one of them was merged since."""
    names, others = known_as(snapshot, asker.id), known_as(snapshot, other.id)
    return open_between(_private(), snapshot.store_id, names, others)


def contacts_shown(snapshot: Snapshot, seen: Party) -> dict[Side, Contact]:
    """How both sides may be reached: to those two sides, once both agreed, while it goes on; else nothing."""
    shows = seen.found.state in (_GOING_ON | {_S.LINKED})
    if not (shows and (seen.asks or seen.answers) and seen.found.answered_at):
        return {}
    ends = {Side.ASKER: seen.asker.id, Side.OTHER: seen.other.id}

    def speaks_for(account: Account, side: Side) -> bool:
        keys = {resolved(snapshot, key) for store_id, key in account.actors if store_id == snapshot.store_id}
        return ends[side] in keys or (side is Side.ASKER and account.role is not Role.MEMBER)

    found = contacts_of(_private(), seen.found.id, speaks_for)
    return found if len(found) == len(Side) else {}


def actors_reached(snapshot: Snapshot) -> frozenset[str]:
    """The actors that somebody on the site speaks for, as they are called today."""
    spoken_for = actors_spoken_for(_private(), snapshot.store_id)
    return frozenset(resolved(snapshot, key) for key in spoken_for)


def resolved(snapshot: Snapshot, key: str) -> str:
    """The key that answers to this one today; itself when none does."""
    i = snapshot.index(key)
    return key if i is None else snapshot.ids[i]


def known_as(snapshot: Snapshot, key: str) -> frozenset[str]:
    """The key and those merged into it."""
    return _names(snapshot).get(key, frozenset({key}))


@kept
def _names(snapshot: Snapshot) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for alias, key in snapshot.aliases.items():
        found.setdefault(key, {key}).add(alias)
    return {key: frozenset(names) for key, names in found.items()}


def ended(snapshot: Snapshot, key: str, today: date) -> bool:
    """Whether the actor ended or is no longer in the network."""
    i = snapshot.index(key)
    return i is None or int(snapshot.actors.ended[i]) < today.toordinal()


def acting() -> str:
    """The account behind this request; stops it (401) when nobody is signed in."""
    return current_identity().account or abort(401)


def _private() -> PrivateDatabase:
    return services().private
