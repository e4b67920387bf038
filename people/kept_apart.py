"""Pairs that look like one actor and are two: a person decided so, and is not asked again."""

from sqlalchemy import delete, select

from people.database import PrivateDatabase
from people.tables import ApartRow


def keep_apart(private: PrivateDatabase, store_id: str, one: str, other: str, *, by: str) -> None:
    """Remember that these two public keys are two actors. Twice is as once."""
    first, second = sorted((one, other))
    with private.writing() as session:
        if session.get(ApartRow, (store_id, first, second)) is None:
            session.add(
                ApartRow(store_id=store_id, first_key=first, second_key=second, by=by, at=private.now())
            )


def reconsider(private: PrivateDatabase, store_id: str, one: str, other: str) -> None:
    """The pair may be proposed again."""
    first, second = sorted((one, other))
    with private.writing() as session:
        session.execute(delete(ApartRow).filter_by(store_id=store_id, first_key=first, second_key=second))


def pairs_kept_apart(private: PrivateDatabase, store_id: str) -> frozenset[frozenset[str]]:
    """Every pair, as sets of two keys: for `graphsvc.duplicates.duplicate_pairs`."""
    wanted = select(ApartRow).filter_by(store_id=store_id)
    with private.reading() as session:
        return frozenset(frozenset((row.first_key, row.second_key)) for row in session.scalars(wanted))
