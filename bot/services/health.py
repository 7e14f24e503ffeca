"""Whether the installation works right now: the database answers, the platforms are connected."""

from collections.abc import Awaitable, Callable


class Health:
    """Asks the database and every watched platform.

    Args:
        ping: asks the database something small; raises where it does not answer.
    """

    def __init__(self, ping: Callable[[], Awaitable[None]]) -> None:
        self._ping = ping
        self._platforms: dict[str, Callable[[], bool]] = {}

    def watch(self, name: str, connected: Callable[[], bool]) -> None:
        """Include a platform; `connected` must answer at once."""
        self._platforms[name] = connected

    async def report(self) -> dict[str, bool]:
        """Return `database` and each platform by name, True where it works."""
        return {"database": await self._database_answers()} | {
            name: connected() for name, connected in self._platforms.items()
        }

    async def _database_answers(self) -> bool:
        try:
            await self._ping()
        except Exception:  # noqa: BLE001 - whatever keeps it from answering
            return False
        return True
