"""What the parts of the contract ask of a store in the same words."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from graphsvc.domain.errors import (
    MaillageError,
)
from graphsvc.domain.records import Record
from graphsvc.ports import Change, GraphStore, Put, Stored

AT = datetime(2026, 11, 2, 9, 30, 0, 123456, tzinfo=UTC)


def put(store: GraphStore, *records: Record, **options: object) -> int:
    return store.apply([Put(record) for record in records], by="tests", **options)  # type: ignore[arg-type]


def content(store: GraphStore) -> list[Stored[object]]:
    return list(store.everything())


def refused(
    store: GraphStore, error: type[MaillageError], changes: Sequence[Change], **options: object
) -> MaillageError:
    """The error; the store must be as it was."""
    before = (store.info(), content(store))
    with pytest.raises(error) as caught:
        store.apply(changes, by="tests", **options)  # type: ignore[arg-type]
    assert (store.info(), content(store)) == before
    return caught.value
