"""Members who want more or less detail than usual."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room for what a member chose; whoever chose nothing gets the usual."""
    op.add_column("member", sa.Column("detail", sa.String(length=8), nullable=True))
