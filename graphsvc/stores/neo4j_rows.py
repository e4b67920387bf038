"""A plan written into Neo4j, inside the caller's transaction, in batches of one statement each."""

from collections.abc import Iterable, Mapping
from typing import Any

from neo4j import ManagedTransaction

from graphsvc.domain.links import Link
from graphsvc.domain.records import RecordKind, Ref, ref_of
from graphsvc.ports import HistoryEvent, Stored
from graphsvc.stores import neo4j_queries as cypher
from graphsvc.stores.encoding import to_text
from graphsvc.stores.neo4j_facts import Neo4jFacts, batched
from graphsvc.stores.neo4j_shape import ACTOR_LABEL, edges, labels, properties
from graphsvc.stores.planning.facts import Alias, Plan

Row = dict[str, Any]


def write_plan(tx: ManagedTransaction, facts: Neo4jFacts, plan: Plan) -> None:
    """Write every row of the plan and the new revision."""
    changed = [event.ref for event in plan.events if event.ref not in plan.created]
    targets = set().union(*plan.targets.values())
    places = facts.nodes(targets.union(changed)) if targets or changed else {}
    _erase(tx, [ref for ref in changed if ref.kind is RecordKind.LINK], places, cypher.DELETE_EDGES)
    _erase(tx, [ref for ref in changed if ref.kind is not RecordKind.LINK], places, cypher.ERASE_DRAWN)
    nodes = [stored for stored in plan.puts if not isinstance(stored.record, Link)]
    update_nodes(tx, [stored for stored in nodes if ref_of(stored.record) not in plan.created], places)
    create_nodes(tx, [stored for stored in nodes if ref_of(stored.record) in plan.created], places)
    create_edges(tx, plan.puts, places)
    gone = [ref for ref, _ in plan.gone if ref.kind is not RecordKind.LINK]
    _erase(tx, gone, places, cypher.DELETE_NODES)
    _write_withdrawn(tx, plan)
    write_keys(tx, plan.drop_aliases, plan.set_aliases)
    send(tx, cypher.CREATE_CHANGES, [_change(event) for event in plan.events])
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
    send(tx, cypher.MERGE_CHANGES, [_change(event) for event in events])


def send(tx: ManagedTransaction, query: str, all_rows: list[Row]) -> None:
    """Run a statement on `$rows`, a batch at a time."""
    for batch in batched(all_rows):
        tx.run(query, rows=batch).consume()


def erase(tx: ManagedTransaction, query: str, nodes: list[str]) -> None:
    """Run a statement on `$nodes`, a batch at a time."""
    for batch in batched(nodes):
        tx.run(query, nodes=batch).consume()


def _erase(tx: ManagedTransaction, refs: list[Ref], places: Mapping[Ref, str], query: str) -> None:
    erase(tx, query, [places[ref] for ref in refs])


def _write_withdrawn(tx: ManagedTransaction, plan: Plan) -> None:
    back = [e.ref for e in plan.events if e.ref in plan.created and e.version > 1]
    send(tx, cypher.UNSET_WITHDRAWN, [{"kind": ref.kind.value, "id": ref.id} for ref in back])
    gone = [{"kind": ref.kind.value, "id": ref.id, "version": version} for ref, version in plan.gone]
    send(tx, cypher.SET_WITHDRAWN, gone)


def _edge(start: str, end: str, type_: str, values: Row) -> Row:
    return {"start": start, "end": end, "type": type_, "properties": values}


def _change(event: HistoryEvent) -> Row:
    return {
        "revision": event.revision,
        "kind": event.ref.kind.value,
        "id": event.ref.id,
        "version": event.version,
        "action": event.action,
        "before": to_text(event.before),
        "after": to_text(event.after),
        "by": event.by,
        "at": event.at.isoformat(),
    }
