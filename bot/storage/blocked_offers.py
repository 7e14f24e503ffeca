"""Members who agreed to an offer when a filter stops a message of theirs."""

from dataclasses import dataclass

from sqlalchemy import delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.blocked_tables import BlockedOfferRow
from bot.storage.inserting import insert_new


@dataclass(frozen=True, slots=True)
class StoredOffers:
    """A member who agreed.

    Attributes:
        last: when the last offer went out, in microseconds since 1970 in UTC; None for never.
    """

    last: int | None


class BlockedOffers:
    """Reads and writes who agreed within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find(self, member: int) -> StoredOffers | None:
        """Return a member's agreement; None where there is none."""
        query = select(BlockedOfferRow.last_at).where(BlockedOfferRow.member == member)
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else StoredOffers(row.last_at)

    async def add(self, member: int) -> None:
        """Store that a member agreed."""
        await insert_new(self._connection, BlockedOfferRow, member=member)

    async def claim(self, member: int, at: int, before: int) -> bool:
        """Note that an offer goes out now; False where the last one is later than `before`, or unwanted."""
        rested = or_(BlockedOfferRow.last_at.is_(None), BlockedOfferRow.last_at <= before)
        result = await self._connection.execute(
            update(BlockedOfferRow).where(BlockedOfferRow.member == member, rested).values(last_at=at)
        )
        return result.rowcount > 0

    async def remove(self, member: int) -> None:
        """Forget that a member agreed."""
        await self._connection.execute(delete(BlockedOfferRow).where(BlockedOfferRow.member == member))
