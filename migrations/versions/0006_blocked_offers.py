"""Members who agreed to an offer when a filter stops a message of theirs."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of agreements."""
    op.create_table(
        "blocked_offer",
        sa.Column("member", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["member"], ["member.id"], name="fk_blocked_offer_member", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member", name="pk_blocked_offer"),
    )
