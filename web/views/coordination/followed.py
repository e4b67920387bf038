"""What was done about each actor of the work list, as the private database remembers it."""

import logging
from dataclasses import dataclass
from datetime import date

from graphsvc.domain.errors import StoreError
from graphsvc.snapshot import Snapshot
from people.follow_ups import FollowUp, Step, follow_ups, standing
from web.language import column
from web.permissions import current_identity
from web.shown import services
from web.words.coordination import RESULTS, STEPS

_log = logging.getLogger(__name__)
NOTHING = FollowUp(())


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step to read. `own`: done by the reader."""

    when: date
    words: str
    own: bool
    note: str | None
    until: date | None
    result: str | None


def followed(snapshot: Snapshot) -> dict[int, FollowUp]:
    """Where each actor that something was done about stands; what was done about a record merged since is
    told with the one that stayed. Nothing while the private database does not answer.
    """
    try:
        found = follow_ups(services().private, snapshot.store_id)
    except StoreError as failure:
        _log.warning("the follow-up could not be read: %s", failure)
        return {}
    steps: dict[int, list[Step]] = {}
    for key, one in found.items():
        i = snapshot.index(key)
        if i is not None:
            steps.setdefault(i, []).extend(one.steps)
    return {i: standing(sorted(done, key=lambda s: s.at)) for i, done in steps.items()}


def step_lines(found: FollowUp) -> list[StepLine]:
    """The steps, the latest first."""
    own = current_identity().account
    return [
        StepLine(
            step.at.astimezone().date(),
            STEPS[step.kind][column()],
            step.by == own,
            step.note,
            step.until,
            RESULTS[step.result][column()] if step.result else None,
        )
        for step in reversed(found.steps)
    ]
