"""What a plan asks of Neo4j, inside one transaction; names travel in batches."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from neo4j import ManagedTransaction

from graphsvc.domain.records import RecordKind, Ref
from graphsvc.ports import Stored
from graphsvc.stores import neo4j_queries as cypher
from graphsvc.stores.encoding import reading
from graphsvc.stores.neo4j_line import rows
from graphsvc.stores.neo4j_shape import KIND_OF_LABEL, to_stored, to_stored_link
from graphsvc.stores.planning.facts import Alias

BATCH = 5_000
_FEW = 100
_SEEKS_WORTH_A_WALK = 8  # a link has sixteen indexes to be sought in


class Neo4jFacts:
    """The facts as one transaction sees them, before it writes: what was found once is not asked again."""

    def __init__(self, tx: ManagedTransaction) -> None:
        self._tx = tx
        self._places: dict[Ref, str] = {}

    def current(self, refs: Collection[Ref]) -> dict[Ref, Stored[Any]]:
        """See `Facts.current`."""
        found = {}
        for kind, ids in _by_kind(refs).items():
            for row in self._ask(kind, ids, cypher.READ_MANY, cypher.READ_LINKS, cypher.READ_ALL_LINKS):
                ref = Ref(kind, row["properties"]["id"])
                self._places[ref] = row["node"]
                found[ref] = decoded(kind, row)
        return found

    def existing(self, refs: Collection[Ref]) -> set[Ref]:
        """See `Facts.existing`."""
        return set(self.nodes(refs))

    def nodes(self, refs: Collection[Ref]) -> dict[Ref, str]:
        """Where the current records of these names are: element ids of nodes, of relationships for links."""
        for kind, ids in _by_kind(ref for ref in refs if ref not in self._places).items():
            for row in self._ask(kind, ids, cypher.NODES, cypher.NODES_OF_LINKS, cypher.NODES_OF_ALL_LINKS):
                self._places[Ref(kind, row["id"])] = row["node"]
        return {ref: self._places[ref] for ref in refs if ref in self._places}

    def last_versions(self, refs: Collection[Ref]) -> dict[Ref, int]:
        """See `Facts.last_versions`."""
        if not self._worth_asking(cypher.COUNT_WITHDRAWN, refs):
            return {}
        return {
            Ref(kind, row["id"]): row["version"]
            for kind, ids in _batches(refs)
            for row in rows(self._tx, cypher.WITHDRAWN, kind=kind.value, ids=ids)
        }

    def aliases(self, keys: Collection[Ref]) -> dict[Ref, Alias]:
        """See `Facts.aliases`."""
        return {alias.key: alias for alias in self._aliases(cypher.KEYS, keys)}

    def aliases_of(self, refs: Collection[Ref]) -> list[Alias]:
        """See `Facts.aliases_of`."""
        return list(self._aliases(cypher.KEYS_OF, refs))

    def referrers(self, refs: Collection[Ref]) -> list[tuple[Ref, Ref]]:
        """See `Facts.referrers`."""
        found: list[tuple[Ref, Ref]] = []
        for kind, ids in _batches(refs):
            if kind is RecordKind.LINK:
                continue
            nodes = list(self.nodes([Ref(kind, id_) for id_ in ids]).values())
            found += [
                (Ref(_kind_of(row["labels"]), row["id"]), Ref(kind, row["target"]))
                for row in rows(self._tx, cypher.REFERRERS, nodes=nodes)
            ]
            found += [
                (Ref(RecordKind.LINK, row["id"]), Ref(kind, row["target"]))
                for row in self._links_naming(kind, ids, nodes)
            ]
        return found

    def _ask(
        self,
        kind: RecordKind,
        ids: list[str],
        by_kind: dict[RecordKind, str],
        some_links: str,
        all_links: str,
    ) -> Iterator[dict[str, Any]]:
        """The rows of these ids. Many links are found by one walk along all of them, few by their indexes."""
        if kind is not RecordKind.LINK:
            if self._worth_asking(cypher.COUNT[kind], ids):
                for batch in batched(ids):
                    yield from rows(self._tx, by_kind[kind], ids=batch)
            return
        links = rows(self._tx, cypher.COUNT_LINKS)[0]["number"]
        if links > len(ids) * _SEEKS_WORTH_A_WALK:
            for batch in batched(ids):
                yield from rows(self._tx, some_links, ids=batch)
        elif links > 0:
            wanted = set(ids)
            yield from (row for row in rows(self._tx, all_links) if row["id"] in wanted)

    def _worth_asking(self, count: str, names: Collection[Any]) -> bool:
        """Not when many names are sought among none, as in a first import (Neo4j keeps these numbers)."""
        return len(names) <= _FEW or rows(self._tx, count)[0]["number"] > 0

    def _links_naming(self, kind: RecordKind, ids: list[str], nodes: list[str]) -> list[dict[str, Any]]:
        if kind is RecordKind.ACTOR:
            return rows(self._tx, cypher.LINKS_OF, nodes=nodes)
        if kind is RecordKind.THEME:
            return rows(self._tx, cypher.LINKS_ON_THEMES, ids=ids)
        if kind is RecordKind.PLACE:
            return rows(self._tx, cypher.LINKS_IN_PLACES, ids=ids)
        return []

    def _aliases(self, query: str, refs: Collection[Ref]) -> Iterator[Alias]:
        if not self._worth_asking(cypher.COUNT_KEYS, refs):
            return
        for kind, ids in _batches(refs):
            for row in rows(self._tx, query, kind=kind.value, ids=ids):
                yield Alias(Ref(kind, row["key"]), row["owner"], row["merged"])


def decoded(kind: RecordKind, row: Mapping[str, Any]) -> Stored[Any]:
    """The record of a row that was read."""
    with reading(kind):
        if kind is RecordKind.LINK:
            return to_stored_link(row["type"], row["properties"], row["actor_a"], row["actor_b"])
        return to_stored(kind, row["labels"], row["properties"], row["drawn"])


def batched(items: list[Any], size: int = BATCH) -> Iterator[list[Any]]:
    """The items, at most `size` at a time."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _by_kind(refs: Iterable[Ref]) -> dict[RecordKind, list[str]]:
    ids: dict[RecordKind, list[str]] = defaultdict(list)
    for ref in refs:
        ids[ref.kind].append(ref.id)
    return ids


def _batches(refs: Collection[Ref]) -> Iterator[tuple[RecordKind, list[str]]]:
    for kind, ids in _by_kind(refs).items():
        for batch in batched(ids):
            yield kind, batch


def _kind_of(labels: list[str]) -> RecordKind:
    return next(KIND_OF_LABEL[label] for label in labels if label in KIND_OF_LABEL)
