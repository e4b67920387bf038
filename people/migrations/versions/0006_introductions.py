"""Requests to be introduced, and the contacts each side agreed to show."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "introductions",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("store_id", sa.String(length=200), nullable=False),
        sa.Column("asker_key", sa.String(length=200), nullable=False),
        sa.Column("other_key", sa.String(length=200), nullable=False),
        sa.Column("about_kind", sa.String(length=20), nullable=True),
        sa.Column("about_key", sa.String(length=200), nullable=True),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("relay", sa.String(length=20), nullable=False),
        sa.Column("relay_key", sa.String(length=200), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("asked_by", sa.String(length=200), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("expires_at", INSTANT, nullable=False),
        sa.Column("passed_on_at", INSTANT, nullable=True),
        sa.Column("answered_at", INSTANT, nullable=True),
        sa.Column("introduced_at", INSTANT, nullable=True),
        sa.Column("closed_at", INSTANT, nullable=True),
        sa.Column("ask_again_on", sa.String(length=10), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("link_id", sa.String(length=200), nullable=True),
        sa.Column("open_pair", sa.String(length=64), nullable=True),
        sa.Column("form", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_introductions"),
        sa.UniqueConstraint("open_pair", name="uq_introductions_open_pair"),
        sa.UniqueConstraint("form", name="uq_introductions_form"),
    )
    for end in ("asker_key", "other_key"):
        op.create_index(f"ix_introductions_store_id_{end}", "introductions", ["store_id", end], unique=False)
    op.create_table(
        "introduction_consents",
        sa.Column("introduction_id", sa.String(length=40), nullable=False),
        sa.Column("side", sa.String(length=10), nullable=False),
        sa.Column("account_id", sa.String(length=40), nullable=False),
        sa.Column("contact", sa.String(length=200), nullable=True),
        sa.Column("given_at", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["introduction_id"],
            ["introductions.id"],
            name="fk_introduction_consents_introduction_id",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_introduction_consents_account_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("introduction_id", "side", name="pk_introduction_consents"),
    )
    op.create_index(
        "ix_introduction_consents_account_id", "introduction_consents", ["account_id"], unique=False
    )
