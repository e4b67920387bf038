"""What the maps remember: the last three layouts of a graph, and the names given to its communities."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from people import audit
from people.database import PrivateDatabase
from people.tables import CommunityNameRow, LayoutRow

KEPT = 3


@dataclass(frozen=True, slots=True)
class KeptLayout:
    """A layout as the map wrote it (`content` is its own business), and the revision it was made for."""

    revision: int
    made_at: datetime
    content: bytes


def keep_layout(private: PrivateDatabase, store_id: str, revision: int, content: bytes) -> None:
    """Keep this layout, and the two before it. The same revision again takes the place of the former."""
    with private.writing() as session:
        session.execute(delete(LayoutRow).filter_by(store_id=store_id, revision=revision))
        session.add(LayoutRow(store_id=store_id, revision=revision, made_at=private.now(), content=content))
        session.flush()
        latest = select(LayoutRow.id).filter_by(store_id=store_id).order_by(LayoutRow.id.desc())
        old = session.scalars(latest.offset(KEPT)).all()
        session.execute(delete(LayoutRow).where(LayoutRow.id.in_(old)))


def kept_layouts(private: PrivateDatabase, store_id: str) -> list[KeptLayout]:
    """At most three, the latest first."""
    with private.reading() as session:
        rows = session.scalars(
            select(LayoutRow).filter_by(store_id=store_id).order_by(LayoutRow.id.desc()).limit(KEPT)
        )
        return [KeptLayout(row.revision, row.made_at, row.content) for row in rows]


def name_community(private: PrivateDatabase, store_id: str, community: str, name: str, *, by: str) -> None:
    """Give a community a name; an empty one takes the name away."""
    now = private.now()
    with private.writing() as session:
        session.execute(delete(CommunityNameRow).filter_by(store_id=store_id, community=community))
        if name.strip():
            session.add(
                CommunityNameRow(store_id=store_id, community=community, name=name.strip(), by=by, at=now)
            )
        audit.record(session, at=now, by=by, action="community_named", subject=community)


def community_names(private: PrivateDatabase, store_id: str) -> dict[str, str]:
    """The name of each named community."""
    with private.reading() as session:
        rows = session.scalars(select(CommunityNameRow).filter_by(store_id=store_id))
        return {row.community: row.name for row in rows}
