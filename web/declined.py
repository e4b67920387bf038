"""Whom an asker said « non merci » to, read from the private database whenever suggestions are made."""

import logging

from graphsvc.domain.errors import StoreError
from graphsvc.snapshot import Snapshot
from matcher.asks import Asker
from matcher.asks import AskerKind as Asking
from people.database import PrivateDatabase
from people.refusals import AskerKind, declined_by

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
