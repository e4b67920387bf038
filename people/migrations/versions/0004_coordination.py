"""What the coordination does about the work list, and the sets of links it plans."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

INSTANT = sa.DateTime(timezone=True)
ROW_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "follow_up_steps",
        sa.Column("id", ROW_NUMBER, autoincrement=True, nullable=False),
        sa.Column("store_id", sa.String(length=200), nullable=False),
        sa.Column("actor_key", sa.String(length=200), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("by", sa.String(length=200), nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("assigned_to", sa.String(length=200), nullable=True),
        sa.Column("until", sa.String(length=10), nullable=True),
        sa.Column("result", sa.String(length=30), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_follow_up_steps"),
    )
    op.create_index(
        "ix_follow_up_steps_store_id_actor_key", "follow_up_steps", ["store_id", "actor_key"], unique=False
    )
    op.create_table(
        "plans",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("store_id", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("made_at", INSTANT, nullable=False),
        sa.Column("made_by", sa.String(length=200), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("figures", sa.Text(), nullable=False),
        sa.Column("set_aside_at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_plans"),
    )
    op.create_index("ix_plans_store_id", "plans", ["store_id"], unique=False)
    op.create_table(
        "plan_links",
        sa.Column("plan_id", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("first_key", sa.String(length=200), nullable=False),
        sa.Column("second_key", sa.String(length=200), nullable=False),
        sa.Column("first_name", sa.String(length=500), nullable=False),
        sa.Column("second_name", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plans.id"], name="fk_plan_links_plan_id", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("plan_id", "position", name="pk_plan_links"),
    )
