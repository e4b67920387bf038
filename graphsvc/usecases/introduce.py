"""Two actors that were introduced now cooperate: the link to record, and how to take it back."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from graphsvc.domain.dates import PartialDate
from graphsvc.domain.errors import InvalidValue, UnknownRecord
from graphsvc.domain.links import CLASS_OF, Link, LinkClass, LinkKind, State, natural_link_id
from graphsvc.domain.records import RecordKind
from graphsvc.ports import Stored
from graphsvc.snapshot import Snapshot
from graphsvc.usecases.planned import Planned, creation, replacement

COOPERATIONS = tuple(kind for kind in LinkKind if CLASS_OF[kind] is LinkClass.COOPERATION)


def cooperation_of(
    snapshot: Snapshot,
    one: str,
    other: str,
    kind: str,
    today: date,
    *,
    themes: Iterable[str] = (),
    territories: Iterable[str] = (),
) -> tuple[Link, Planned]:
    """An active cooperation of the two from today on, unless the same is recorded already.

    Raises InvalidValue when the kind is none of COOPERATIONS, UnknownRecord when an actor is not there.
    """
    if kind not in COOPERATIONS:
        raise InvalidValue("link", "kind", kind[:80], "no_cooperation")
    first, second = _key(snapshot, one), _key(snapshot, other)
    start = PartialDate(today.year, today.month, today.day)
    id_ = natural_link_id(LinkKind(kind), first, second, start)
    known = snapshot.position(RecordKind.LINK, id_)
    if known is not None and snapshot.link(known).state is not State.RETRACTED:
        return snapshot.link(known), Planned(())
    link = Link(
        id_, first, second, LinkKind(kind), State.ACTIVE, tuple(themes), tuple(territories),
        start=start, confirmed_on=start,
    )  # fmt: skip
    return (link, creation(link)) if known is None else (link, Planned(creation(link).changes))


def taken_back(before: Stored[Link]) -> tuple[Link, Planned]:
    """The link as never true: it stays in history and makes no tie."""
    after = replace(before.record, state=State.RETRACTED)
    return after, replacement(before, after)


def _key(snapshot: Snapshot, key: str) -> str:
    i = snapshot.index(key)
    if i is None:
        raise UnknownRecord("actor", key[:80])
    return snapshot.ids[i]
