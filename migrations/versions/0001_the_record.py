"""The record: members, communities, posts in coded ids, and what is due."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "community",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.LargeBinary(length=16), nullable=False),
        sa.Column("name", sa.LargeBinary(), nullable=False),
        sa.Column("places", sa.LargeBinary(), nullable=True),
        sa.Column("summarised", sa.Boolean(), nullable=False),
        sa.Column("weekday", sa.SmallInteger(), nullable=True),
        sa.Column("hour", sa.SmallInteger(), nullable=True),
        sa.Column("time_zone", sa.String(length=64), nullable=True),
        sa.Column("lower", sa.String(length=40), nullable=True),
        sa.Column("upper", sa.String(length=40), nullable=True),
        sa.Column("minimum_members", sa.Integer(), nullable=True),
        sa.Column("rules_off", sa.String(length=400), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_community"),
        sa.UniqueConstraint("code", name="uq_community_code"),
    )
    op.create_table(
        "delivery",
        sa.Column("code", sa.LargeBinary(length=16), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_delivery"),
    )
    op.create_index("ix_delivery_at", "delivery", ["at"], unique=False)
    op.create_table(
        "meta",
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_meta"),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("community", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("actor", sa.LargeBinary(length=16), nullable=True),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community"], ["community.id"], name="fk_audit_community", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_community", "audit", ["community"], unique=False)
    op.create_table(
        "member",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.LargeBinary(length=32), nullable=False),
        sa.Column("consent", sa.String(length=12), nullable=False),
        sa.Column("consent_version", sa.Integer(), nullable=True),
        sa.Column("consent_at", sa.BigInteger(), nullable=True),
        sa.Column("own_sites", sa.LargeBinary(), nullable=True),
        sa.Column("muted_rules", sa.String(length=400), nullable=False),
        sa.Column("widen_circle", sa.Boolean(), nullable=False),
        sa.Column("real_name", sa.Boolean(), nullable=False),
        sa.Column("community", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_member"),
        sa.UniqueConstraint("code", name="uq_member_code"),
        sa.ForeignKeyConstraint(
            ["community"], ["community.id"], name="fk_member_community", ondelete="SET NULL"
        ),
    )
    op.create_table(
        "summary",
        sa.Column("community", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("claimed_at", sa.BigInteger(), nullable=False),
        sa.Column("owner", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["community"], ["community.id"], name="fk_summary_community", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("community", "week", name="pk_summary"),
    )
    op.create_table(
        "member_week",
        sa.Column("community", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("week", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("member", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["community"], ["community.id"], name="fk_member_week_community", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["member"], ["member.id"], name="fk_member_week_member", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("community", "week", "member", name="pk_member_week"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_member_week_member", "member_week", ["member"], unique=False)
    op.create_table(
        "note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("member", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("detail", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(["member"], ["member.id"], name="fk_note_member", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_note"),
    )
    op.create_index("ix_note_member", "note", ["member"], unique=False)
    op.create_table(
        "post",
        sa.Column("member", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("community", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("posted", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message", sa.LargeBinary(length=16), nullable=False),
        sa.Column("channel", sa.BigInteger(), nullable=False),
        sa.Column("parent", sa.LargeBinary(length=16), nullable=True),
        sa.Column("edited", sa.Boolean(), nullable=True),
        sa.Column("version_at", sa.BigInteger(), nullable=True),
        sa.Column("version_digest", sa.LargeBinary(length=16), nullable=True),
        sa.Column("kind", sa.SmallInteger(), nullable=True),
        sa.Column("act", sa.SmallInteger(), nullable=True),
        sa.Column("substance", sa.Boolean(), nullable=True),
        sa.Column("shares_others", sa.Boolean(), nullable=True),
        sa.Column("unread", sa.Boolean(), nullable=True),
        sa.Column("fingerprint", sa.LargeBinary(length=32), nullable=True),
        sa.Column("answered", sa.LargeBinary(length=16), nullable=True),
        sa.Column("mentioned", sa.LargeBinary(length=16), nullable=True),
        sa.Column("deleted", sa.Boolean(), nullable=False),
        sa.Column("corrected", sa.SmallInteger(), nullable=True),
        sa.Column("corrected_at", sa.BigInteger(), nullable=True),
        sa.Column("claimed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["member"], ["member.id"], name="fk_post_member", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["community"], ["community.id"], name="fk_post_community", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("member", "community", "posted", "message", name="pk_post"),
        sqlite_with_rowid=False,
    )
    op.create_index(
        "ix_post_claimed",
        "post",
        ["member"],
        unique=False,
        sqlite_where=sa.text("claimed"),
        postgresql_where=sa.text("claimed"),
    )
    op.create_index("uq_post_message", "post", ["message"], unique=True)
