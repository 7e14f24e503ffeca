"""Communities that installed the app for themselves, and the tokens they gave it."""

from datetime import datetime, timedelta

from bot.balance.instant import instant
from bot.storage.database import Database

_RENEWAL = timedelta(minutes=1)
"""How long one process may take to renew a community's tokens before another tries."""


class Installations:
    """Keeps what an adapter needs to act in a community, encrypted with the operator's key.

    Args:
        database: where to.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def find(self, community: str) -> str | None:
        """Return what was saved for a community (`PLATFORM:ID`); None where it did not install the app."""
        async with self._database.glancing() as work:
            return await work.installations.find(community)

    async def save(self, community: str, content: str) -> None:
        """Save what the adapter needs, in its own words; what was there before is gone."""
        async with self._database.writing() as work:
            await work.installations.save(community, content)

    async def remove(self, community: str) -> bool:
        """Delete what was saved for a community; False where there was nothing."""
        async with self._database.writing() as work:
            return await work.installations.remove(community) > 0

    async def claim_renewal(self, community: str, at: datetime) -> bool:
        """Tell whether this process is to renew a community's tokens now; true for one of them at a time."""
        async with self._database.writing() as work:
            return await work.installations.claim_renewal(community, instant(at), instant(at + _RENEWAL))
