"""The whole history of a store as lines of JSON, and the same store made again from them.

Replaying the history gives back what current facts alone would lose: versions, revisions, authors, dates,
merged keys, and with them undo and "what changed". It goes through the port only, so that what one kind of
store wrote another can take.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import groupby
from typing import Any

from graphsvc.domain.errors import IdempotencyMismatch, Refused
from graphsvc.domain.records import RecordKind, Ref
from graphsvc.domain.serial import from_data
from graphsvc.ports import Change, GraphStore, HistoryEvent, Merge, Put, Withdraw

ONE_TRANSACTION = 200_000  # the port's limit: a longer first revision is a load
Progress = Callable[[str, int, int], None]
Event = dict[str, Any]


class UnreadableJournal(ValueError):
    """A line is no event of ours, or the lines do not follow each other."""


class AnotherHistory(ValueError):
    """The store already holds something else than the beginning of this history."""


def journal_lines(store: GraphStore, last: int) -> Iterator[str]:
    """One line an event, up to the revision `last`, in the order of the change feed.

    The feed only grows: what is written meanwhile does not disturb the lines.
    """
    revision = 0
    while events := store.changes_since(revision):
        for event in events:
            if event.revision > last:
                return
            yield _line(event)
        revision = events[-1].revision


def digest_of(lines: Iterable[str]) -> str:
    """SHA-256 of the lines: two stores of the same digest have had the same life."""
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line.encode("utf-8", "surrogatepass"))
        digest.update(b"\n")
    return digest.hexdigest()


def replay(
    store: GraphStore, lines: Iterable[str], *, key: str, progress: Progress | None = None, total: int = 0
) -> int:
    """Make the history again in an empty store, revision after revision; returns the last one.

    What an interrupted replay of the same history left is recognised and completed. `key` names the replay.
    `progress("replay", revision, total)` is called after each revision. Raises UnreadableJournal,
    AnotherHistory, and StoreError.
    """
    done = store.info().revision if not store.info().loading else 0
    reached = 0
    for revision, events in groupby(_read(lines), key=lambda event: int(event["revision"])):
        found = list(events)
        reached = revision
        if revision < done:
            continue
        if revision == done:
            _recognise(store, revision, found)
            continue
        if _write(store, revision, found, f"{key}:{revision}") != revision:
            raise AnotherHistory
        if progress is not None:
            progress("replay", revision, max(total, revision))
    if store.info().revision != reached:
        raise AnotherHistory
    return reached


def _line(event: HistoryEvent) -> str:
    data = {
        "revision": event.revision,
        "kind": event.ref.kind.value,
        "id": event.ref.id,
        "version": event.version,
        "action": event.action,
        "new": event.before is None,
        "after": event.after,
        "by": event.by,
        "at": event.at.isoformat(),
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _read(lines: Iterable[str]) -> Iterator[Event]:
    for line in lines:
        try:
            event = json.loads(line)
            yield {**event, "ref": Ref(RecordKind(event["kind"]), event["id"])}
        except (ValueError, KeyError, TypeError) as error:
            raise UnreadableJournal(str(error)) from error


def _recognise(store: GraphStore, revision: int, events: list[Event]) -> None:
    """The last revision the store has is this one. Raises AnotherHistory."""
    there = [json.loads(_line(e)) for e in store.changes_since(revision - 1, limit=1)]
    if there != [{k: v for k, v in e.items() if k != "ref"} for e in events]:
        raise AnotherHistory


def _write(store: GraphStore, revision: int, events: list[Event], key: str) -> int:
    first = events[0]
    try:
        by, at = str(first["by"]), datetime.fromisoformat(first["at"])
        changes = [_change(e) for e in events]
        if len(changes) > ONE_TRANSACTION and revision == 1:
            records = (c.record for c in changes if isinstance(c, Put))
            return store.load(records, by=by, idempotency_key=key, at=at)
        # Known to be absent: a merge that was undone takes its keys back only for who says so.
        absent = {e["ref"]: 0 for e in events if e["new"] and e["action"] == "put"}
        return store.apply(changes, by=by, idempotency_key=key, expected_versions=absent, at=at)
    except IdempotencyMismatch as error:
        raise AnotherHistory from error
    except (Refused, KeyError, TypeError, ValueError) as error:
        raise UnreadableJournal(str(error)) from error


def _change(event: Event) -> Change:
    ref: Ref = event["ref"]
    if event["action"] == "put":
        return Put(from_data(ref.kind, event["after"]))
    if event["action"] == "merge":
        return Merge(ref, Ref(ref.kind, event["after"]["merged_into"]))
    if event["action"] == "withdraw":
        return Withdraw(ref)
    raise ValueError(event["action"])
