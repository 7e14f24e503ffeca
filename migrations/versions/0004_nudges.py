"""Members who asked for nudges about their balance."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of nudges."""
    op.create_table(
        "nudge",
        sa.Column("member", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reach", sa.LargeBinary(), nullable=False),
        sa.Column("quiet_from", sa.SmallInteger(), nullable=False),
        sa.Column("quiet_until", sa.SmallInteger(), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=True),
        sa.Column("before_at", sa.BigInteger(), nullable=True),
        sa.Column("unanswered", sa.SmallInteger(), nullable=False),
        sa.ForeignKeyConstraint(["member"], ["member.id"], name="fk_nudge_member", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("member", name="pk_nudge"),
    )
