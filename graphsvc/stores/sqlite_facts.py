"""What a plan asks of the SQLite file. Many names travel as one JSON parameter: no limit, one statement."""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any

from graphsvc.domain.records import RecordKind, Ref
from graphsvc.ports import Stored
from graphsvc.stores.encoding import KINDS, to_stored
from graphsvc.stores.planning.facts import KIND_ORDER, Alias

# CROSS JOIN keeps the order of the tables: one index look-up per name.
_CURRENT = (
    "SELECT r.id, r.data, r.version, r.revision FROM json_each(?) asked"
    " CROSS JOIN record r ON r.kind = ? AND r.id = asked.value WHERE r.data IS NOT NULL"
)
_EXISTING = (
    "SELECT r.id FROM json_each(?) asked"
    " CROSS JOIN record r ON r.kind = ? AND r.id = asked.value WHERE r.data IS NOT NULL"
)
_LAST = (
    "SELECT r.id, r.version FROM json_each(?) asked"
    " CROSS JOIN record r ON r.kind = ? AND r.id = asked.value WHERE r.data IS NULL"
)
_KEYS = "SELECT r.id, r.key FROM json_each(?) asked CROSS JOIN record r ON r.kind = ? AND r.id = asked.value"
_ALIASES = (
    "SELECT a.alias, a.owner, a.merged FROM json_each(?) asked"
    " CROSS JOIN alias a ON a.kind = ? AND a.alias = asked.value"
)
_ALIASES_OF = (
    "SELECT a.alias, a.owner, a.merged FROM json_each(?) asked"
    " CROSS JOIN alias a INDEXED BY alias_owner ON a.kind = ? AND a.owner = asked.value"
)
_REFERRERS = (
    "SELECT s.kind, s.id, t.id FROM json_each(?) asked"
    " CROSS JOIN record t ON t.kind = ? AND t.id = asked.value"
    " CROSS JOIN reference r ON r.target = t.key CROSS JOIN record s ON s.key = r.source"
)


class SqliteFacts:
    """The facts as one connection sees them (inside its transaction)."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def current(self, refs: Collection[Ref]) -> dict[Ref, Stored[Any]]:
        """See `Facts.current`."""
        return {
            Ref(kind, id_): to_stored(kind, data, version, revision)
            for kind, rows in self._ask(_CURRENT, refs)
            for id_, data, version, revision in rows
        }

    def existing(self, refs: Collection[Ref]) -> set[Ref]:
        """See `Facts.existing`."""
        return {Ref(kind, id_) for kind, rows in self._ask(_EXISTING, refs) for (id_,) in rows}

    def last_versions(self, refs: Collection[Ref]) -> dict[Ref, int]:
        """See `Facts.last_versions`."""
        return {Ref(kind, id_): version for kind, rows in self._ask(_LAST, refs) for id_, version in rows}

    def aliases(self, keys: Collection[Ref]) -> dict[Ref, Alias]:
        """See `Facts.aliases`."""
        return {alias.key: alias for alias in self._aliases(_ALIASES, keys)}

    def aliases_of(self, refs: Collection[Ref]) -> list[Alias]:
        """See `Facts.aliases_of`."""
        return list(self._aliases(_ALIASES_OF, refs))

    def referrers(self, refs: Collection[Ref]) -> list[tuple[Ref, Ref]]:
        """See `Facts.referrers`."""
        return [
            (Ref(KINDS[source_kind], source), Ref(kind, target))
            for kind, rows in self._ask(_REFERRERS, refs)
            for source_kind, source, target in rows
        ]

    def row_keys(self, refs: Collection[Ref]) -> dict[Ref, int]:
        """The integer keys of these names, current or not; names never seen are left out."""
        return {Ref(kind, id_): key for kind, rows in self._ask(_KEYS, refs) for id_, key in rows}

    def _aliases(self, query: str, refs: Collection[Ref]) -> Iterator[Alias]:
        for kind, rows in self._ask(query, refs):
            for key, owner, merged in rows:
                yield Alias(Ref(kind, key), owner, bool(merged))

    def _ask(self, query: str, refs: Collection[Ref]) -> Iterator[tuple[RecordKind, list[Any]]]:
        by_kind: dict[RecordKind, list[str]] = defaultdict(list)
        for ref in refs:
            by_kind[ref.kind].append(ref.id)
        for kind, ids in by_kind.items():
            yield kind, self._connection.execute(query, (json.dumps(ids), KIND_ORDER[kind])).fetchall()
