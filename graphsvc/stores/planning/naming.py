"""Who answers to which key after a call: ids, SIREN, RNA and merged keys are one name space per kind.

A merged id is taken back only on purpose, by a Put that says with an expected version 0 that it knows the
record is absent (the undoing of a merge); then the record takes back its own keys too, unless the record
it had been merged into bears them.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from graphsvc.domain.errors import DuplicateKey, InvalidValue, UnknownRecord
from graphsvc.domain.records import Record, RecordKind, Ref, alternate_keys
from graphsvc.ports import Stored
from graphsvc.stores.planning.asked import Asked
from graphsvc.stores.planning.facts import Alias, Facts, ref_order


def final_targets(merges: Mapping[Ref, Ref]) -> dict[Ref, Ref]:
    """Where each absorbed record ends when merges of one call follow each other. Refuses a circle."""
    finals = {}
    for absorbed in merges:
        seen, here = {absorbed}, merges[absorbed]
        while here in merges:
            if here in seen:
                raise InvalidValue(here.kind.value, "merge", here.id, "contradictory_changes")
            seen.add(here)
            here = merges[here]
        finals[absorbed] = here
    return finals


class Naming:
    """The aliases as they will be, laid over the stored ones. `resolve` reads them, `claim` adds to them."""

    def __init__(self, facts: Facts, asked: Asked, current: Mapping[Ref, Stored[Any]]) -> None:
        self._facts, self._asked, self._current = facts, asked, current
        self._finals = final_targets(asked.merges)
        self._stored: dict[Ref, Alias] = {}
        self._overlay: dict[Ref, Alias | None] = {}
        self._borne = {key: ref for ref, record in asked.puts.items() for key in _keys(record)}
        self._let_go()

    def prefetch(self, keys: Collection[Ref]) -> None:
        """Fetch the stored aliases of these keys at once."""
        missing = [key for key in keys if key not in self._stored]
        if missing:
            self._stored.update(self._facts.aliases(missing))

    def alias(self, key: Ref) -> Alias | None:
        """The alias that has this key after the call (its key must have been prefetched)."""
        return self._overlay[key] if key in self._overlay else self._stored.get(key)

    def resolve(self, key: Ref) -> Ref:
        """The name this key stands for after the call; itself when no alias has it."""
        if key in self._asked.puts:
            return key
        if key in self._finals:
            return self._finals[key]
        if key in self._borne:
            return self._borne[key]
        alias = self.alias(key)
        if alias is None:
            return key
        owner = Ref(key.kind, alias.owner)
        return self._finals.get(owner, owner)

    def check_kept(self, exists: Collection[Ref]) -> None:
        """Each merge ends at a record that is there. Raises UnknownRecord."""
        for kept in sorted(set(self._finals.values()), key=ref_order):
            if kept not in self._asked.puts and (kept not in exists or kept in self._asked.withdrawn):
                raise UnknownRecord(kept.kind.value, kept.id)

    def claim(self, puts: Mapping[Ref, Record], taken: Collection[Ref], reclaimed: Collection[Ref]) -> None:
        """Give the records that are put their keys; `taken` are current names, `reclaimed` ids taken back.

        Raises DuplicateKey for the first key, in order, that belongs to another record.
        """
        for ref in sorted(reclaimed & puts.keys(), key=ref_order):
            self._take_back(ref, puts[ref])
        for ref in sorted(puts, key=ref_order):
            self._claim_one(ref, puts[ref], puts, taken)

    def changes(self) -> tuple[list[Alias], list[Ref]]:
        """The aliases to set and the keys to drop, in order."""
        named = sorted(self._overlay.items(), key=lambda item: ref_order(item[0]))
        kept = [alias for key, alias in named if alias is not None and alias != self._stored.get(key)]
        return kept, [key for key, alias in named if alias is None and key in self._stored]

    def _let_go(self) -> None:
        again = self._asked.puts.keys() & self._current.keys()
        bearers = {ref for ref in again if _keys(self._current[ref].record)}
        leaving = self._asked.gone | bearers
        for alias in self._facts.aliases_of(leaving) if leaving else ():
            self._stored[alias.key] = alias
            owner = Ref(alias.key.kind, alias.owner)
            if owner in self._finals:
                self._overlay[alias.key] = Alias(alias.key, self._finals[owner].id, merged=True)
            elif not alias.merged and (owner in self._asked.withdrawn or not self._bears(owner, alias.key)):
                self._overlay[alias.key] = None
        for absorbed, kept in self._finals.items():
            self._overlay[absorbed] = Alias(absorbed, kept.id, merged=True)

    def _bears(self, owner: Ref, key: Ref) -> bool:
        return key in _keys(self._asked.puts[owner])

    def _take_back(self, ref: Ref, record: Record) -> None:
        alias = self.alias(ref)
        if alias is None or not alias.merged:
            return
        self._overlay[ref] = None
        keeper = Ref(ref.kind, alias.owner)
        stored = self._facts.current([keeper]).get(keeper)
        holder = self._asked.puts.get(keeper) or (stored.record if stored else None)
        for key in _keys(record):
            other = self.alias(key)
            if other and other.owner == keeper.id and (holder is None or key not in _keys(holder)):
                self._overlay[key] = None

    def _claim_one(
        self, ref: Ref, record: Record, puts: Mapping[Ref, Record], taken: Collection[Ref]
    ) -> None:
        own = self.alias(ref)
        if own is not None:
            raise DuplicateKey(ref.id, ref.id, own.owner)
        for key in _keys(record):
            if key == ref:
                continue
            holder = self.alias(key)
            if holder is not None and holder.owner != ref.id:
                raise DuplicateKey(key.id, ref.id, holder.owner)
            if key in puts or key in taken:
                raise DuplicateKey(key.id, ref.id, key.id)
            if holder is None:
                self._overlay[key] = Alias(key, ref.id, merged=False)


def key_refs(records: Iterable[Record]) -> set[Ref]:
    """Every alternate key of these records."""
    return {key for record in records for key in _keys(record)}


def _keys(record: Record) -> tuple[Ref, ...]:
    return tuple(Ref(RecordKind.ACTOR, key) for key in alternate_keys(record))
