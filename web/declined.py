"""Whom askers said « non merci » to, read from the private database whenever something is proposed."""

import logging

from graphsvc.domain.errors import StoreError
from graphsvc.snapshot import Snapshot
from matcher.asks import Asker
from matcher.asks import AskerKind as Asking
from people.database import PrivateDatabase
from people.refusals import AskerKind, declined_by, every_refusal

_log = logging.getLogger(__name__)


def asker_key(snapshot: Snapshot, asker: Asker) -> str | None:
    """The public key behind an asker, None for somebody who did not say who it is."""
    if asker.kind is Asking.REQUEST:
        return None
    if asker.kind is Asking.ACTOR:
        return snapshot.ids[asker.index]
    if asker.kind is Asking.ANNOUNCEMENT:
        return snapshot.announcement(asker.index).id
    return snapshot.project(asker.index).id


def declined_of(private: PrivateDatabase, snapshot: Snapshot, asker: Asker) -> frozenset[str]:
    """The public keys it declined; none while the private database does not answer: pages go on."""
    key = asker_key(snapshot, asker)
    if key is None:
        return frozenset()
    try:
        return declined_by(private, snapshot.store_id, AskerKind(asker.kind.value), key)
    except StoreError as failure:
        _log.warning("refusals could not be read: %s", failure)
        return frozenset()


def declined_by_index(private: PrivateDatabase, snapshot: Snapshot) -> dict[int, frozenset[str]]:
    """Whom each actor declined, by its index: for answers to many at once. Nothing while the private database
    does not answer: pages go on.
    """
    try:
        found = every_refusal(private, snapshot.store_id)
    except StoreError as failure:
        _log.warning("refusals could not be read: %s", failure)
        return {}
    return {
        i: keys
        for (kind, key), keys in found.items()
        if kind is AskerKind.ACTOR and (i := snapshot.index(key)) is not None
    }


def declined_pairs(private: PrivateDatabase, snapshot: Snapshot) -> frozenset[tuple[str, str]]:
    """Public keys of each actor and of those it declined: who is better seated apart."""
    found = declined_by_index(private, snapshot)
    return frozenset((snapshot.ids[i], other) for i, keys in found.items() for other in keys)
