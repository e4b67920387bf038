"""From the changes asked for to the rows to write: the meaning of `apply`, the same on every store."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from graphsvc.domain.errors import DanglingReference, ReferencedRecord, UnknownRecord, VersionConflict
from graphsvc.domain.records import Record, Ref, references
from graphsvc.domain.serial import to_data
from graphsvc.ports import HistoryEvent, Stored
from graphsvc.stores.planning.asked import Asked
from graphsvc.stores.planning.facts import Facts, Plan, ref_order
from graphsvc.stores.planning.hierarchy import check_no_cycle
from graphsvc.stores.planning.naming import Naming, key_refs
from graphsvc.stores.planning.referring import canonical


def moment(at: datetime | None) -> datetime:
    """The time written in history, in UTC (a time without zone is taken as UTC)."""
    if at is None:
        return datetime.now(UTC)
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def make_plan(
    facts: Facts,
    asked: Asked,
    *,
    revision: int,
    by: str,
    at: datetime | None = None,
    expected_versions: Mapping[Ref, int] | None = None,
) -> Plan:
    """The rows that make these changes on top of `revision`. Raises what `GraphStore.apply` says."""
    expected = expected_versions or {}
    current = facts.current(asked.puts.keys() | asked.gone | set(asked.merges.values()) | expected.keys())
    _check_versions(expected, current)
    _check_there(asked, current)
    naming = Naming(facts, asked, current)
    puts, targets = _canonical_puts(facts, asked, naming)
    _check_unreferenced(facts, asked)
    existing = facts.existing({key for key in key_refs(puts.values()) if key not in asked.gone})
    naming.claim(puts, existing - asked.gone, {ref for ref, version in expected.items() if version == 0})
    check_no_cycle(puts, facts)
    changed = {
        ref: record for ref, record in puts.items() if ref not in current or current[ref].record != record
    }
    return _rows(facts, asked, naming, current, changed, targets, revision + 1, by, moment(at))


def _check_versions(expected: Mapping[Ref, int], current: Mapping[Ref, Stored[Any]]) -> None:
    for ref in sorted(expected, key=ref_order):
        found = current[ref].version if ref in current else 0
        if found != expected[ref]:
            raise VersionConflict(ref.kind.value, ref.id, expected[ref], found)


def _check_there(asked: Asked, current: Mapping[Ref, Stored[Any]]) -> None:
    for ref in sorted(asked.gone, key=ref_order):
        if ref not in current:
            raise UnknownRecord(ref.kind.value, ref.id)


def _canonical_puts(
    facts: Facts, asked: Asked, naming: Naming
) -> tuple[dict[Ref, Record], dict[Ref, set[Ref]]]:
    """The records as they will be kept, and the names each refers to (all there)."""
    refers = {ref: list(references(record)) for ref, record in asked.puts.items()}
    outside = {target for pairs in refers.values() for _, target in pairs} | set(asked.merges.values())
    outside -= asked.puts.keys()
    existing = facts.existing(outside)
    naming.prefetch((outside - existing) | asked.puts.keys() | key_refs(asked.puts.values()))
    owners = {naming.resolve(ref) for ref in outside - existing} - asked.puts.keys() - existing
    existing |= facts.existing(owners) if owners else set()
    naming.check_kept(existing)
    puts, targets = {}, {}
    for ref, record in asked.puts.items():
        puts[ref] = canonical(record, refers[ref], naming.resolve)
        if puts[ref] is not record:
            refers[ref] = list(references(puts[ref]))
        targets[ref] = {target for _, target in refers[ref]}
    _check_targets(refers, targets, (existing - asked.gone) | asked.puts.keys())
    return puts, targets


def _check_targets(
    refers: Mapping[Ref, list[tuple[str, Ref]]], targets: Mapping[Ref, set[Ref]], there: set[Ref]
) -> None:
    for ref in sorted((ref for ref, names in targets.items() if not names <= there), key=ref_order):
        for field, target in refers[ref]:
            if target not in there:
                raise DanglingReference(ref.kind.value, ref.id, field, target.kind.value, target.id)


def _check_unreferenced(facts: Facts, asked: Asked) -> None:
    if not asked.gone:
        return
    untouched = (
        (target, source)
        for source, target in facts.referrers(asked.gone)
        if source not in asked.puts and source not in asked.gone
    )
    for target, source in sorted(untouched, key=lambda pair: (ref_order(pair[0]), ref_order(pair[1]))):
        raise ReferencedRecord(target.kind.value, target.id, source.kind.value, source.id)


def _rows(
    facts: Facts,
    asked: Asked,
    naming: Naming,
    current: Mapping[Ref, Stored[Any]],
    changed: Mapping[Ref, Record],
    targets: Mapping[Ref, set[Ref]],
    revision: int,
    by: str,
    at: datetime,
) -> Plan:
    set_aliases, drop_aliases = naming.changes()
    plan = Plan(revision, set_aliases=set_aliases, drop_aliases=drop_aliases)
    created = {ref for ref in changed if ref not in current}
    plan.created.update(created)
    earlier = facts.last_versions(created) if created else {}

    def note(ref: Ref, version: int, action: str, before: Any, after: Any) -> None:
        plan.events.append(HistoryEvent(revision, ref, version, action, before, after, by, at))

    for ref in _ordered([*changed, *asked.gone]):
        before = to_data(current[ref].record) if ref in current else None
        version = (current[ref].version if ref in current else earlier.get(ref, 0)) + 1
        if ref in changed:
            plan.puts.append(Stored(changed[ref], version, revision))
            plan.texts[ref] = asked.text(ref, changed[ref])
            plan.targets[ref] = targets[ref]
            note(ref, version, "put", before, asked.data(ref, changed[ref]))
        elif ref in asked.merges:
            plan.gone.append((ref, version))
            note(ref, version, "merge", before, {"merged_into": naming.resolve(ref).id})
        else:
            plan.gone.append((ref, version))
            note(ref, version, "withdraw", before, None)
    return plan


def _ordered(refs: Iterable[Ref]) -> list[Ref]:
    return sorted(refs, key=ref_order)
