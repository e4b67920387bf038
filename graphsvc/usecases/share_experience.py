"""An experience sheet as somebody typed it: read, published, edited, withdrawn."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from graphsvc.domain.experiences import Experience
from graphsvc.ports import Stored
from graphsvc.snapshot import Snapshot
from graphsvc.usecases.announce import new_id
from graphsvc.usecases.draft_reading import DraftReader
from graphsvc.usecases.planned import Planned, creation, replacement

TOLD = ("done", "successes", "failures", "advice")
"""The free texts of a sheet. What worked and what failed count alike: one of them at least is told."""


@dataclass(frozen=True, slots=True)
class ExperienceDraft:
    """The fields as typed."""

    title: str = ""
    themes: tuple[str, ...] = ()
    territories: tuple[str, ...] = ()
    start: str = ""
    end: str = ""
    done: str = ""
    successes: str = ""
    failures: str = ""
    advice: str = ""


def read_experience(
    snapshot: Snapshot,
    draft: ExperienceDraft,
    *,
    id_: str,
    actor: str | None,
    today: date,
    before: Experience | None = None,
) -> Experience:
    """The sheet that the draft means; `before` is the one being edited. Raises DraftRefused."""
    reader = DraftReader(snapshot)
    title = reader.line("title", draft.title)
    themes = reader.themes("themes", draft.themes)
    territories = reader.territories("territories", draft.territories)
    start, end = reader.day("start", draft.start), reader.day("end", draft.end)
    if start is not None and end is not None and end.last_day < start.first_day:
        reader.fault("end", "end_before_start", value=str(end), start=str(start))
    if start is not None and start.first_day > today:
        reader.fault("start", "not_begun", value=str(start), today=today.isoformat())
    told: dict[str, Any] = {
        name: reader.prose(name, getattr(draft, name), required=name == "done") for name in TOLD
    }
    if told["done"] and not told["successes"] and not told["failures"]:
        reader.fault("successes", "nothing_learnt")
    reader.finish("experience")
    base = before or Experience(id_, title, actor)
    return replace(base, title=title, themes=themes, territories=territories, start=start, end=end, **told)


def share(
    snapshot: Snapshot, draft: ExperienceDraft, *, actor: str, seed: str, today: date
) -> tuple[Experience, Planned]:
    """A new sheet of this actor; the same seed gives the same one. Raises DraftRefused."""
    id_ = new_id("experience", draft.title, seed)
    wanted = read_experience(snapshot, draft, id_=id_, actor=actor, today=today)
    return wanted, creation(wanted)


def edit_experience(
    snapshot: Snapshot,
    before: Stored[Experience],
    draft: ExperienceDraft,
    *,
    today: date,
    version: int | None = None,
) -> tuple[Experience, Planned]:
    """The sheet with other words, if nobody changed it since `version` was read. Raises DraftRefused."""
    record = before.record
    after = read_experience(snapshot, draft, id_=record.id, actor=record.actor, today=today, before=record)
    return after, replacement(before, after, version)
