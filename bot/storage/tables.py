"""Every table, once, for SQLite and PostgreSQL alike.

No column holds a word anybody wrote, and no id of a person, message, channel or community is readable
without the operator's secret. Moments are whole microseconds since 1970 in UTC.
"""

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """Names every constraint, so that both databases and the migrations call it the same."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class MetaRow(Base):
    """What the database knows about itself: whether the secret fits, whether an adapter ever wrote."""

    __tablename__ = "meta"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[bytes] = mapped_column(LargeBinary)


class CommunityRow(Base):
    """A community and what its administrators chose; None stands for the configuration's default."""

    __tablename__ = "community"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    code: Mapped[bytes] = mapped_column(LargeBinary(16), unique=True)
    name: Mapped[bytes] = mapped_column(LargeBinary)  # sealed: summaries must find their way back
    places: Mapped[bytes | None] = mapped_column(LargeBinary)  # sealed: channels, roles, contact, switches
    summarised: Mapped[bool] = mapped_column(default=False)  # it has a channel for summaries
    weekday: Mapped[int | None] = mapped_column(SmallInteger)
    hour: Mapped[int | None] = mapped_column(SmallInteger)
    time_zone: Mapped[str | None] = mapped_column(String(64))
    lower: Mapped[str | None] = mapped_column(String(40))  # a fraction, exact
    upper: Mapped[str | None] = mapped_column(String(40))
    minimum_members: Mapped[int | None] = mapped_column(Integer)
    rules_off: Mapped[str] = mapped_column(String(400), default="")  # ids, separated by spaces


class MemberRow(Base):
    """A member who answered the question of consent or chose a setting."""

    __tablename__ = "member"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    code: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    consent: Mapped[str] = mapped_column(String(12), default="unasked")
    consent_version: Mapped[int | None] = mapped_column(Integer)
    consent_at: Mapped[int | None] = mapped_column(BigInteger)
    own_sites: Mapped[bytes | None] = mapped_column(LargeBinary)  # sealed
    muted_rules: Mapped[str] = mapped_column(String(400), default="")  # ids, separated by spaces
    widen_circle: Mapped[bool] = mapped_column(default=False)
    real_name: Mapped[bool] = mapped_column(default=False)
    community: Mapped[int | None] = mapped_column(ForeignKey("community.id", ondelete="SET NULL"))
    detail: Mapped[str | None] = mapped_column(String(8))  # None: the usual
    home: Mapped[bytes | None] = mapped_column(LargeBinary(16))  # code of the one community it belongs to


class PostRow(Base):
    """What is known about one message: the ledger itself.

    The rows of a member stand together in order of time, so a balance reads a few pages however
    large the table is; the message's own index finds what an event is about and what answers what.
    """

    __tablename__ = "post"
    __table_args__ = (
        Index("uq_post_message", "message", unique=True),
        Index(
            "ix_post_claimed",
            "member",
            sqlite_where=text("claimed"),
            postgresql_where=text("claimed"),
        ),
        Index(
            "ix_post_parent",
            "parent",
            sqlite_where=text("parent IS NOT NULL"),
            postgresql_where=text("parent IS NOT NULL"),
        ),
        {"sqlite_with_rowid": False},
    )

    member: Mapped[int] = mapped_column(
        Integer, ForeignKey("member.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    community: Mapped[int] = mapped_column(
        Integer, ForeignKey("community.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    posted: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    message: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    channel: Mapped[int] = mapped_column(BigInteger)
    parent: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    edited: Mapped[bool | None] = mapped_column()
    version_at: Mapped[int | None] = mapped_column(BigInteger)
    version_digest: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    kind: Mapped[int | None] = mapped_column(SmallInteger)
    act: Mapped[int | None] = mapped_column(SmallInteger)
    substance: Mapped[bool | None] = mapped_column()
    shares_others: Mapped[bool | None] = mapped_column()
    unread: Mapped[bool | None] = mapped_column()
    fingerprint: Mapped[bytes | None] = mapped_column(LargeBinary(32))
    answered: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    mentioned: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    deleted: Mapped[bool] = mapped_column(default=False)
    corrected: Mapped[int | None] = mapped_column(SmallInteger)
    corrected_at: Mapped[int | None] = mapped_column(BigInteger)
    claimed: Mapped[bool] = mapped_column(default=False)


class TombstoneRow(Base):
    """A message that was deleted before it was heard of: a code and a day, and nothing about whose it was."""

    __tablename__ = "tombstone"

    code: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    day: Mapped[int] = mapped_column(Integer, index=True)  # since 1970


class NoteRow(Base):
    """A member's own log: who read their ledger from the shell, what they corrected."""

    __tablename__ = "note"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    member: Mapped[int] = mapped_column(ForeignKey("member.id", ondelete="CASCADE"), index=True)
    at: Mapped[int] = mapped_column(BigInteger)
    what: Mapped[str] = mapped_column(String(40))
    detail: Mapped[str] = mapped_column(String(80), default="")


class AuditRow(Base):
    """What administrators changed in a community's settings, and a code of who."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    community: Mapped[int] = mapped_column(ForeignKey("community.id", ondelete="CASCADE"), index=True)
    at: Mapped[int] = mapped_column(BigInteger)
    actor: Mapped[bytes | None] = mapped_column(LargeBinary(16))
    key: Mapped[str] = mapped_column(String(40))
    value: Mapped[bytes] = mapped_column(LargeBinary)  # sealed: it may name channels


class DeliveryRow(Base):
    """Ids of platform events already dealt with, kept 25 hours."""

    __tablename__ = "delivery"

    code: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True)
    at: Mapped[int] = mapped_column(BigInteger, index=True)
