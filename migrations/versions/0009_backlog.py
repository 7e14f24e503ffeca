"""Channels whose posts were missed and are not read yet."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of what is still to be read after an absence."""
    op.create_table(
        "backlog",
        sa.Column("community", sa.Integer(), nullable=False),
        sa.Column("channel", sa.BigInteger(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community"], ["community.id"], name="fk_backlog_community", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("community", "channel", name="pk_backlog"),
    )
