"""The tables of the private database, for SQLite and PostgreSQL alike.

Codes are stored, never labels; instants are UTC; tokens only as SHA-256. What each personal column is for,
and how long it is kept, is said in `people.purposes`.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy import DateTime as SqlDateTime
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

KEY = 200  # longest public key, as in graphsvc.domain.text


class Instant(TypeDecorator[datetime]):
    """An aware datetime in UTC, whatever the database keeps (SQLite forgets the zone)."""

    impl = SqlDateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """To UTC. A naive datetime is a defect of the caller."""
        if value is not None and value.tzinfo is None:
            raise ValueError("naive datetime")
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """From what the driver gives, aware or not."""
        if value is None:
            return None
        found: datetime = value
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


class Base(DeclarativeBase):
    """Every table of the private database."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Instant(), str: String(KEY), bytes: LargeBinary()}  # noqa: RUF012


# SQLite numbers rows only in a column that is exactly INTEGER.
RowNumber = BigInteger().with_variant(Integer(), "sqlite")


class AccountRow(Base):
    """A person who may sign in. `email_folded` is what is unique; `role` is a `Role`, never `public`."""

    __tablename__ = "accounts"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    email_folded: Mapped[str] = mapped_column(String(254), unique=True)
    role: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]


class AccountActorRow(Base):
    """An actor the account speaks for, by its public key in one graph."""

    __tablename__ = "account_actors"

    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), primary_key=True)
    store_id: Mapped[str] = mapped_column(primary_key=True)
    actor_key: Mapped[str] = mapped_column(primary_key=True)
    added_at: Mapped[datetime]


class InvitationRow(Base):
    """An invitation not yet accepted, accepted or withdrawn."""

    __tablename__ = "invitations"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    email: Mapped[str] = mapped_column(String(254))
    role: Mapped[str] = mapped_column(String(20))
    invited_by: Mapped[str]
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]


class InvitationActorRow(Base):
    """An actor that the invited person will speak for."""

    __tablename__ = "invitation_actors"

    invitation_id: Mapped[str] = mapped_column(
        ForeignKey("invitations.id", ondelete="CASCADE"), primary_key=True
    )
    store_id: Mapped[str] = mapped_column(primary_key=True)
    actor_key: Mapped[str] = mapped_column(primary_key=True)


class LinkRow(Base):
    """A one-time link. Only the SHA-256 of its token is kept."""

    __tablename__ = "one_time_links"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    purpose: Mapped[str] = mapped_column(String(30))
    account_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    invitation_id: Mapped[str | None] = mapped_column(
        ForeignKey("invitations.id", ondelete="CASCADE"), index=True
    )
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class SessionRow(Base):
    """A signed-in browser. The cookie holds the token, the row only its SHA-256. Deleted when revoked."""

    __tablename__ = "sessions"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    data: Mapped[str] = mapped_column(Text(), default="{}")


class OutboxRow(Base):
    """A write to the graph that was decided here: `intent` is JSON, `state` pending, done or failed."""

    __tablename__ = "outbox"

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=True)
    idempotency_key: Mapped[str] = mapped_column(unique=True)
    store_id: Mapped[str]
    by: Mapped[str]
    intent: Mapped[str] = mapped_column(Text())
    state: Mapped[str] = mapped_column(String(10))
    attempts: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime]
    tried_at: Mapped[datetime | None]
    revision: Mapped[int | None] = mapped_column(BigInteger())
    error: Mapped[str | None] = mapped_column(Text())

    __table_args__ = (Index(None, "state", "store_id"),)


class AuditRow(Base):
    """Who did what to which account or object. `by` is an account id, or `operator` for the command line."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(index=True)
    by: Mapped[str]
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str | None]
    details: Mapped[str] = mapped_column(Text(), default="{}")


class RefusalRow(Base):
    """A "no thanks": the asker (an actor, announcement or project) declined this actor."""

    __tablename__ = "refusals"

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=True)
    store_id: Mapped[str]
    asker_kind: Mapped[str] = mapped_column(String(20))
    asker_key: Mapped[str]
    declined_key: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("store_id", "asker_kind", "asker_key", "declined_key"),)


class ApartRow(Base):
    """Two actors that look alike and that a person found to be two. `first_key` sorts first."""

    __tablename__ = "kept_apart"

    store_id: Mapped[str] = mapped_column(primary_key=True)
    first_key: Mapped[str] = mapped_column(primary_key=True)
    second_key: Mapped[str] = mapped_column(primary_key=True)
    by: Mapped[str]
    at: Mapped[datetime]


class ExposureRow(Base):
    """How often each actor was suggested in one round: `counts` is JSON, public key -> times."""

    __tablename__ = "exposure_rounds"

    store_id: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    revision: Mapped[int] = mapped_column(BigInteger())
    made_at: Mapped[datetime]
    limit: Mapped[int]
    counts: Mapped[str] = mapped_column(Text())


class LayoutRow(Base):
    """A layout of the network map, as made for one revision of one graph."""

    __tablename__ = "layouts"

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=True)
    store_id: Mapped[str] = mapped_column(index=True)
    revision: Mapped[int] = mapped_column(BigInteger())
    made_at: Mapped[datetime]
    content: Mapped[bytes]


class CommunityNameRow(Base):
    """The name people gave to a community of actors; `community` is a key chosen by the map."""

    __tablename__ = "community_names"

    store_id: Mapped[str] = mapped_column(primary_key=True)
    community: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]


class FollowUpRow(Base):
    """One thing done about an actor of the work list: `step` is a code; the other columns as it asks."""

    __tablename__ = "follow_up_steps"

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True, autoincrement=True)
    store_id: Mapped[str]
    actor_key: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
    step: Mapped[str] = mapped_column(String(20))
    assigned_to: Mapped[str | None]
    until: Mapped[str | None] = mapped_column(String(10))
    result: Mapped[str | None] = mapped_column(String(30))
    state: Mapped[str | None] = mapped_column(String(20))
    note: Mapped[str | None] = mapped_column(Text())

    __table_args__ = (Index(None, "store_id", "actor_key"),)


class PlanRow(Base):
    """A set of links the coordination wants to see: `figures` is JSON, those of the day it was made."""

    __tablename__ = "plans"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    store_id: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    day: Mapped[str] = mapped_column(String(10))
    figures: Mapped[str] = mapped_column(Text())
    set_aside_at: Mapped[datetime | None]


class PlanLinkRow(Base):
    """A link of a plan; the names are those of that day, to be said should the records go."""

    __tablename__ = "plan_links"

    plan_id: Mapped[str] = mapped_column(ForeignKey("plans.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    first_key: Mapped[str]
    second_key: Mapped[str]
    first_name: Mapped[str] = mapped_column(String(500))
    second_name: Mapped[str] = mapped_column(String(500))


class SavedViewRow(Base):
    """A map or a list under a name: `address` is a path of the site. `shared_at`: since when all may see it.

    `tour_step`: its place in the guided tour, from 1, and `text` what is said there.
    """

    __tablename__ = "saved_views"

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    store_id: Mapped[str] = mapped_column(index=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    address: Mapped[str] = mapped_column(Text())
    made_at: Mapped[datetime]
    shared_at: Mapped[datetime | None]
    tour_step: Mapped[int | None]
    text: Mapped[str] = mapped_column(Text(), default="")
