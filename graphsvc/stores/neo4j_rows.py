"""A plan written into Neo4j, inside the caller's transaction, in batches of one statement each."""

from collections.abc import Iterable, Mapping
from typing import Any

from neo4j import ManagedTransaction

from graphsvc.domain.links import Link
from graphsvc.domain.records import RecordKind, Ref, ref_of
from graphsvc.domain.serial import from_data
from graphsvc.ports import HistoryEvent, Stored
from graphsvc.stores import neo4j_queries as cypher
from graphsvc.stores.encoding import to_text_or_none
from graphsvc.stores.neo4j_facts import Neo4jFacts, batched
from graphsvc.stores.neo4j_shape import ACTOR_LABEL, edges, labels, properties
from graphsvc.stores.planning.facts import Alias, Plan

Row = dict[str, Any]


def write_plan(tx: ManagedTransaction, facts: Neo4jFacts, plan: Plan) -> None:
    """Write every row of the plan and the new revision. Relationships that stay the same are left alone."""
    again = [event.ref for event in plan.events if event.ref not in plan.created]
    targets = set().union(*plan.targets.values())
    places = facts.nodes(targets.union(again)) if targets or again else {}
    same = {event.ref for event in plan.events if event.action == "put" and _same_drawing(event)}
    erased = [ref for ref in again if ref not in same]
    erase(tx, cypher.DELETE_EDGES, [places[ref] for ref in erased if ref.kind is RecordKind.LINK])
    erase(tx, cypher.ERASE_DRAWN, [places[ref] for ref in erased if ref.kind is not RecordKind.LINK])
    _write_puts(tx, plan, same, places)
    gone = [places[ref] for ref, _ in plan.gone if ref.kind is not RecordKind.LINK]
    erase(tx, cypher.DELETE_NODES, gone)
    _write_withdrawn(tx, plan)
    write_keys(tx, plan.drop_aliases, plan.set_aliases)
    send(tx, cypher.CREATE_CHANGES, [_change(event, plan.texts) for event in plan.events])
    tx.run(cypher.SET_REVISION, revision=plan.revision).consume()


def create_nodes(tx: ManagedTransaction, puts: Iterable[Stored[Any]], places: dict[Ref, str]) -> None:
    """Create the nodes and note in `places` where they are."""
    for batch in batched(list(puts)):
        made = [{"labels": labels(stored.record), "properties": properties(stored)} for stored in batch]
        for stored, row in zip(batch, tx.run(cypher.CREATE_NODES, rows=made), strict=True):
            places[ref_of(stored.record)] = row["node"]


def update_nodes(tx: ManagedTransaction, puts: Iterable[Stored[Any]], places: Mapping[Ref, str]) -> None:
    """Give the nodes their new labels and properties."""
    send(
        tx,
        cypher.UPDATE_NODES,
        [
            {
                "node": places[ref_of(stored.record)],
                "old": list(ACTOR_LABEL.values()) if ref_of(stored.record).kind is RecordKind.ACTOR else [],
                "labels": labels(stored.record),
                "properties": properties(stored),
            }
            for stored in puts
        ],
    )


def create_edges(tx: ManagedTransaction, puts: Iterable[Stored[Any]], places: Mapping[Ref, str]) -> None:
    """Create the relationships that belong to these records; for a link, itself."""
    drawn: list[Row] = []
    for stored in puts:
        record = stored.record
        if isinstance(record, Link):
            start, end = (places[Ref(RecordKind.ACTOR, id_)] for id_ in (record.actor_a, record.actor_b))
            drawn.append(_edge(start, end, labels(record)[0], properties(stored)))
            continue
        here = places[ref_of(record)]
        for edge in edges(record):
            there = places[Ref(edge.kind, edge.id)]
            start, end = (here, there) if edge.outward else (there, here)
            drawn.append(_edge(start, end, edge.type, edge.properties))
    send(tx, cypher.CREATE_EDGES, drawn)


def write_keys(tx: ManagedTransaction, drop: Iterable[Ref], put: Iterable[Alias]) -> None:
    """Drop, then set."""
    send(tx, cypher.DROP_KEYS, [{"kind": key.kind.value, "key": key.id} for key in drop])
    send(
        tx,
        cypher.SET_KEYS,
        [{"kind": a.key.kind.value, "key": a.key.id, "owner": a.owner, "merged": a.merged} for a in put],
    )


def merge_changes(tx: ManagedTransaction, events: Iterable[HistoryEvent]) -> None:
    """Add to the history what is not there yet."""
    send(tx, cypher.MERGE_CHANGES, [_change(event, {}) for event in events])


def send(tx: ManagedTransaction, query: str, all_rows: list[Row]) -> None:
    """Run a statement on `$rows`, a batch at a time."""
    for batch in batched(all_rows):
        tx.run(query, rows=batch).consume()


def erase(tx: ManagedTransaction, query: str, nodes: list[str]) -> None:
    """Run a statement on `$nodes`, a batch at a time."""
    for batch in batched(nodes):
        tx.run(query, nodes=batch).consume()


def _same_drawing(event: HistoryEvent) -> bool:
    """Whether the relationships of a record stay as they were: type, ends and properties (a link's apart)."""
    if event.before is None or event.after is None:
        return False
    before, after = (from_data(event.ref.kind, data) for data in (event.before, event.after))
    if isinstance(before, Link) and isinstance(after, Link):
        return (before.kind, before.actor_a, before.actor_b) == (after.kind, after.actor_a, after.actor_b)
    return list(edges(before)) == list(edges(after))


def _write_puts(tx: ManagedTransaction, plan: Plan, same: set[Ref], places: dict[Ref, str]) -> None:
    named = [(ref_of(stored.record), stored) for stored in plan.puts]
    nodes = [(ref, stored) for ref, stored in named if ref.kind is not RecordKind.LINK]
    update_nodes(tx, [stored for ref, stored in nodes if ref not in plan.created], places)
    create_nodes(tx, [stored for ref, stored in nodes if ref in plan.created], places)
    create_edges(tx, [stored for ref, stored in named if ref not in same], places)
    kept = [(ref, stored) for ref, stored in named if ref in same and ref.kind is RecordKind.LINK]
    send(
        tx,
        cypher.UPDATE_EDGES,
        [{"node": places[ref], "properties": properties(stored)} for ref, stored in kept],
    )


def _write_withdrawn(tx: ManagedTransaction, plan: Plan) -> None:
    back = [e.ref for e in plan.events if e.ref in plan.created and e.version > 1]
    send(tx, cypher.UNSET_WITHDRAWN, [{"kind": ref.kind.value, "id": ref.id} for ref in back])
    gone = [{"kind": ref.kind.value, "id": ref.id, "version": version} for ref, version in plan.gone]
    send(tx, cypher.SET_WITHDRAWN, gone)


def _edge(start: str, end: str, type_: str, values: Row) -> Row:
    return {"start": start, "end": end, "type": type_, "properties": values}


def _change(event: HistoryEvent, texts: Mapping[Ref, str]) -> Row:
    """`texts`: the JSON of records that are put, as far as it is known already."""
    written = texts.get(event.ref) if event.action == "put" else None
    return {
        "revision": event.revision,
        "kind": event.ref.kind.value,
        "id": event.ref.id,
        "version": event.version,
        "action": event.action,
        "before": to_text_or_none(event.before),
        "after": written or to_text_or_none(event.after),
        "by": event.by,
        "at": event.at.isoformat(),
    }
