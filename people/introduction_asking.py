"""Asking to be introduced: once per pair at a time, not too often, not again too soon after a no."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from graphsvc.domain.errors import InvalidValue
from people import audit
from people.consents import Side, give_consent
from people.database import PrivateDatabase
from people.errors import IntroductionOpen
from people.introduction_tables import IntroductionRow
from people.introductions import (
    LASTS,
    OPEN,
    IntroductionState,
    Relay,
    Request,
    checked_words,
    close_expired,
    digest,
    pair_digest,
)
from people.tokens import new_id

Resolve = Callable[[str], str]
"""Which key answers to this one today: merged records answer with what they became."""
LONGEST_MESSAGE, LEAST_MESSAGE = 1_500, 20
MOST_A_DAY = 10  # asks of one actor in 24 hours
REST_AFTER_REFUSAL = timedelta(days=180)  # before the same side may ask again


def ask(
    private: PrivateDatabase,
    store_id: str,
    request: Request,
    *,
    by: str,
    form: str,
    contact: str = "",
    resolve: Resolve = str,
) -> str:
    """Keep the request, with the asker's consent to be reached; its id. The same `form` gives the same one.

    Raises InvalidValue (no message, too long, an address or a number in it, the same actor twice, too many
    today, declined of late) and IntroductionOpen when the two have an open request, whoever asked.
    """
    checked, now = _checked(request, resolve), private.now()
    sent = digest(store_id, by, form)
    with private.writing() as session:
        known = session.scalars(select(IntroductionRow.id).filter_by(form=sent)).first()
        if known is not None:
            return known
        close_expired(session, now)
        _refuse_too_soon(session, store_id, checked, now, resolve)
        row = IntroductionRow(
            id=new_id("intro"),
            store_id=store_id,
            asker_key=checked.asker,
            other_key=checked.other,
            about_kind=checked.about[0] if checked.about else None,
            about_key=checked.about[1] if checked.about else None,
            message=checked.message,
            relay=checked.relay.value,
            relay_key=checked.relay_key,
            state=IntroductionState.ASKED.value,
            asked_by=by,
            asked_at=now,
            expires_at=now + LASTS,
            open_pair=pair_digest(store_id, checked.asker, checked.other),
            form=sent,
        )
        session.add(row)
        session.flush()
        give_consent(session, row.id, Side.ASKER, by, contact, now=now)
        audit.record(session, at=now, by=by, action="introduction_asked", subject=row.id)
        return row.id


def _checked(request: Request, resolve: Resolve) -> Request:
    asker, other = resolve(request.asker), resolve(request.other)
    if asker == other:
        raise InvalidValue("introduction", "avec", "", "introduction_to_itself")
    message = checked_words("message", request.message, LONGEST_MESSAGE)
    if len(message) < LEAST_MESSAGE:
        raise InvalidValue("introduction", "message", "", "introduction_why")
    relay_key = resolve(request.relay_key) if request.relay is Relay.NEIGHBOUR and request.relay_key else None
    relay = Relay.COORDINATION if request.relay is Relay.NEIGHBOUR and relay_key is None else request.relay
    return Request(asker, other, message, request.about, relay, relay_key)


def _refuse_too_soon(
    session: Session, store_id: str, request: Request, now: datetime, resolve: Resolve
) -> None:
    pair = {request.asker, request.other}
    since = now - timedelta(days=1)
    mine = select(func.count()).select_from(IntroductionRow).filter_by(store_id=store_id)
    mine = mine.filter_by(asker_key=request.asker).where(IntroductionRow.asked_at > since)
    for row in session.scalars(select(IntroductionRow).filter_by(store_id=store_id)):
        if {resolve(row.asker_key), resolve(row.other_key)} != pair:
            continue
        if IntroductionState(row.state) in OPEN:
            raise IntroductionOpen(row.id)
        declined = row.state == IntroductionState.DECLINED and resolve(row.asker_key) == request.asker
        if declined and (row.answered_at or row.asked_at) > now - REST_AFTER_REFUSAL:
            raise InvalidValue("introduction", "avec", "", "introduction_declined")
    if (session.scalar(mine) or 0) >= MOST_A_DAY:
        raise InvalidValue("introduction", "avec", "", "too_many_introductions")
