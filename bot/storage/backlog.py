"""Channels whose posts were missed and are not read yet, so that a restart does not forget them."""

from collections.abc import Mapping

from sqlalchemy import BigInteger, ForeignKey, Integer, delete, func, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.inserting import insert_into
from bot.storage.tables import Base


class BacklogRow(Base):
    """A channel's code, and from when on its posts are still to be read."""

    __tablename__ = "backlog"

    community: Mapped[int] = mapped_column(
        Integer, ForeignKey("community.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    channel: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    since: Mapped[int] = mapped_column(BigInteger)


class Backlog:
    """Reads and writes what is still to be read, within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def note(self, community: int, since: Mapping[int, int]) -> None:
        """Note channels that are to be read; an earlier moment that was noted before stands.

        Args:
            community: the community's number.
            since: from when on (microseconds since 1970 in UTC), by the channel's code.
        """
        if not since:
            return
        backend = self._connection.dialect.name
        insert = insert_into(backend, BacklogRow)
        earlier = func.min if backend == "sqlite" else func.least
        insert = insert.on_conflict_do_update(
            index_elements=[BacklogRow.community, BacklogRow.channel],
            set_={"since": earlier(BacklogRow.since, insert.excluded.since)},
        )
        rows = [{"community": community, "channel": code, "since": at} for code, at in sorted(since.items())]
        await self._connection.execute(insert, rows)

    async def of(self, community: int) -> dict[int, int]:
        """Return what is to be read in a community: from when on, by the channel's code."""
        query = select(BacklogRow.channel, BacklogRow.since).where(BacklogRow.community == community)
        return {row.channel: row.since for row in await self._connection.execute(query)}

    async def done(self, community: int, channel: int) -> None:
        """Note that a channel was read to the end."""
        await self._connection.execute(
            delete(BacklogRow).where(BacklogRow.community == community, BacklogRow.channel == channel)
        )
