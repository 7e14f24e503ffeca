"""Messages that were deleted before anything was heard of them."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of deletions that came first."""
    op.create_table(
        "tombstone",
        sa.Column("code", sa.LargeBinary(length=16), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_tombstone"),
    )
    op.create_index("ix_tombstone_day", "tombstone", ["day"], unique=False)
