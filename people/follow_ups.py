"""What was done about an actor of the work list, and where that leaves it: the list remembers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select

from graphsvc.domain.contact_details import contact_details
from graphsvc.domain.errors import InvalidValue
from people.database import PrivateDatabase
from people.tables import FollowUpRow

LONGEST_NOTE = 2_000


class StepKind(StrEnum):
    """What one may do about an actor."""

    ASSIGN = "assign"
    NOTE = "note"
    SNOOZE = "snooze"
    CLOSE = "close"
    REOPEN = "reopen"


class Result(StrEnum):
    """How it ended."""

    JOINED = "joined"  # a cooperation began
    INTRODUCED = "introduced"  # somebody was met: to be seen
    CONTENT = "content"  # it is well as it is
    WRONG_DATA = "wrong_data"  # it is not isolated: the record was
    GONE = "gone"  # no longer active
    NO_ANSWER = "no_answer"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing done. `state`: the actor's state on the list when it was closed."""

    actor_key: str
    at: datetime
    by: str
    kind: StepKind
    assigned_to: str | None = None
    until: date | None = None
    result: Result | None = None
    state: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Where the steps of an actor leave it. `closed_state`: its state when it was closed."""

    steps: tuple[Step, ...]
    assigned_to: str | None = None
    snoozed_until: date | None = None
    result: Result | None = None
    closed_state: str | None = None

    def waits(self, today: date, state: str) -> bool:
        """Whether the list leaves the actor alone: closed in the state it is still in, or snoozed."""
        if self.result is not None and self.closed_state == state:
            return True
        return self.snoozed_until is not None and self.snoozed_until > today


def add_step(
    private: PrivateDatabase,
    store_id: str,
    actor_key: str,
    kind: StepKind,
    *,
    by: str,
    assigned_to: str | None = None,
    until: date | None = None,
    result: Result | None = None,
    state: str | None = None,
    note: str | None = None,
) -> None:
    """Remember that this was done.

    Raises InvalidValue: a note without words, too long, or that holds an address or a telephone number
    (people are named nowhere); a snooze without a day; a closing without a result.
    """
    text = _checked_note(note, needed=kind is StepKind.NOTE)
    if kind is StepKind.SNOOZE and until is None:
        raise InvalidValue("follow_up", "until", "", "required")
    if kind is StepKind.CLOSE and result is None:
        raise InvalidValue("follow_up", "result", "", "required")
    with private.writing() as session:
        session.add(
            FollowUpRow(
                store_id=store_id,
                actor_key=actor_key,
                at=private.now(),
                by=by,
                step=kind.value,
                assigned_to=assigned_to if kind is StepKind.ASSIGN else None,
                until=until.isoformat() if until and kind is StepKind.SNOOZE else None,
                result=result.value if result and kind is StepKind.CLOSE else None,
                state=state if kind is StepKind.CLOSE else None,
                note=text,
            )
        )


def follow_ups(
    private: PrivateDatabase, store_id: str, actor_keys: Iterable[str] | None = None
) -> dict[str, FollowUp]:
    """Where each actor that something was done about stands; `actor_keys`: only these (say a record and
    those merged into it).
    """
    wanted = select(FollowUpRow).filter_by(store_id=store_id).order_by(FollowUpRow.id)
    if actor_keys is not None:
        wanted = wanted.where(FollowUpRow.actor_key.in_(list(actor_keys)))
    steps: dict[str, list[Step]] = {}
    with private.reading() as session:
        for row in session.scalars(wanted):
            steps.setdefault(row.actor_key, []).append(_as_step(row))
    return {key: standing(done) for key, done in steps.items()}


def standing(steps: Iterable[Step]) -> FollowUp:
    """Where these steps, the first first, leave an actor.

    A new assignment, a snooze or a reopening opens what was closed; closing ends the snooze; a note changes
    nothing.
    """
    done = tuple(steps)
    assigned: str | None = None
    until: date | None = None
    closing: Step | None = None
    for step in done:
        if step.kind is StepKind.ASSIGN:
            assigned, closing = step.assigned_to, None
        elif step.kind is StepKind.SNOOZE:
            until, closing = step.until, None
        elif step.kind is StepKind.REOPEN:
            until, closing = None, None
        elif step.kind is StepKind.CLOSE:
            until, closing = None, step
    return FollowUp(
        done, assigned, until, closing.result if closing else None, closing.state if closing else None
    )


def _as_step(row: FollowUpRow) -> Step:
    return Step(
        row.actor_key,
        row.at,
        row.by,
        StepKind(row.step),
        row.assigned_to,
        date.fromisoformat(row.until) if row.until else None,
        Result(row.result) if row.result else None,
        row.state,
        row.note,
    )


def _checked_note(note: str | None, *, needed: bool) -> str | None:
    text = (note or "").strip()
    if needed and not text:
        raise InvalidValue("follow_up", "note", "", "required")
    if len(text) > LONGEST_NOTE:
        raise InvalidValue("follow_up", "note", f"{len(text)}", "note_too_long")
    if found := contact_details(text):
        raise InvalidValue("follow_up", "note", found[0].text, "contact_in_note")
    return text or None
