"""The table of members who want an offer when a filter stops them, for SQLite and PostgreSQL alike."""

from sqlalchemy import BigInteger, ForeignKey, Integer
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables import Base


class BlockedOfferRow(Base):
    """A member who agreed to such offers, and when the last one went out; nothing of what was stopped."""

    __tablename__ = "blocked_offer"

    member: Mapped[int] = mapped_column(
        Integer, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    last_at: Mapped[int | None] = mapped_column(BigInteger)
