"""Build a snapshot from a store, whole or from the former one and the change feed."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from graphsvc.domain.bulk import without_collection
from graphsvc.domain.links import State
from graphsvc.domain.records import RecordKind, alternate_keys
from graphsvc.domain.serial import from_data
from graphsvc.ports import GraphStore, HistoryEvent
from graphsvc.snapshot.build_columns import actor_columns, place_columns, topic_columns
from graphsvc.snapshot.build_involvements import involvement_columns
from graphsvc.snapshot.build_relations import relation_columns
from graphsvc.snapshot.columns import B1, RelationColumns, RelationSource
from graphsvc.snapshot.snapshot import Columns, Snapshot
from graphsvc.snapshot.tables import MemoryTable

FEED_SHARE = 0.05  # past this share of the records a full read is cheaper than the feed
_TRIES = 5


def build_snapshot(store: GraphStore) -> Snapshot:
    """Read everything. If a write lands in between, read again, so that one revision is seen."""
    for _ in range(_TRIES):
        before = store.info()
        with without_collection():
            records = {kind: [stored.record for stored in store.records(kind)] for kind in RecordKind}
            merged = store.merged(RecordKind.ACTOR)
            if store.info().revision == before.revision:
                return assemble(before.store_id, before.revision, records, merged)
    # A store written without pause: the last read, brought level by the feed.
    return refresh(assemble(before.store_id, before.revision, records, merged), store, share=1.0)


def refresh(snapshot: Snapshot, store: GraphStore, *, share: float = FEED_SHARE) -> Snapshot:
    """The snapshot of the store's revision now: the same object when nothing changed.

    Records come from the change feed when it is short; columns are computed again from the records.
    """
    info = store.info()
    if info.store_id != snapshot.store_id or info.revision < snapshot.revision:
        return build_snapshot(store)
    if info.revision == snapshot.revision:
        return snapshot
    limit = max(100, int(share * sum(len(t) for t in snapshot.tables.values())))
    events: list[HistoryEvent] = []
    revision = snapshot.revision
    while batch := store.changes_since(revision):
        events += batch
        revision = batch[-1].revision
        if len(events) > limit:
            return build_snapshot(store)
    return apply_events(snapshot, events, revision)


def apply_events(snapshot: Snapshot, events: Sequence[HistoryEvent], revision: int) -> Snapshot:
    """The snapshot after these events."""
    touched: dict[RecordKind, dict[str, Any]] = {}
    derived = _derived(snapshot)
    merged = {key: id_ for key, id_ in snapshot.aliases.items() if key not in derived}
    for event in events:
        current = (
            None if event.action != "put" or event.after is None else from_data(event.ref.kind, event.after)
        )
        touched.setdefault(event.ref.kind, {})[event.ref.id] = current
        if event.action == "merge" and event.ref.kind is RecordKind.ACTOR and event.after is not None:
            merged[event.ref.id] = str(event.after["merged_into"])
    records = {kind: _replaced(snapshot, kind, touched.get(kind, {})) for kind in RecordKind}
    return assemble(snapshot.store_id, revision, records, merged)


def assemble(
    store_id: str, revision: int, records: Mapping[RecordKind, Sequence[Any]], merged: Mapping[str, str]
) -> Snapshot:
    """Columns and tables of these records, each kind ordered by id."""
    tables = {kind: MemoryTable(records[kind]) for kind in RecordKind}
    position = {kind: {id_: k for k, id_ in enumerate(tables[kind].ids)} for kind in RecordKind}
    index = position[RecordKind.ACTOR].get
    actors = records[RecordKind.ACTOR]
    places = place_columns(records[RecordKind.PLACE], position[RecordKind.PLACE].get)
    relations = relation_columns(
        index,
        records[RecordKind.LINK],
        records[RecordKind.AGREEMENT],
        records[RecordKind.PROJECT],
        actors,
        records[RecordKind.EVENT],
    )
    active = _active(len(actors), relations, [a.actor for a in records[RecordKind.ANNOUNCEMENT]], position)
    columns, vocabulary = actor_columns(
        actors, index, position[RecordKind.PLACE].get, position[RecordKind.THEME].get, places, active
    )
    return Snapshot(
        store_id=store_id,
        revision=revision,
        tables=tables,
        columns=Columns(
            actors=columns,
            places=places,
            themes=topic_columns(records[RecordKind.THEME], position[RecordKind.THEME].get),
            skills=topic_columns(records[RecordKind.SKILL], position[RecordKind.SKILL].get),
            relations=relations,
            involvements=involvement_columns(len(actors), index, records),
        ),
        vocabulary=vocabulary,
        aliases=_aliases(actors, merged, position[RecordKind.ACTOR]),
    )


def _aliases(actors: Sequence[Any], merged: Mapping[str, str], known: Mapping[str, int]) -> dict[str, str]:
    """SIREN and RNA keys, and merged ids followed to the record that answers now."""
    keys = {key: actor.id for actor in actors for key in alternate_keys(actor)}
    for old in sorted(merged):
        at, seen = old, {old}
        while at not in known and merged.get(at) is not None and merged[at] not in seen:
            at = merged[at]
            seen.add(at)
        if at in known and old not in known:
            keys[old] = at
    return keys


def _derived(snapshot: Snapshot) -> set[str]:
    """The aliases that follow from records (SIREN, RNA), as against merges."""
    return {key for actor in snapshot.tables[RecordKind.ACTOR] for key in alternate_keys(actor)}


def _replaced(snapshot: Snapshot, kind: RecordKind, touched: Mapping[str, Any]) -> list[Any]:
    if not touched:
        return list(snapshot.tables[kind])
    kept = {record.id: record for record in snapshot.tables[kind] if record.id not in touched}
    kept.update({id_: record for id_, record in touched.items() if record is not None})
    return [kept[id_] for id_ in sorted(kept)]


def _active(
    n: int,
    relations: RelationColumns,
    announcers: Sequence[str | None],
    position: Mapping[RecordKind, Mapping[str, int]],
) -> B1:
    """Who takes part in a link, an agreement, a project or an announcement."""
    active = np.zeros(n, np.bool_)
    retracted = relations.state == list(State).index(State.RETRACTED)
    documented = (relations.source <= RelationSource.PROJECT) & ~retracted  # not units nor attendance
    active[relations.a[documented]] = True
    active[relations.b[documented]] = True
    for id_ in announcers:
        if id_ is not None and id_ in position[RecordKind.ACTOR]:
            active[position[RecordKind.ACTOR][id_]] = True
    return active
