"""Event ids of platforms that deliver an event again until it is acknowledged."""

from datetime import datetime

from bot.balance.instant import instant
from bot.storage.database import Database


class SeenEvents:
    """Remembers event ids for 25 hours, across processes.

    For recorded messages give the id to `RecordPosts`, which remembers it in the transaction that
    records them. For a draft: `seen`, then answer, then `first_time`, then acknowledge, so that a
    crash may answer twice but never not at all (design.md, "Acknowledged means").

    Args:
        database: where to.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def seen(self, event_id: str, at: datetime) -> bool:
        """Tell whether an event was dealt with before; remembers nothing."""
        async with self._database.glancing() as work:
            return await work.deliveries.seen(event_id, instant(at))

    async def first_time(self, event_id: str, at: datetime) -> bool:
        """Remember an event as dealt with, durably; False where another call did so before."""
        async with self._database.writing() as work:
            return await work.deliveries.remember(event_id, instant(at))
