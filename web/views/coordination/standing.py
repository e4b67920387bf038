"""Where actors stand in the work list on a day: the list is computed once per snapshot and day."""

from datetime import date

from graphsvc.analytics.bridges import Weaving
from graphsvc.analytics.isolation import WorkItem, work_list
from graphsvc.snapshot import Snapshot
from web.kept import kept


@kept
def work_items(snapshot: Snapshot, day: date, everyone: bool = False) -> tuple[WorkItem, ...]:
    """The work list; `everyone` adds institutions and the partner side."""
    return tuple(work_list(snapshot, day, all_perimeters=everyone, institutions=everyone))


def standing_of(snapshot: Snapshot, i: int, day: date) -> WorkItem | None:
    """The line of actor i, None when it needs none."""
    return _by_actor(snapshot, day).get(i)


@kept
def weaving_of(snapshot: Snapshot, day: date) -> Weaving:
    """What bridges are weighed on, once a day and snapshot."""
    return Weaving(snapshot, day)


@kept
def _by_actor(snapshot: Snapshot, day: date) -> dict[int, WorkItem]:
    return {item.index: item for item in work_items(snapshot, day, True)}
