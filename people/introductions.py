"""Introductions: an actor asks to meet another, one request per pair at a time, each for thirty days.

What stands is read here; `people.introduction_asking` keeps a request, `people.introduction_answers` says
what may become of it, `people.consents` how each side may be reached. Keys are public keys of one graph.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from graphsvc.domain.contact_details import contact_details
from graphsvc.domain.errors import InvalidValue, UnknownRecord
from graphsvc.domain.text import check_text
from people.database import PrivateDatabase
from people.introduction_tables import IntroductionRow

LASTS = timedelta(days=30)


class IntroductionState(StrEnum):
    """Where a request stands; the first three are open."""

    ASKED = "asked"
    ACCEPTED = "accepted"  # both sides see how to reach each other
    INTRODUCED = "introduced"  # they spoke, or a relay put them in touch
    LINKED = "linked"  # they cooperate: the link is in the graph
    CAME_TO_NOTHING = "came_to_nothing"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


OPEN = frozenset({IntroductionState.ASKED, IntroductionState.ACCEPTED, IntroductionState.INTRODUCED})


class Relay(StrEnum):
    """Who carries the request."""

    DIRECT = "direct"  # the other actor has somebody on the site
    COORDINATION = "coordination"
    NEIGHBOUR = "neighbour"  # an actor that knows the other one


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked. `about`: (`announcement` or `project`, its key). `relay_key` goes with `neighbour`."""

    asker: str
    other: str
    message: str
    about: tuple[str, str] | None = None
    relay: Relay = Relay.DIRECT
    relay_key: str | None = None


@dataclass(frozen=True, slots=True)
class Introduction:
    """A request and where it stands at the instant it was read; keys as they were when it was made."""

    id: str
    request: Request
    state: IntroductionState
    asked_by: str
    asked_at: datetime
    expires_at: datetime
    passed_on_at: datetime | None
    answered_at: datetime | None
    introduced_at: datetime | None
    closed_at: datetime | None
    ask_again_on: date | None
    outcome: str | None
    link_id: str | None

    @property
    def open(self) -> bool:
        """Whether something may still come of it."""
        return self.state in OPEN


def find_introduction(private: PrivateDatabase, store_id: str, id_: str) -> Introduction:
    """The request of this id. Raises UnknownRecord."""
    with private.reading() as session:
        return as_introduction(row_of(session, store_id, id_), private.now())


def introductions_of(
    private: PrivateDatabase, store_id: str, keys: Iterable[str] | None = None
) -> list[Introduction]:
    """Requests from, to or through these actors (None: all), the latest first."""
    wanted = select(IntroductionRow).filter_by(store_id=store_id)
    if keys is not None:
        some = sorted(set(keys))
        ends = (IntroductionRow.asker_key, IntroductionRow.other_key, IntroductionRow.relay_key)
        wanted = wanted.where(or_(*(end.in_(some) for end in ends)))
    with private.reading() as session:
        rows = session.scalars(wanted.order_by(IntroductionRow.asked_at.desc(), IntroductionRow.id))
        return [as_introduction(row, private.now()) for row in rows]


def open_between(
    private: PrivateDatabase, store_id: str, names: Iterable[str], others: Iterable[str]
) -> Introduction | None:
    """The open request between two actors, each under any of its keys, whoever asked."""
    one, other = set(names), set(others)
    for found in introductions_of(private, store_id, one):
        asker, asked = found.request.asker, found.request.other
        if found.open and ((asker in one and asked in other) or (asker in other and asked in one)):
            return found
    return None


def row_of(session: Session, store_id: str, id_: str) -> IntroductionRow:
    """The row of this request. Raises UnknownRecord."""
    row = session.scalars(select(IntroductionRow).filter_by(store_id=store_id, id=id_)).one_or_none()
    if row is None:
        raise UnknownRecord("introduction", id_[:80])
    return row


def as_introduction(row: IntroductionRow, now: datetime) -> Introduction:
    """The request of a row as it stands now: what nobody answered in time has expired."""
    state = IntroductionState(row.state)
    if state is IntroductionState.ASKED and row.expires_at <= now:
        state = IntroductionState.EXPIRED
    about = (row.about_kind, row.about_key) if row.about_kind and row.about_key else None
    return Introduction(
        row.id,
        Request(row.asker_key, row.other_key, row.message, about, Relay(row.relay), row.relay_key),
        state,
        row.asked_by,
        row.asked_at,
        row.expires_at,
        row.passed_on_at,
        row.answered_at,
        row.introduced_at,
        row.closed_at,
        date.fromisoformat(row.ask_again_on) if row.ask_again_on else None,
        row.outcome,
        row.link_id,
    )


def close_expired(session: Session, now: datetime) -> None:
    """Write down what expired, so that its pair may ask again."""
    waiting = select(IntroductionRow).filter_by(state=IntroductionState.ASKED.value)
    for row in session.scalars(waiting.where(IntroductionRow.expires_at <= now)):
        row.state, row.open_pair, row.closed_at = IntroductionState.EXPIRED.value, None, row.expires_at
    session.flush()


def pair_digest(store_id: str, one: str, other: str) -> str:
    """What two open requests of the same pair, in either direction, would have in common."""
    return digest(store_id, *sorted((one, other)))


def checked_words(field: str, text: str, most: int) -> str:
    """Free text, trimmed. Raises InvalidValue: too long, not to be kept, an address or a number in it."""
    words = text.strip().replace("\r\n", "\n")
    check_text("introduction", field, words)
    if len(words) > most:
        raise InvalidValue("introduction", field, "", "introduction_too_long")
    if found := contact_details(words):
        raise InvalidValue("introduction", field, found[0].text, "contact_in_introduction")
    return words


def digest(*parts: str) -> str:
    """SHA-256 of these parts, in order."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
