"""What a reader asks of groups, understood the same way by the pages, the API and the command line."""

from datetime import date

from graphsvc.domain.announcements import Nature
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.errors import InvalidValue
from graphsvc.domain.records import RecordKind
from graphsvc.search import find_actor, known_record
from graphsvc.snapshot import Snapshot
from matcher.groups.pool_need import PoolNeed, narrowed, need_of_announcement

EARLIEST = date(1900, 1, 1)


def need_asked(
    snapshot: Snapshot,
    announcement: str | None,
    *,
    nature: str | None = None,
    actor: str | None = None,
    themes: tuple[str, ...] = (),
    territories: tuple[str, ...] = (),
) -> PoolNeed:
    """The need of an announcement, or one told in a few codes, narrowed by what is added.

    An actor speaks for a need without an owner. Raises UnknownRecord (announcement, actor, theme, territory),
    AmbiguousName, InvalidValue (nature; an actor where another owns the need).
    """
    asker = None if actor is None else find_actor(snapshot, actor)
    if announcement is not None:
        position = known_record(snapshot, RecordKind.ANNOUNCEMENT, announcement.strip())
        need = need_of_announcement(snapshot, position)
        if need.asker is not None and asker not in (None, need.asker):
            raise InvalidValue("filtre", "actor", str(actor)[:80], "need_has_owner")
        asker = need.asker if need.asker is not None else asker
    else:
        if nature not in list(Nature):
            raise InvalidValue("filtre", "nature", str(nature)[:80], "unknown_code")
        need = PoolNeed(Nature(nature))
    return narrowed(snapshot, need, themes=themes, territories=territories, asker=asker)


def day_asked(text: str | None, today: date) -> date:
    """The last day of a date as written; today when nothing is. Raises InvalidValue."""
    if not text:
        return today
    try:
        day = PartialDate.parse(text[:40]).last_day
    except InvalidValue as error:
        raise InvalidValue("filtre", "date", text[:40], error.rule) from None
    return max(day, EARLIEST)
