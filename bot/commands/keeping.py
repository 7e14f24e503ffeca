"""Keeps every platform running: where one is refused or away, the others and the summaries go on."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.services.platform import Adapter, AdapterError

RETRY_SECONDS = 60.0
"""Seconds between two tries to reach a platform that is away."""

_log = logging.getLogger(__name__)


class Platforms:
    """The adapters of one process.

    Args:
        names: the platforms to run.
        build: makes a platform's adapter; called again after it failed.
        sleep: waits for so many seconds.

    Attributes:
        running: the adapter of each platform, by name, the latest one.
    """

    def __init__(
        self,
        names: list[str],
        build: Callable[[str], Adapter],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.running = {name: build(name) for name in names}
        self._build = build
        self._sleep = sleep
        self._down: set[str] = set()

    def connected(self, name: str) -> bool:
        """Tell whether a platform can be reached right now."""
        return self.running[name].connected()

    async def keep(self, name: str) -> None:
        """Run one platform for good, trying again after a refusal.

        Raises:
            AdapterError: it failed, and no other platform of this process is left.
        """
        while True:
            try:
                await self.running[name].run()
            except AdapterError as error:
                self._down.add(name)
                if self._down == set(self.running):
                    raise
                _log.error("%s; trying again in %g seconds", error, RETRY_SECONDS)
            await self.running[name].close()
            await self._sleep(RETRY_SECONDS)
            self.running[name] = self._build(name)
            self._down.discard(name)

    async def close(self) -> None:
        """Disconnect every platform."""
        await asyncio.gather(*(adapter.close() for adapter in self.running.values()), return_exceptions=True)
