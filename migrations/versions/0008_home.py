"""Members whose account belongs to one community, and goes with it."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room for the community's code; whose it is of before takes the secret (bot/storage/homes.py)."""
    op.add_column("member", sa.Column("home", sa.LargeBinary(length=16), nullable=True))
