"""The week: its roll-up, what was published and posted, and who wants a digest or kudos."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables of the week, and take over what was claimed and who posted when."""
    op.create_table(
        "community_tally",
        sa.Column("community", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("week", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.Column("posts_by", sa.Integer(), nullable=False),
        sa.Column("promotion", sa.Integer(), nullable=False),
        sa.Column("promotion_by", sa.Integer(), nullable=False),
        sa.Column("giving", sa.Integer(), nullable=False),
        sa.Column("giving_by", sa.Integer(), nullable=False),
        sa.Column("asking", sa.Integer(), nullable=False),
        sa.Column("asking_by", sa.Integer(), nullable=False),
        sa.Column("answering", sa.Integer(), nullable=False),
        sa.Column("answering_by", sa.Integer(), nullable=False),
        sa.Column("thanking", sa.Integer(), nullable=False),
        sa.Column("thanking_by", sa.Integer(), nullable=False),
        sa.Column("sharing", sa.Integer(), nullable=False),
        sa.Column("sharing_by", sa.Integer(), nullable=False),
        sa.Column("checked", sa.Integer(), nullable=False),
        sa.Column("checked_by", sa.Integer(), nullable=False),
        sa.Column("improved", sa.Integer(), nullable=False),
        sa.Column("improved_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community"], ["community.id"], name="fk_community_tally_community", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("community", "week", name="pk_community_tally"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "posting",
        sa.Column("community", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("claimed_at", sa.BigInteger(), nullable=False),
        sa.Column("owner", sa.String(length=64), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), nullable=False),
        sa.Column("retry_at", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community"], ["community.id"], name="fk_posting_community", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("community", "week", name="pk_posting"),
    )
    op.create_index("ix_posting_week", "posting", ["week"], unique=False)
    op.create_table(
        "published",
        sa.Column("community", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("week", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("members", sa.Integer(), nullable=True),
        sa.Column("posts", sa.Integer(), nullable=True),
        sa.Column("promotion", sa.Integer(), nullable=True),
        sa.Column("asking", sa.Integer(), nullable=True),
        sa.Column("answering", sa.Integer(), nullable=True),
        sa.Column("thanking", sa.Integer(), nullable=True),
        sa.Column("sharing", sa.Integer(), nullable=True),
        sa.Column("checked", sa.Integer(), nullable=True),
        sa.Column("improved", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community"], ["community.id"], name="fk_published_community", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("community", "week", name="pk_published"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tally_basis",
        sa.Column("community", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", sa.LargeBinary(length=16), nullable=False),
        sa.ForeignKeyConstraint(
            ["community"], ["community.id"], name="fk_tally_basis_community", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("community", name="pk_tally_basis"),
    )
    op.create_table(
        "member_tally",
        sa.Column("community", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("week", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("member", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("posts", sa.Integer(), nullable=False),
        sa.Column("promotion", sa.Integer(), nullable=False),
        sa.Column("asking", sa.Integer(), nullable=False),
        sa.Column("answering", sa.Integer(), nullable=False),
        sa.Column("thanking", sa.Integer(), nullable=False),
        sa.Column("sharing", sa.Integer(), nullable=False),
        sa.Column("checked", sa.Integer(), nullable=False),
        sa.Column("improved", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community"], ["community.id"], name="fk_member_tally_community", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["member"], ["member.id"], name="fk_member_tally_member", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("community", "week", "member", name="pk_member_tally"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_member_tally_member", "member_tally", ["member"], unique=False)
    op.create_table(
        "personal",
        sa.Column("member", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reach", sa.LargeBinary(), nullable=False),
        sa.Column("kudos", sa.Boolean(), nullable=False),
        sa.Column("digest", sa.Boolean(), nullable=False),
        sa.Column("weekday", sa.SmallInteger(), nullable=False),
        sa.Column("hour", sa.SmallInteger(), nullable=False),
        sa.Column("time_zone", sa.String(length=64), nullable=False),
        sa.Column("quiet_from", sa.SmallInteger(), nullable=False),
        sa.Column("quiet_until", sa.SmallInteger(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("attempts", sa.SmallInteger(), nullable=False),
        sa.Column("retry_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["member"], ["member.id"], name="fk_personal_member", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("member", name="pk_personal"),
    )
    op.create_index(
        "ix_personal_digest",
        "personal",
        ["member"],
        unique=False,
        sqlite_where=sa.text("digest"),
        postgresql_where=sa.text("digest"),
    )
    op.create_table(
        "stale_tally",
        sa.Column("community", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("member", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("week", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community"], ["community.id"], name="fk_stale_tally_community", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["member"], ["member.id"], name="fk_stale_tally_member", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("community", "member", name="pk_stale_tally"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_stale_tally_member", "stale_tally", ["member"], unique=False)
    op.execute(
        "INSERT INTO stale_tally (community, member, week) "
        "SELECT community, member, MIN(week) FROM member_week GROUP BY community, member"
    )
    # A claim of before may have been posted, and what is perhaps posted is looked for first.
    op.execute(
        "INSERT INTO posting (community, week, state, claimed_at, owner, attempts) "
        "SELECT community, week, CASE state WHEN 'claimed' THEN 'posting' ELSE state END, "
        "claimed_at, owner, 0 "
        "FROM summary"
    )
    op.drop_index("ix_member_week_member", table_name="member_week")
    op.drop_table("member_week")
    op.drop_table("summary")
    op.create_index(
        "ix_post_parent",
        "post",
        ["parent"],
        unique=False,
        sqlite_where=sa.text("parent IS NOT NULL"),
        postgresql_where=sa.text("parent IS NOT NULL"),
    )
