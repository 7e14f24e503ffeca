"""Communities that installed the app for themselves: their tokens, sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of installations."""
    op.create_table(
        "installation",
        sa.Column("code", sa.LargeBinary(length=16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("renewing_until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_installation"),
    )
