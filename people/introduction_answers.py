"""What may become of an introduction, step by step; a step that no longer fits is refused in one sentence.

asked -> accepted | declined | withdrawn | (expired) | introduced by a relay
accepted -> introduced | linked | came_to_nothing; introduced -> linked | came_to_nothing
Taken back: declined and withdrawn -> asked, came_to_nothing and linked -> introduced.
"""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from people import audit
from people.consents import Side, give_consent
from people.database import PrivateDatabase
from people.errors import IntroductionOpen, StaleIntroduction
from people.introduction_tables import IntroductionRow
from people.introductions import (
    LASTS,
    IntroductionState,
    Relay,
    as_introduction,
    checked_words,
    close_expired,
    pair_digest,
    row_of,
)
from people.refusals import AskerKind, remember_refusal

LONGEST_OUTCOME = 600
FOLLOW_UP_AFTER = timedelta(days=42)  # six weeks, then the page asks what came of it
_S = IntroductionState
_Change = Callable[[Session, IntroductionRow, datetime], None]


def accept(private: PrivateDatabase, store_id: str, id_: str, *, by: str, contact: str = "") -> None:
    """The other side agrees, and to be reached so. Raises StaleIntroduction, UnknownRecord, InvalidValue."""

    def change(session: Session, row: IntroductionRow, now: datetime) -> None:
        give_consent(session, row.id, Side.OTHER, by, contact, now=now)
        row.state, row.answered_at = _S.ACCEPTED.value, now
        row.ask_again_on = _later(now)

    _step(private, store_id, id_, {_S.ASKED}, "introduction_accepted", by, change, already=_S.ACCEPTED)


def decline(private: PrivateDatabase, store_id: str, id_: str, *, by: str, remembered: bool) -> None:
    """No. `remembered`: the asker is not suggested to the other actor any more."""

    def change(session: Session, row: IntroductionRow, now: datetime) -> None:
        _close(row, _S.DECLINED, now)
        row.answered_at = now
        if remembered:
            remember_refusal(session, store_id, AskerKind.ACTOR, row.other_key, row.asker_key, by=by, at=now)

    _step(private, store_id, id_, {_S.ASKED}, "introduction_declined", by, change, already=_S.DECLINED)


def withdraw(private: PrivateDatabase, store_id: str, id_: str, *, by: str) -> None:
    """The asker takes the request back, unanswered."""

    def change(_session: Session, row: IntroductionRow, now: datetime) -> None:
        _close(row, _S.WITHDRAWN, now)

    _step(private, store_id, id_, {_S.ASKED}, "introduction_withdrawn", by, change, already=_S.WITHDRAWN)


def pass_on(private: PrivateDatabase, store_id: str, id_: str, *, by: str) -> None:
    """A relay wrote to the other actor and waits for its answer: the request lasts as long again."""

    def change(_session: Session, row: IntroductionRow, now: datetime) -> None:
        row.passed_on_at, row.expires_at = now, now + LASTS

    _step(private, store_id, id_, {_S.ASKED}, "introduction_passed_on", by, change)


def hand_to_coordination(private: PrivateDatabase, store_id: str, id_: str, *, by: str) -> None:
    """The neighbour that was to introduce them cannot: the coordination will."""

    def change(_session: Session, row: IntroductionRow, _now: datetime) -> None:
        row.relay, row.relay_key = Relay.COORDINATION.value, None

    _step(private, store_id, id_, {_S.ASKED}, "introduction_handed_over", by, change)


def introduced(private: PrivateDatabase, store_id: str, id_: str, *, by: str) -> None:
    """They spoke, or a relay put them in touch."""

    def change(_session: Session, row: IntroductionRow, now: datetime) -> None:
        row.state, row.introduced_at = _S.INTRODUCED.value, now
        row.answered_at = row.answered_at or now
        row.ask_again_on = _later(now)

    allowed = {_S.ASKED, _S.ACCEPTED}
    _step(private, store_id, id_, allowed, "introduction_made", by, change, already=_S.INTRODUCED)


def not_yet(private: PrivateDatabase, store_id: str, id_: str, *, by: str) -> None:
    """Too early to say what came of it: the page asks again in six weeks."""

    def change(_session: Session, row: IntroductionRow, now: datetime) -> None:
        row.ask_again_on = _later(now)

    _step(private, store_id, id_, {_S.ACCEPTED, _S.INTRODUCED}, "introduction_not_yet", by, change)


def linked(private: PrivateDatabase, store_id: str, id_: str, link_id: str, *, by: str) -> None:
    """They cooperate, and the graph says so."""

    def change(_session: Session, row: IntroductionRow, now: datetime) -> None:
        _close(row, _S.LINKED, now)
        row.link_id, row.ask_again_on = link_id, None

    allowed = {_S.ACCEPTED, _S.INTRODUCED}
    _step(private, store_id, id_, allowed, "introduction_linked", by, change, already=_S.LINKED)


def came_to_nothing(private: PrivateDatabase, store_id: str, id_: str, outcome: str, *, by: str) -> None:
    """Nothing came of it, and if they wish why. Raises InvalidValue (an address or a number in it)."""
    words = checked_words("outcome", outcome, LONGEST_OUTCOME)

    def change(_session: Session, row: IntroductionRow, now: datetime) -> None:
        _close(row, _S.CAME_TO_NOTHING, now)
        row.outcome, row.ask_again_on = words or None, None

    allowed = {_S.ACCEPTED, _S.INTRODUCED}
    _step(private, store_id, id_, allowed, "introduction_ended", by, change, already=_S.CAME_TO_NOTHING)


def reconsider(private: PrivateDatabase, store_id: str, id_: str, *, by: str) -> None:
    """Take the last step back. Raises IntroductionOpen when the pair has another open request since."""

    def change(session: Session, row: IntroductionRow, now: datetime) -> None:
        before = _S(row.state)
        asked_again = before in (_S.DECLINED, _S.WITHDRAWN)
        row.state = (_S.ASKED if asked_again else _S.INTRODUCED).value
        row.closed_at, row.outcome, row.link_id = None, None, None
        row.open_pair = pair_digest(store_id, row.asker_key, row.other_key)
        if asked_again:
            row.answered_at, row.expires_at = None, now + LASTS
        else:
            row.introduced_at, row.ask_again_on = row.introduced_at or now, _later(now)
        session.flush()

    allowed = {_S.DECLINED, _S.WITHDRAWN, _S.CAME_TO_NOTHING, _S.LINKED}
    try:
        _step(private, store_id, id_, allowed, "introduction_reconsidered", by, change)
    except IntegrityError as error:
        raise IntroductionOpen("") from error


def _step(
    private: PrivateDatabase,
    store_id: str,
    id_: str,
    allowed: set[IntroductionState],
    action: str,
    by: str,
    change: _Change,
    *,
    already: IntroductionState | None = None,
) -> None:
    """One step, in one transaction; the same step twice is as once."""
    now = private.now()
    with private.writing() as session:
        close_expired(session, now)
        row = row_of(session, store_id, id_)
        state = as_introduction(row, now).state
        if state is already:
            return
        if state not in allowed:
            raise StaleIntroduction(id_, state.value)
        change(session, row, now)
        audit.record(session, at=now, by=by, action=action, subject=id_)


def _close(row: IntroductionRow, state: IntroductionState, now: datetime) -> None:
    row.state, row.closed_at, row.open_pair = state.value, now, None


def _later(now: datetime) -> str:
    day: date = (now + FOLLOW_UP_AFTER).date()
    return day.isoformat()
