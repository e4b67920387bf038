"""On success: the cooperation written in the graph by the person behind the request, once; and taken back."""

from dataclasses import dataclass

from graphsvc.domain.errors import IdempotencyMismatch, VersionConflict
from graphsvc.domain.links import Link
from graphsvc.domain.records import RecordKind
from graphsvc.ports import Stored
from graphsvc.snapshot import Snapshot
from graphsvc.usecases.introduce import cooperation_of, taken_back
from people.introductions import Introduction
from web.shown import services
from web.views.introductions.parties import Party
from web.writing import stored, write


@dataclass(frozen=True, slots=True)
class LinkWritten:
    """The link's key, and whether it waits for the graph to answer."""

    link: str
    waiting: bool


def record_link(snapshot: Snapshot, seen: Party, kind: str) -> LinkWritten:
    """The cooperation of the two, on the themes and territories of what the request was about.

    Recorded meanwhile by somebody else: it is there, which is what was asked. Raises InvalidValue.
    """
    themes, territories = _topics(snapshot, seen.found)
    link, planned = cooperation_of(
        snapshot, seen.asker.id, seen.other.id, kind, services().today(),
        themes=themes, territories=territories,
    )  # fmt: skip
    try:
        written = write(planned, key=_key(snapshot, seen, link))
    except (VersionConflict, IdempotencyMismatch):
        return LinkWritten(link.id, waiting=False)
    return LinkWritten(link.id, written.waiting)


def _key(snapshot: Snapshot, seen: Party, link: Link) -> str:
    """One recording of one link, however often the form is sent; after it was taken back, another."""
    known = snapshot.position(RecordKind.LINK, link.id)
    again = f"-after-{snapshot.revision}" if known is not None else ""
    return f"introduction-{seen.found.id}-{link.id}{again}"


def take_link_back(link_id: str, introduction: str) -> None:
    """The cooperation as never true. Raises UnknownRecord, StoreUnavailable."""
    before: Stored[Link] = stored(RecordKind.LINK, link_id)
    _after, planned = taken_back(before)
    write(planned, key=f"introduction-{introduction}-back-{before.version}")


def _topics(snapshot: Snapshot, found: Introduction) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if found.request.about is None:
        return (), ()
    kind, key = found.request.about
    position = snapshot.position(RecordKind(kind), key)
    if position is None:
        return (), ()
    record = getattr(snapshot, kind)(position)
    return tuple(record.themes), tuple(record.territories)
