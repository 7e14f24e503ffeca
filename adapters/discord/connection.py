"""A connection that ends at once, whatever it waits for, and leaves no thread behind.

Between two beginnings of a session the library waits the five seconds that Discord wants, with an open
socket and a thread that keeps it alive, which its own `close` does not know yet. Closed in that moment it
would leave the thread for up to a minute, and before every shard has begun it would try for ever.
"""

import asyncio
import threading
from typing import Any

import discord
import yarl
from discord.gateway import KeepAliveHandler

BETWEEN_BEGINNINGS = 5.0
"""Seconds between two sessions that begin; Discord asks for them."""


class ConnectionEnded(BaseException):
    """The connection was closed while a session was about to begin."""


class Connection(discord.AutoShardedClient):
    """The library's client, with an end to its waiting."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._ended = asyncio.Event()

    async def run_until_closed(self) -> None:
        """Connect every shard and serve until closed."""
        try:
            await self.connect()
        except ConnectionEnded:
            return

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Leave Discord time between two beginnings; closing cuts it short.

        Raises:
            ConnectionEnded: the connection was closed.
        """
        del shard_id
        if initial:
            return
        try:
            await asyncio.wait_for(self._ended.wait(), BETWEEN_BEGINNINGS)
        except TimeoutError:
            return
        await self._end()
        raise ConnectionEnded

    async def launch_shard(self, gateway: yarl.URL, shard_id: int, *, initial: bool = False) -> None:
        """Begin a shard's first session; the library tries again and again, here until closed.

        Raises:
            ConnectionEnded: the connection was closed.
        """
        if self._ended.is_set():
            raise ConnectionEnded
        await super().launch_shard(gateway, shard_id, initial=initial)

    async def close(self) -> None:
        """Disconnect, and end what was about to begin."""
        self._ended.set()
        await self._end()

    async def _end(self) -> None:
        """Close what the library knows, then the sockets that only their threads know."""
        await super().close()
        for thread in threading.enumerate():
            if isinstance(thread, KeepAliveHandler) and thread.ws.call_hooks == self._connection.call_hooks:
                thread.stop()
                await thread.ws.close(1000)
