"""The table of members who asked for nudges, once, for SQLite and PostgreSQL alike."""

from sqlalchemy import BigInteger, ForeignKey, Integer, LargeBinary, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables import Base


class NudgeRow(Base):
    """A member who asked for nudges: how to reach them, kept only while they want them."""

    __tablename__ = "nudge"

    member: Mapped[int] = mapped_column(
        Integer, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    reach: Mapped[bytes] = mapped_column(LargeBinary)  # sealed: PLATFORM:ID
    quiet_from: Mapped[int] = mapped_column(SmallInteger)
    quiet_until: Mapped[int] = mapped_column(SmallInteger)
    time_zone: Mapped[str] = mapped_column(String(64))
    last_at: Mapped[int | None] = mapped_column(BigInteger)
    before_at: Mapped[int | None] = mapped_column(BigInteger)
    unanswered: Mapped[int] = mapped_column(SmallInteger)
