"""The tables of the week: the roll-up, what was published, what was posted, and who wants what."""

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, LargeBinary, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables import Base


class StaleTallyRow(Base):
    """A member whose weeks in a community are to be counted again, from one week on.

    A week starts here on Monday at midnight in UTC, counted from 1970.
    """

    __tablename__ = "stale_tally"
    __table_args__ = ({"sqlite_with_rowid": False},)

    community: Mapped[int] = mapped_column(
        Integer, ForeignKey("community.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    member: Mapped[int] = mapped_column(
        Integer,
        ForeignKey("member.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        index=True,
    )
    week: Mapped[int] = mapped_column(Integer)


class MemberTallyRow(Base):
    """What one member adds to one week of a community; a row for every week they posted in.

    A week is counted from the year 1, in the community's time zone (`bot.summaries.week.Week.ordinal`).
    """

    __tablename__ = "member_tally"
    __table_args__ = ({"sqlite_with_rowid": False},)

    community: Mapped[int] = mapped_column(
        Integer, ForeignKey("community.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    week: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    member: Mapped[int] = mapped_column(
        Integer,
        ForeignKey("member.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        index=True,
    )
    posts: Mapped[int] = mapped_column(Integer)
    promotion: Mapped[int] = mapped_column(Integer)
    asking: Mapped[int] = mapped_column(Integer)
    answering: Mapped[int] = mapped_column(Integer)
    thanking: Mapped[int] = mapped_column(Integer)
    sharing: Mapped[int] = mapped_column(Integer)
    checked: Mapped[int] = mapped_column(Integer)
    improved: Mapped[int] = mapped_column(Integer)


class CommunityTallyRow(Base):
    """The sum of a community's member tallies in one week, and over how many members each figure is."""

    __tablename__ = "community_tally"
    __table_args__ = ({"sqlite_with_rowid": False},)

    community: Mapped[int] = mapped_column(
        Integer, ForeignKey("community.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    week: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    posts: Mapped[int] = mapped_column(Integer)
    posts_by: Mapped[int] = mapped_column(Integer)
    promotion: Mapped[int] = mapped_column(Integer)
    promotion_by: Mapped[int] = mapped_column(Integer)
    giving: Mapped[int] = mapped_column(Integer)
    giving_by: Mapped[int] = mapped_column(Integer)
    asking: Mapped[int] = mapped_column(Integer)
    asking_by: Mapped[int] = mapped_column(Integer)
    answering: Mapped[int] = mapped_column(Integer)
    answering_by: Mapped[int] = mapped_column(Integer)
    thanking: Mapped[int] = mapped_column(Integer)
    thanking_by: Mapped[int] = mapped_column(Integer)
    sharing: Mapped[int] = mapped_column(Integer)
    sharing_by: Mapped[int] = mapped_column(Integer)
    checked: Mapped[int] = mapped_column(Integer)
    checked_by: Mapped[int] = mapped_column(Integer)
    improved: Mapped[int] = mapped_column(Integer)
    improved_by: Mapped[int] = mapped_column(Integer)


class TallyBasisRow(Base):
    """A digest of the settings a community's tallies were counted by; another one and they are stale."""

    __tablename__ = "tally_basis"

    community: Mapped[int] = mapped_column(
        Integer, ForeignKey("community.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    digest: Mapped[bytes] = mapped_column(LargeBinary(16))


class PublishedRow(Base):
    """What a community was shown of a week, rounded, and never changed; None where nothing was shown."""

    __tablename__ = "published"
    __table_args__ = ({"sqlite_with_rowid": False},)

    community: Mapped[int] = mapped_column(
        Integer, ForeignKey("community.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    week: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    members: Mapped[int | None] = mapped_column(Integer)
    posts: Mapped[int | None] = mapped_column(Integer)
    promotion: Mapped[int | None] = mapped_column(Integer)
    asking: Mapped[int | None] = mapped_column(Integer)
    answering: Mapped[int | None] = mapped_column(Integer)
    thanking: Mapped[int | None] = mapped_column(Integer)
    sharing: Mapped[int | None] = mapped_column(Integer)
    checked: Mapped[int | None] = mapped_column(Integer)
    improved: Mapped[int | None] = mapped_column(Integer)


class PostingRow(Base):
    """One community's summary of one week: how far it got."""

    __tablename__ = "posting"

    community: Mapped[int] = mapped_column(
        Integer, ForeignKey("community.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    week: Mapped[str] = mapped_column(String(8), primary_key=True, index=True)
    state: Mapped[str] = mapped_column(String(12))
    claimed_at: Mapped[int] = mapped_column(BigInteger)
    owner: Mapped[str] = mapped_column(String(64))
    attempts: Mapped[int] = mapped_column(SmallInteger)
    retry_at: Mapped[int | None] = mapped_column(BigInteger)
    reason: Mapped[bytes | None] = mapped_column(LargeBinary)  # sealed: it may name a channel


class PersonalRow(Base):
    """A member who wants a digest or kudos: how to reach them, kept only while they want either."""

    __tablename__ = "personal"
    __table_args__ = (
        Index(
            "ix_personal_digest",
            "member",
            sqlite_where=text("digest"),
            postgresql_where=text("digest"),
        ),
    )

    member: Mapped[int] = mapped_column(
        Integer, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    reach: Mapped[bytes] = mapped_column(LargeBinary)  # sealed: PLATFORM:ID
    kudos: Mapped[bool] = mapped_column()
    digest: Mapped[bool] = mapped_column()
    weekday: Mapped[int] = mapped_column(SmallInteger)
    hour: Mapped[int] = mapped_column(SmallInteger)
    time_zone: Mapped[str] = mapped_column(String(64))
    quiet_from: Mapped[int] = mapped_column(SmallInteger)
    quiet_until: Mapped[int] = mapped_column(SmallInteger)
    since: Mapped[int] = mapped_column(BigInteger)
    sent: Mapped[int] = mapped_column(Integer)
    attempts: Mapped[int] = mapped_column(SmallInteger)
    retry_at: Mapped[int | None] = mapped_column(BigInteger)
