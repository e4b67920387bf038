"""An announcement as somebody typed it, made into a record or refused with every fault and its remedy."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from graphsvc.domain.announcements import Announcement, AnnouncementState, Direction, Nature
from graphsvc.domain.dates import PartialDate
from graphsvc.snapshot import Snapshot
from graphsvc.usecases.draft_reading import DraftReader

USUAL_DAYS = 183
"""How long an announcement is open when nothing else is asked: six months."""
LONGEST_DAYS = 731
"""Nobody knows of a need two years ahead: a longer one is renewed."""


@dataclass(frozen=True, slots=True)
class AnnouncementDraft:
    """The fields as typed: codes, words, dates; nothing is checked yet."""

    direction: str = ""
    nature: str = ""
    title: str = ""
    description: str = ""
    skills: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    starts_on: str = ""
    expires_on: str = ""


def usual_expiry(today: date) -> date:
    """The end proposed for an announcement of today."""
    return today + timedelta(days=USUAL_DAYS)


def usual_renewal(record: Announcement, today: date) -> date:
    """The new end proposed: as much again for what is still open, at most as far as one may go."""
    open_until = record.expires_on if record.open_on(today) else None
    begin = max(today, open_until.last_day) if open_until is not None else today
    return min(usual_expiry(begin), today + timedelta(days=LONGEST_DAYS))


def read_announcement(
    snapshot: Snapshot,
    draft: AnnouncementDraft,
    *,
    id_: str,
    actor: str | None,
    today: date,
    before: Announcement | None = None,
) -> Announcement:
    """The announcement that the draft means.

    `before` is the record being edited: what the draft does not speak of stays. Without an actor it is a
    recorded need, which may have no end. Raises DraftRefused.
    """
    reader = DraftReader(snapshot)
    direction = reader.code("direction", draft.direction, Direction)
    nature = reader.code("nature", draft.nature, Nature)
    title = reader.line("title", draft.title)
    description = reader.prose("description", draft.description)
    skills = reader.skills("skills", draft.skills)
    themes = reader.themes("themes", draft.themes)
    territories = reader.territories("territories", draft.territories)
    start, end = read_period(reader, draft, today, before, endless=actor is None)
    reader.finish("announcement")
    if direction is None or nature is None:
        raise AssertionError("unreachable: the faults were raised")
    base = before or Announcement(id_, title, direction, nature, actor, state=_state(actor))
    return replace(
        base,
        title=title,
        direction=direction,
        nature=nature,
        description=description,
        skills=skills,
        themes=themes,
        territories=territories,
        published_on=start,
        expires_on=end,
    )


def read_period(
    reader: DraftReader,
    draft: AnnouncementDraft,
    today: date,
    before: Announcement | None,
    *,
    endless: bool,
) -> tuple[PartialDate | None, PartialDate | None]:
    """The days from which and until which it may be answered; the faults are noted by the reader."""
    kept = before.published_on if before is not None else None
    start = reader.day("starts_on", draft.starts_on) or (kept if before else PartialDate.of(today))
    end = read_expiry(reader, draft.expires_on, today, endless=endless)
    if start is not None and start != kept:
        if start.last_day < today:
            reader.fault("starts_on", "start_in_the_past", value=str(start), today=today.isoformat())
        elif start.first_day > today + timedelta(days=LONGEST_DAYS):
            reader.fault("starts_on", "start_too_far", value=str(start), last=_last_day(today))
    late = start is not None and end is not None and end.last_day < start.first_day
    if start is not None and late and not any(f.field == "expires_on" for f in reader.faults):
        reader.fault("expires_on", "end_before_start", value=str(end), start=str(start))
    return start, end


def read_expiry(reader: DraftReader, text: str, today: date, *, endless: bool = False) -> PartialDate | None:
    """The last day: required (unless `endless`), not past, not more than two years ahead."""
    if not text.strip():
        if not endless:
            proposed = usual_expiry(today).isoformat()
            reader.fault("expires_on", "without_end", proposed=proposed, last=_last_day(today))
        return None
    end = reader.day("expires_on", text)
    if end is not None and end.last_day < today:
        proposed = usual_expiry(today).isoformat()
        reader.fault("expires_on", "in_the_past", value=str(end), today=today.isoformat(), proposed=proposed)
    elif end is not None and end.last_day > today + timedelta(days=LONGEST_DAYS):
        reader.fault("expires_on", "too_far", value=str(end), last=_last_day(today))
    return end


def _last_day(today: date) -> str:
    return (today + timedelta(days=LONGEST_DAYS)).isoformat()


def _state(actor: str | None) -> AnnouncementState:
    return AnnouncementState.RECORDED if actor is None else AnnouncementState.OPEN
