"""In which communities an adapter's commands are registered one by one, so that they can be taken back."""

import json
from collections.abc import Iterable

from bot.storage.database import Database

_PURPOSE = "places of commands"


class CommandPlaces:
    """Remembers places, encrypted; the platforms give no list of them.

    Args:
        database: where to.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def read(self, platform: str) -> frozenset[str]:
        """Return the ids of a platform's communities that have commands of their own."""
        async with self._database.reading() as work:
            sealed = await work.meta.get(_key(platform))
        return frozenset(json.loads(self._database.keyring.open(sealed, _PURPOSE))) if sealed else frozenset()

    async def note(self, platform: str, places: Iterable[str]) -> None:
        """Remember these and no others."""
        sealed = self._database.keyring.seal(json.dumps(sorted(places)), _PURPOSE)
        async with self._database.writing() as work:
            await work.meta.replace(_key(platform), sealed)


def _key(platform: str) -> str:
    return f"commands of {platform}"
