"""Lets go of what is older than the record goes back."""

from datetime import datetime, timedelta

from bot.balance.bounds import Bounds
from bot.balance.instant import instant
from bot.storage.database import Database

WINDOWS = 8
"""The chart of the balance shows so many windows, so the record goes back so far."""

GRACE_DAYS = 30
"""And so many days more (design.md, "The record")."""


def retention_days(bounds: Bounds) -> int:
    """Return how many days an entry of the record is kept."""
    return WINDOWS * bounds.window_days + GRACE_DAYS


class Retention:
    """Deletes entries that are older than that.

    Args:
        database: the record.
        bounds: the configuration's window.
    """

    def __init__(self, database: Database, bounds: Bounds) -> None:
        self._database = database
        self._days = retention_days(bounds)

    async def __call__(self, at: datetime) -> int:
        """Delete what expired by `at`; returns how many rows it was."""
        async with self._database.writing() as work:
            gone = await work.tombstones.expire(instant(at))
            return gone + await work.posts.expire(instant(at - timedelta(days=self._days)))
