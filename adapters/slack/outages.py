"""Notices that Socket Mode was away, helps it back, and says what may have been missed."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.socket_mode.aiohttp import SocketModeClient

REDELIVERED = timedelta(minutes=5)
"""For so long Slack brings an event again (https://docs.slack.dev/apis/events-api); after that it is lost."""

OVERLAP = timedelta(minutes=1)
"""So much before a connection was seen the last time is read again: it may have been dead already."""

LOOKED_EVERY = 30.0
"""Seconds between two looks at the connection; Slack gives out few addresses a minute."""


def connected(client: SocketModeClient) -> bool:
    """Tell whether Slack reaches a client right now."""
    session = client.current_session
    return session is not None and not session.closed and not client.stale


class Outages:
    """Watches the connection of Socket Mode.

    Args:
        client: the connection; it is the library that makes it anew.
        clock: the present moment in UTC.
        missed: is told, once the connection is back, since when events may be lost; raises nothing.
    """

    def __init__(
        self,
        client: SocketModeClient,
        clock: Callable[[], datetime],
        missed: Callable[[datetime], Coroutine[Any, Any, None]] | None = None,
    ) -> None:
        self._client = client
        self._clock = clock
        self._missed = missed

    async def watch(self) -> None:
        """Look for ever; what is missed is read beside, so that the next outage is noticed meanwhile."""
        seen = self._clock()
        async with asyncio.TaskGroup() as reading:
            while True:
                await asyncio.sleep(LOOKED_EVERY)
                now = self._clock()
                if not connected(self._client):
                    # the library would try one address for ever, and Slack's serve once and not for long
                    self._client.wss_uri = None
                    continue
                if self._missed is not None and now - seen > REDELIVERED:
                    reading.create_task(self._missed(seen - OVERLAP))
                seen = now
