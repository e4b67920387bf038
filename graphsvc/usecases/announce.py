"""The life of an announcement: published, edited, renewed, closed with its outcome, adopted, withdrawn.

Each function decides and changes nothing: it returns what is to be done, which any store does alike.
"""

import hashlib
from dataclasses import replace
from datetime import date

from graphsvc.domain.announcements import Announcement, AnnouncementState, Result
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.errors import InvalidValue
from graphsvc.domain.text import KEY_LIMIT, fold
from graphsvc.ports import Stored
from graphsvc.snapshot import Snapshot
from graphsvc.usecases.announcement_draft import (
    AnnouncementDraft,
    read_announcement,
    read_expiry,
    usual_expiry,
    usual_renewal,
)
from graphsvc.usecases.draft_reading import DraftReader
from graphsvc.usecases.planned import Planned, creation, replacement, withdrawal

_OUTCOME_MOST = 600
_ID_WORDS = 48


def new_id(prefix: str, title: str, seed: str) -> str:
    """A key that tells what it is, the same for the same seed: `annonce-visas-pour-kayes-3f2a91c0`."""
    words = fold(title).replace(" ", "-")
    plain = "".join(c for c in words if c.isascii())[:_ID_WORDS].strip("-")
    mark = hashlib.sha256(seed.encode()).hexdigest()[:8]
    prefix = "" if plain.startswith(prefix) else prefix
    return "-".join(part for part in (prefix, plain, mark) if part)


def publish(
    snapshot: Snapshot, draft: AnnouncementDraft, *, actor: str, seed: str, today: date
) -> tuple[Announcement, Planned]:
    """A new announcement of this actor. The same seed gives the same one, so that a retry is harmless.

    Raises DraftRefused.
    """
    id_ = new_id("annonce", draft.title, seed)
    wanted = read_announcement(snapshot, draft, id_=id_, actor=actor, today=today)
    return wanted, creation(wanted)


def edit(
    snapshot: Snapshot,
    before: Stored[Announcement],
    draft: AnnouncementDraft,
    *,
    today: date,
    version: int | None = None,
) -> tuple[Announcement, Planned]:
    """The announcement with other words, if nobody changed it since `version` was read.

    A closed one is refused (InvalidValue `closed_is_not_edited`): it is opened again first. Raises
    DraftRefused.
    """
    record = before.record
    if record.state is AnnouncementState.CLOSED:
        raise InvalidValue("announcement", "state", record.id, "closed_is_not_edited")
    after = read_announcement(snapshot, draft, id_=record.id, actor=record.actor, today=today, before=record)
    return after, replacement(before, after, version)


def renew(
    snapshot: Snapshot,
    before: Stored[Announcement],
    expires_on: str,
    *,
    today: date,
    version: int | None = None,
) -> tuple[Announcement, Planned]:
    """A new last day, as typed (blank = six months more); a closed one is open again.

    Raises DraftRefused, also when what is open would end sooner than it does.
    """
    reader = DraftReader(snapshot)
    end = read_expiry(reader, expires_on.strip() or usual_renewal(before.record, today).isoformat(), today)
    start = before.record.published_on
    until = before.record.expires_on if before.record.open_on(today) else None
    if not reader.faults and end is not None and until is not None and end.last_day < until.last_day:
        reader.fault("expires_on", "not_longer", value=str(end), until=str(until))
    if not reader.faults and end is not None and start is not None and end.last_day < start.first_day:
        reader.fault("expires_on", "end_before_start", value=str(end), start=str(start))
    reader.finish("announcement")
    state = before.record.state
    if state is AnnouncementState.CLOSED:
        state = AnnouncementState.OPEN if before.record.actor is not None else AnnouncementState.RECORDED
    after = replace(before.record, expires_on=end, state=state, result=None, outcome=None)
    return after, replacement(before, after, version)


def close(
    snapshot: Snapshot,
    before: Stored[Announcement],
    result: str,
    outcome: str,
    *,
    version: int | None = None,
) -> tuple[Announcement, Planned]:
    """Closed, with what became of it and a few words. Raises DraftRefused."""
    reader = DraftReader(snapshot)
    code = reader.code("result", result, Result)
    words = reader.prose("outcome", outcome, most=_OUTCOME_MOST)
    reader.finish("announcement")
    if before.record.actor is None:
        raise InvalidValue("announcement", "state", before.record.id, "recorded_is_not_closed")
    after = replace(before.record, state=AnnouncementState.CLOSED, result=code, outcome=words)
    return after, replacement(before, after, version)


def adoption_id(need: str, actor: str) -> str:
    """The key of the announcement by which this actor takes up this need: always the same."""
    plain = f"{need}~{actor}"
    if len(plain) <= KEY_LIMIT:
        return plain
    return f"reprise-{hashlib.sha256(plain.encode()).hexdigest()[:32]}"


def adopt(
    need: Announcement, actor: str, existing: Stored[Announcement] | None, *, today: date
) -> tuple[Announcement, Planned]:
    """This need is the actor's too: an announcement of its own, which names the recorded need.

    `existing` is what answers to `adoption_id` in the store: nothing is done twice, and one that has
    expired or was closed is open again. Raises InvalidValue (`only_recorded_needs_are_adopted`).
    """
    if need.actor is not None or need.state is not AnnouncementState.RECORDED:
        raise InvalidValue("announcement", "adopts", need.id, "only_recorded_needs_are_adopted")
    end = PartialDate.of(usual_expiry(today))
    if existing is not None:
        if existing.record.open_on(today):
            return existing.record, Planned(())
        state = AnnouncementState.OPEN
        again = replace(existing.record, state=state, expires_on=end, result=None, outcome=None)
        return again, replacement(existing, again)
    own = replace(
        need,
        id=adoption_id(need.id, actor),
        actor=actor,
        published_on=PartialDate.of(today),
        expires_on=end,
        state=AnnouncementState.OPEN,
        source=None,
        adopts=need.id,
    )
    return own, creation(own)


def retract(before: Stored[Announcement], *, version: int | None = None) -> Planned:
    """Taken off the board; its history stays. A need that others took up cannot go: ReferencedRecord."""
    return withdrawal(before, version)
