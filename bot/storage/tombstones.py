"""Messages that were deleted before anything was heard of them, so that a deletion wins in any order."""

from collections.abc import Iterable

from sqlalchemy import delete, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.balance.instant import DAY
from bot.storage.inserting import insert_into
from bot.storage.prepared import Prepared, PreparedList
from bot.storage.tables import TombstoneRow

KEPT_DAYS = 30
"""How long such a deletion is remembered: an export made before it may be imported weeks later."""

_ANY = Prepared(select(TombstoneRow.code).limit(1))
_AMONG = PreparedList(lambda chosen: select(TombstoneRow.code).where(TombstoneRow.code.in_(chosen)))
_ONE_AFTER_THE_OTHER = 7_221_064
"""The advisory lock that keeps a deletion and its post, in two processes, from missing each other."""


class Tombstones:
    """Remembers coded message ids and the day, and nothing else: whose they are, nobody said."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def wait(self, *, alone: bool) -> None:
        """Wait until what others record cannot come between this transaction's reading and writing.

        Ask before anything else is locked. SQLite has one writer at a time anyway.

        Args:
            alone: whether deletions will be remembered; who only records posts need not wait for one another.
        """
        if self._connection.dialect.name == "postgresql":
            lock = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
            await self._connection.execute(text(f"SELECT {lock}(:key)"), {"key": _ONE_AFTER_THE_OTHER})

    async def remember(self, messages: Iterable[bytes], at: int) -> int:
        """Remember deletions of messages nobody heard of; returns how many were new.

        Args:
            messages: their coded ids.
            at: when, in microseconds since 1970 in UTC.
        """
        wanted = set(messages)
        if not wanted:
            return 0
        new = sorted(wanted - await self.among(wanted))
        if new:
            statement = insert_into(self._connection.dialect.name, TombstoneRow).on_conflict_do_nothing()
            await self._connection.execute(statement, [{"code": code, "day": at // DAY} for code in new])
        return len(new)

    async def among(self, messages: Iterable[bytes]) -> set[bytes]:
        """Return which of some messages were deleted before they were heard of."""
        if not await _ANY.rows(self._connection, {}):
            return set()
        return {row[0] for row in await _AMONG.rows(self._connection, messages)}

    async def drop(self, messages: Iterable[bytes]) -> None:
        """Let go of deletions that the ledger itself knows of now."""
        for code in sorted(set(messages)):
            await self._connection.execute(delete(TombstoneRow).where(TombstoneRow.code == code))

    async def expire(self, at: int) -> int:
        """Let go of what is older than `KEPT_DAYS` at a moment (microseconds); returns how many it was."""
        query = delete(TombstoneRow).where(TombstoneRow.day < at // DAY - KEPT_DAYS)
        return (await self._connection.execute(query)).rowcount
