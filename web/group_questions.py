"""What a reader asks of groups, understood the same way by the pages, the API and the command line."""

from datetime import date

from graphsvc.domain.announcements import Nature
from graphsvc.domain.dates import PartialDate
from graphsvc.domain.errors import InvalidValue, UnknownRecord
from graphsvc.domain.records import RecordKind
from graphsvc.domain.text import fold
from graphsvc.search import find_actor
from graphsvc.snapshot import Snapshot
from matcher.groups.pool_need import PoolNeed, narrowed, need_of_announcement
from web.kept import kept

EARLIEST = date(1900, 1, 1)


def announcement_asked(snapshot: Snapshot, key: str) -> int:
    """The position of an announcement. Raises UnknownRecord with the nearest titles."""
    found = snapshot.position(RecordKind.ANNOUNCEMENT, key.strip())
    if found is None:
        raise UnknownRecord("announcement", key[:80], nearest_announcements(snapshot, key))
    return found


def nearest_announcements(snapshot: Snapshot, key: str, n: int = 3) -> list[dict[str, str]]:
    """The announcements whose key or title resembles this most: `[{"id", "name"}]`."""
    from rapidfuzz import fuzz, process

    titles = _titles(snapshot)
    question = fold(key[:200])
    by_key = process.extract(question, {k: fold(k) for k in titles}, scorer=fuzz.partial_ratio, limit=n)
    by_title = process.extract(question, {k: fold(t) for k, t in titles.items()}, scorer=fuzz.WRatio, limit=n)
    found = sorted((*by_key, *by_title), key=lambda hit: (-hit[1], hit[2]))
    return [{"id": id_, "name": titles[id_]} for id_ in dict.fromkeys(hit[2] for hit in found)][:n]


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

    Raises UnknownRecord (announcement, actor, theme, territory), AmbiguousName, InvalidValue (nature).
    """
    asker = None if actor is None else find_actor(snapshot, actor)
    if announcement is not None:
        need = need_of_announcement(snapshot, announcement_asked(snapshot, announcement))
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


@kept
def _titles(snapshot: Snapshot) -> dict[str, str]:
    return {record.id: record.title for record in snapshot.tables[RecordKind.ANNOUNCEMENT]}
