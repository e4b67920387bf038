"""One actor of the work list, to read: why it is there, how sure that is, whom it could meet first."""

from dataclasses import dataclass
from datetime import date

from flask import get_template_attribute, request
from markupsafe import Markup

from graphsvc.analytics.isolation import WorkItem
from graphsvc.snapshot import Snapshot
from people.follow_ups import FollowUp
from web.declined import declined_by_index
from web.kept import kept_in_words
from web.language import column
from web.permissions import Action, may
from web.shown import services
from web.views.actors.listing import ActorLine, actor_line
from web.views.coordination.bridge_cards import Meet, meets_of
from web.views.coordination.followed import NOTHING
from web.views.coordination.standing import standing_of
from web.words.coordination import RESULTS

_NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One actor of the list, for those who may see names."""

    item: WorkItem
    line: ActorLine
    years: int | None
    meet: tuple[Meet, ...]
    follow_up: FollowUp
    result: str | None


def work_line(
    snapshot: Snapshot,
    item: WorkItem,
    today: date,
    found: FollowUp,
    declined: frozenset[str],
    *,
    met: bool = True,
) -> WorkLine:
    """A line of the list with its introductions, without those it declined; none unless `met`."""
    age = item.record_age_days
    return WorkLine(
        item,
        actor_line(snapshot, item.index, snapshot.ties(today).degree_of(item.index)),
        None if age is None else age // 365,
        meets_of(snapshot, item.index, today, declined) if met else (),
        found,
        RESULTS[found.result][column()] if found.result else None,
    )


def work_cards(
    snapshot: Snapshot, items: list[WorkItem], today: date, done: dict[int, FollowUp], *, met: bool
) -> list[Markup]:
    """The cards of these actors for this reader, with whom to meet first if `met`; each is written once for
    all who may see it.
    """
    declined = declined_by_index(services().private, snapshot) if items else {}
    steers = may(Action.STEER)
    return [
        _card(
            snapshot,
            item.index,
            today,
            done.get(item.index, NOTHING),
            declined.get(item.index, _NOBODY),
            steers,
            met,
            request.script_root,
        )
        for item in items
    ]


@kept_in_words
def _card(
    snapshot: Snapshot,
    i: int,
    today: date,
    found: FollowUp,
    declined: frozenset[str],
    steers: bool,
    met: bool,
    _prefix: str,
) -> Markup:
    item = standing_of(snapshot, i, today)
    if item is None:
        raise ValueError(f"{snapshot.ids[i]} is not on the work list")
    line = work_line(snapshot, item, today, found, declined, met=met)
    written: Markup = get_template_attribute("coordination/work_card.html", "work_card")(line, steers)
    return written
