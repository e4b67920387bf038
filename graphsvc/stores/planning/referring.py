"""References: put in their canonical form, and refused when nobody answers to them."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from graphsvc.domain.actors import Actor
from graphsvc.domain.calls import Call
from graphsvc.domain.errors import InvalidValue
from graphsvc.domain.places import Place
from graphsvc.domain.records import Record, Ref

LARGEST_INTEGER = 2**63 - 1


def canonical(record: Record, refers: Iterable[tuple[str, Ref]], resolve: Callable[[Ref], Ref]) -> Record:
    """The record as every store keeps it: references by the id that answers, measures as floats.

    `refers` are its `references`.

    Raises InvalidValue when a number has no place in a store, or when the record would then name itself or
    a party twice.
    """
    changed: dict[str, Any] = _as_floats(record)
    moved: dict[str, dict[str, str]] = {}
    for field, ref in refers:
        target = resolve(ref)
        if target != ref:
            moved.setdefault(field, {})[ref.id] = target.id
    for field, names in moved.items():
        changed[field] = _renamed(getattr(record, field), names)
    return replace(record, **changed) if changed else record


def _as_floats(record: Record) -> dict[str, Any]:
    fields: tuple[str, ...] = ()
    if isinstance(record, Place):
        if record.population is not None and record.population > LARGEST_INTEGER:
            raise InvalidValue("place", "population", record.population, "too_large")
        fields = ("latitude", "longitude")
    elif isinstance(record, Actor):
        fields = ("latitude", "longitude")
    elif isinstance(record, Call):
        fields = ("max_amount",)
    values = {field: getattr(record, field) for field in fields}
    return {field: float(value) for field, value in values.items() if isinstance(value, int)}


def _renamed(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, str):
        return names.get(value, value)
    return tuple(
        names.get(part, part)
        if isinstance(part, str)
        else replace(part, actor=names.get(part.actor, part.actor))
        for part in value
    )
