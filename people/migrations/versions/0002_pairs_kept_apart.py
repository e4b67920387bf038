"""Pairs of actors that look alike and that a person found to be two."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "kept_apart",
        sa.Column("store_id", sa.String(length=200), nullable=False),
        sa.Column("first_key", sa.String(length=200), nullable=False),
        sa.Column("second_key", sa.String(length=200), nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("store_id", "first_key", "second_key", name="pk_kept_apart"),
    )
