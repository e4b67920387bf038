"""Writing to the graph for the person behind this request: through the outbox, once, and seen at once."""

import re
import secrets
from dataclasses import dataclass
from typing import Any

from flask import session

from graphsvc.domain.errors import IdempotencyMismatch, InvalidValue
from graphsvc.domain.records import RecordKind, Ref
from graphsvc.ports import GraphStore, HistoryEvent, Stored
from graphsvc.usecases.planned import Planned
from graphsvc.usecases.undo import events_of
from people.outbox import Receipt, submit
from web.permissions import current_identity
from web.shown import seen_from_now_on, served, services

_KEY = re.compile(r"[A-Za-z0-9_-]{12,64}\Z")
_DONE = "done"  # in a person's session: what they did last, to tell it and to offer to take it back


@dataclass(frozen=True, slots=True)
class Written:
    """What became of a write. `revision` is None while it waits for the graph to answer."""

    revision: int | None

    @property
    def waiting(self) -> bool:
        """Whether it is kept and will be made as soon as the graph answers."""
        return self.revision is None


@dataclass(frozen=True, slots=True)
class Done:
    """The last thing this person did: a code of `web.words.publishing.DONE`, and on which record."""

    what: str
    kind: RecordKind
    id: str
    title: str
    revision: int | None


def new_key() -> str:
    """A key for one sending of one form: the same sent twice is done once."""
    return secrets.token_urlsafe(18)


def sound_key(text: str | None) -> str:
    """The key that came back with a form, or a new one if it is none of ours."""
    return text if text is not None and _KEY.match(text) else new_key()


def key_given(text: str) -> str:
    """The key a program chose. Another one in its place would do twice what it means to do once.

    Raises InvalidValue (`idempotency_key_form`).
    """
    if not _KEY.match(text):
        raise InvalidValue("header", "Idempotency-Key", text[:80], "idempotency_key_form")
    return text


def write(planned: Planned, *, key: str) -> Written:
    """Make the changes for this person; what was so already is done.

    Raises what the graph refuses (VersionConflict, IdempotencyMismatch…), or StoreUnavailable.
    """
    snapshot = served().snapshot
    if not planned.changes:
        return Written(snapshot.revision)
    try:
        receipt = _submitted(planned, f"{current_identity().account}:{key}", snapshot.store_id)
    except IdempotencyMismatch:
        raise IdempotencyMismatch(key) from None  # as the person gave it
    if receipt.revision is not None:
        seen_from_now_on(snapshot.store_id, receipt.revision)
    return Written(receipt.revision)


def _submitted(planned: Planned, key: str, store_id: str) -> Receipt:
    private, by = services().private, current_identity().account or ""

    def hand_over(store: GraphStore) -> Receipt:
        return submit(
            private,
            store,
            planned.changes,
            by=by,
            key=key,
            store_id=store_id,
            expected_versions=planned.expected_versions,
        )

    return services().ask(hand_over)


def stored(kind: RecordKind, id_: str) -> Stored[Any]:
    """The record as the store has it now, with its version. Raises UnknownRecord, StoreUnavailable."""
    return services().ask(lambda store: store.get(Ref(kind, id_)))


def stored_or_none(kind: RecordKind, id_: str) -> Stored[Any] | None:
    """The record of this exact id, if the store has one. Raises StoreUnavailable."""
    return services().ask(lambda store: store.get_many(kind, [id_]).get(id_))


def withdrawal_of(kind: RecordKind, id_: str) -> HistoryEvent | None:
    """How the record of this exact id was taken off, if that is the last thing that happened to it."""
    events = services().ask(lambda store: store.history(Ref(kind, id_)))
    return events[-1] if events and events[-1].action == "withdraw" else None


def own_events(revision: int) -> list[HistoryEvent] | None:
    """What a revision changed, if the person behind this request made it; None otherwise."""
    events = services().ask(lambda store: events_of(store, revision))
    by = current_identity().account
    return events if by is not None and all(event.by == by for event in events) else None


def tell(what: str, kind: RecordKind, id_: str, title: str, written: Written) -> None:
    """Remember what was done, for the next page to say it and to offer to take it back."""
    session[_DONE] = [what, kind.value, id_, title, written.revision]


def last_done() -> Done | None:
    """What this person did last, once: the page that says it forgets it."""
    found = session.pop(_DONE, None)
    if found is None:
        return None
    what, kind, id_, title, revision = found
    return Done(what, RecordKind(kind), id_, title, revision)
