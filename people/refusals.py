"""The "no thanks", remembered: whom an asker declined, by public keys in one graph."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import bindparam, delete, select
from sqlalchemy.orm import Session

from people.database import PrivateDatabase
from people.tables import RefusalRow

_DECLINED = select(RefusalRow.declined_key).where(
    RefusalRow.store_id == bindparam("store_id"),
    RefusalRow.asker_kind == bindparam("kind"),
    RefusalRow.asker_key == bindparam("key"),
)


class AskerKind(StrEnum):
    """Who asks for partners."""

    ACTOR = "actor"
    ANNOUNCEMENT = "announcement"
    PROJECT = "project"


def decline(
    private: PrivateDatabase, store_id: str, asker: AskerKind, asker_key: str, declined_key: str, *, by: str
) -> None:
    """Remember that this asker does not want this actor. Twice is as once."""
    with private.writing() as session:
        remember_refusal(session, store_id, asker, asker_key, declined_key, by=by, at=private.now())


def remember_refusal(
    session: Session,
    store_id: str,
    asker: AskerKind,
    asker_key: str,
    declined_key: str,
    *,
    by: str,
    at: datetime,
) -> None:
    """The same, in the caller's transaction."""
    known = select(RefusalRow).filter_by(
        store_id=store_id, asker_kind=asker.value, asker_key=asker_key, declined_key=declined_key
    )
    if session.scalars(known).one_or_none() is None:
        session.add(
            RefusalRow(
                store_id=store_id,
                asker_kind=asker.value,
                asker_key=asker_key,
                declined_key=declined_key,
                by=by,
                at=at,
            )
        )


def forget_refusal(
    private: PrivateDatabase, store_id: str, asker: AskerKind, asker_key: str, declined_key: str
) -> None:
    """The asker changed its mind."""
    with private.writing() as session:
        session.execute(
            delete(RefusalRow).filter_by(
                store_id=store_id, asker_kind=asker.value, asker_key=asker_key, declined_key=declined_key
            )
        )


def every_refusal(private: PrivateDatabase, store_id: str) -> dict[tuple[AskerKind, str], frozenset[str]]:
    """What every asker of a graph declined, by its kind and key: for answers to many at once."""
    wanted = select(RefusalRow.asker_kind, RefusalRow.asker_key, RefusalRow.declined_key)
    found: dict[tuple[AskerKind, str], set[str]] = {}
    with private.reading() as session:
        for kind, key, declined in session.execute(wanted.filter_by(store_id=store_id)):
            found.setdefault((AskerKind(kind), key), set()).add(declined)
    return {asker: frozenset(keys) for asker, keys in found.items()}


def declined_by(private: PrivateDatabase, store_id: str, asker: AskerKind, asker_key: str) -> frozenset[str]:
    """The public keys of the actors this asker declined: for `matcher.Context.declined`."""
    given = {"store_id": store_id, "kind": asker.value, "key": asker_key}
    return frozenset(private.column(_DECLINED, given))
