"""What the database knows about itself."""

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.inserting import insert_new
from bot.storage.tables import MetaRow

_LIVE = "written-by-an-adapter"


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

    async def replace(self, key: str, value: bytes) -> None:
        """Set a mark, whatever it was."""
        if not await insert_new(self._connection, MetaRow, key=key, value=value):
            await self._connection.execute(update(MetaRow).where(MetaRow.key == key).values(value=value))

    async def mark_live(self) -> None:
        """Remember that a platform's adapter writes here: from now on nobody imports without consent."""
        await self.put(_LIVE, b"yes")

    async def is_live(self) -> bool:
        """Tell whether a platform's adapter ever wrote here."""
        return await self.get(_LIVE) is not None
