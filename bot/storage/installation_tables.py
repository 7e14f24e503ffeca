"""The table of workspaces that installed the app, once, for SQLite and PostgreSQL alike."""

from sqlalchemy import BigInteger, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables import Base


class InstallationRow(Base):
    """What the app needs to act in a community that installed it: its tokens, sealed."""

    __tablename__ = "installation"

    code: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    renewing_until: Mapped[int] = mapped_column(BigInteger, default=0)
