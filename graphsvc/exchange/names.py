"""Finding a record by its key or its exact name, and the nearest names when there is none."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from graphsvc.domain.records import RecordKind
from graphsvc.domain.text import fold, key_as_meant
from graphsvc.exchange.cells import CellError
from graphsvc.likeness import most_alike

Aliases: TypeAlias = Callable[[], Iterable[str]]
Details: TypeAlias = Callable[[], Mapping[str, Any]]
NEAREST = 3
MAX_NEAREST_SEARCHES = 300  # a wholly wrong file must not cost minutes


@dataclass(slots=True)
class NameIndex:
    """The records of one kind that a cell may name: those of the store and those of the bundle.

    `merged`: keys of records that were merged -> the id they resolve to. `failed`: ids of rejected rows
    of the bundle -> where. `other_keys`: SIREN, RNA and the like -> id. `uncertain`: some rows could not
    be read at all.
    """

    kind: RecordKind
    names: dict[str, str] = field(default_factory=dict)
    by_name: dict[str, list[str]] = field(default_factory=dict)
    by_alias: dict[str, list[str]] = field(default_factory=dict)
    other_keys: dict[str, str] = field(default_factory=dict)
    merged: dict[str, str] = field(default_factory=dict)
    failed: dict[str, tuple[str, int]] = field(default_factory=dict)
    uncertain: str | None = None
    _pending: list[tuple[str, Aliases]] = field(default_factory=list)
    _details: dict[str, Details] = field(default_factory=dict)
    _searches: int = 0

    def add(self, id_: str, name: str, aliases: Aliases = tuple, details: Details = dict) -> None:
        """Make a record known. What it is also called, and what tells it apart, is asked only if needed."""
        self.names[id_] = name
        self._pending.append((id_, aliases))
        self._details[id_] = details

    def _index_names(self) -> None:
        """Fold the names added since the last time: a bundle that uses keys never pays for it."""
        for id_, aliases in self._pending:
            folded = fold(self.names[id_])
            self.by_name.setdefault(folded, []).append(id_)
            for alias in aliases():
                if alias and (other := fold(alias)) and other != folded:
                    self.by_alias.setdefault(other, []).append(id_)
        self._pending.clear()

    def find(self, text: str) -> str:
        """The id of the record that this key or exact name means. Raises CellError with candidates or
        nearest.
        """
        for key in dict.fromkeys((text, key_as_meant(text))):
            if key in self.names:
                return self._sound(key)
            if key in self.merged:
                return self._sound(self.merged[key])
            if (id_ := self.other_keys.get(key)) is not None:
                return self._sound(id_)
        self._index_names()
        folded = fold(text)
        for names in (self.by_name, self.by_alias):
            ids = sorted(set(names.get(folded, ())))
            if len(ids) == 1:
                return self._sound(ids[0])
            if ids:
                raise CellError(f"ambiguous_{self.kind}", "choose_key", candidates=self.entries(ids[:10]))
        if self.uncertain is not None:
            raise CellError("depends_on_rejected", "correct_first", file=self.uncertain, line=0)
        raise CellError(f"unknown_{self.kind}", "nearest_entries", nearest=self.nearest(text))

    def _sound(self, id_: str) -> str:
        if id_ in self.failed:
            file, line = self.failed[id_]
            raise CellError("depends_on_rejected", "correct_first", file=file, line=line)
        return id_

    def nearest(self, text: str) -> list[dict[str, Any]]:
        """Up to three entries whose name or key resembles the text, best first; none if none does."""
        if self._searches >= MAX_NEAREST_SEARCHES:
            return []
        self._searches += 1
        self._index_names()
        query = fold(text)
        best: dict[str, float] = {}
        for names in (self.by_name, self.by_alias):
            for found, score in most_alike(query, names):
                for id_ in names[found]:
                    best[id_] = max(best.get(id_, 0.0), score)
        order = sorted((i for i in best if i not in self.failed), key=lambda i: (-best[i], i))
        return self.entries(order[:NEAREST])

    def entries(self, ids: Iterable[str]) -> list[dict[str, Any]]:
        """These records as facts: id, name and what tells them apart."""
        return [{"id": i, "name": self.names[i], **self._details[i]()} for i in ids]
