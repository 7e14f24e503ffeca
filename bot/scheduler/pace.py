"""Spreads what is due over time, so that no platform is asked more than it allows."""

import asyncio
from collections.abc import Awaitable, Callable

A_SECOND = 20
"""Summaries begun in a second on one platform.

Discord allows a bot 50 requests a second in all (https://discord.com/developers/docs/topics/rate-limits),
and answering members comes first. Slack's limits are for each workspace, and a community is one.
"""


class Pace:
    """Gives every message its turn.

    Args:
        now: seconds on a clock that only runs forward.
        sleep: waits for so many seconds.
        a_second: how many turns there are in a second.
    """

    def __init__(
        self,
        now: Callable[[], float],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        a_second: float = A_SECOND,
    ) -> None:
        self._now = now
        self._sleep = sleep
        self._interval = 1 / a_second
        self._next = 0.0

    async def turn(self) -> None:
        """Wait for the next turn; turns are given in the order asked."""
        now = self._now()
        mine = max(now, self._next)
        self._next = mine + self._interval
        if mine > now:
            await self._sleep(mine - now)
