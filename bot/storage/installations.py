"""Communities that installed the app for themselves, with their tokens; nothing of it is readable here."""

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.inserting import insert_into
from bot.storage.installation_tables import InstallationRow
from bot.storage.keyring import Keyring

_SEALED = "installation"


class Installations:
    """Reads and writes installations within one transaction."""

    def __init__(self, connection: AsyncConnection, keyring: Keyring) -> None:
        self._connection = connection
        self._keyring = keyring

    async def find(self, community: str) -> str | None:
        """Return what was saved for a community; None where it did not install the app."""
        query = select(InstallationRow.sealed).where(
            InstallationRow.code == self._keyring.community(community)
        )
        sealed = (await self._connection.execute(query)).scalar_one_or_none()
        return None if sealed is None else self._keyring.open(sealed, _SEALED)

    async def save(self, community: str, content: str) -> None:
        """Save what the app needs to act in a community, in the place of what was there."""
        values = {"sealed": self._keyring.seal(content, _SEALED), "renewing_until": 0}
        statement = insert_into(self._connection.dialect.name, InstallationRow).values(
            code=self._keyring.community(community), **values
        )
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=[InstallationRow.code], set_=values)
        )

    async def remove(self, community: str) -> int:
        """Delete what was saved for a community; returns how many rows that were."""
        result = await self._connection.execute(
            delete(InstallationRow).where(InstallationRow.code == self._keyring.community(community))
        )
        return result.rowcount

    async def claim_renewal(self, community: str, at: int, until: int) -> bool:
        """Claim the renewal of a community's tokens; False where another process is at it.

        Args:
            community: whose.
            at: now, in microseconds since 1970 in UTC.
            until: when the claim ends by itself.
        """
        result = await self._connection.execute(
            update(InstallationRow)
            .where(
                InstallationRow.code == self._keyring.community(community),
                InstallationRow.renewing_until <= at,
            )
            .values(renewing_until=until)
        )
        return result.rowcount > 0
