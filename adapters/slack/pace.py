"""At most one message a second into a channel (https://docs.slack.dev/apis/web-api/rate-limits)."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable

INTERVAL = 1.0
"""Seconds between two messages into one channel."""

CAPACITY = 10_000
"""Channels whose last message is remembered; one forgotten may be written to at once."""


class Pace:
    """Gives every message its turn.

    Args:
        now: seconds on a clock that only runs forward.
        sleep: waits for so many seconds.
    """

    def __init__(
        self, now: Callable[[], float], sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        self._now = now
        self._sleep = sleep
        self._next: OrderedDict[str, float] = OrderedDict()

    async def turn(self, channel: str) -> None:
        """Wait until a message may be sent into `channel`; turns are given in the order asked."""
        now = self._now()
        mine = max(now, self._next.pop(channel, now))
        self._next[channel] = mine + INTERVAL
        if len(self._next) > CAPACITY:
            self._next.popitem(last=False)
        if mine > now:
            await self._sleep(mine - now)
