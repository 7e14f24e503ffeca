"""Ids of platform events already dealt with."""

from collections.abc import Iterable

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.balance.instant import HOUR
from bot.storage.inserting import insert_into, insert_new
from bot.storage.keyring import Keyring
from bot.storage.tables import DeliveryRow

KEPT = 25 * HOUR
"""How long an event id is remembered, in microseconds: platforms redeliver for a day at most."""


class Deliveries:
    """Remembers event ids within one transaction."""

    def __init__(self, connection: AsyncConnection, keyring: Keyring) -> None:
        self._connection = connection
        self._keyring = keyring

    async def seen(self, event: str, at: int) -> bool:
        """Tell whether an event was remembered in the 25 hours before `at` (microseconds)."""
        query = select(DeliveryRow.at).where(DeliveryRow.code == self._keyring.delivery(event))
        remembered = (await self._connection.execute(query)).scalar_one_or_none()
        return remembered is not None and remembered >= at - KEPT

    async def remember_all(self, events: Iterable[str], at: int) -> None:
        """Remember many events, some of which may have been remembered before."""
        rows = [{"code": self._keyring.delivery(event), "at": at} for event in events]
        await self._connection.execute(delete(DeliveryRow).where(DeliveryRow.at < at - KEPT))
        insert = insert_into(self._connection.dialect.name, DeliveryRow).on_conflict_do_nothing()
        await self._connection.execute(insert, rows)

    async def remember(self, event: str, at: int) -> bool:
        """Remember an event; False where it was remembered before. Exact across processes."""
        await self._connection.execute(delete(DeliveryRow).where(DeliveryRow.at < at - KEPT))
        return await insert_new(self._connection, DeliveryRow, code=self._keyring.delivery(event), at=at)
