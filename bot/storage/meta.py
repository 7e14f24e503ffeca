"""What the database knows about itself."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.inserting import insert_new
from bot.storage.tables import MetaRow


class Meta:
    """Reads and writes marks within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def get(self, key: str) -> bytes | None:
        """Return a mark; None where it was never set."""
        query = select(MetaRow.value).where(MetaRow.key == key)
        return (await self._connection.execute(query)).scalar_one_or_none()

    async def put(self, key: str, value: bytes) -> bytes:
        """Set a mark unless it is set, and return the one that stands."""
        await insert_new(self._connection, MetaRow, key=key, value=value)
        return await self.get(key) or value
