"""Deals with each delivered event once, however often Slack delivers it."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any

from adapters.slack.background import Background
from bot.services.seen_events import SeenEvents


class Once:
    """Runs an event's work and remembers the event when the work is done, never before.

    A crash in between repeats the work rather than losing it. A second delivery that arrives while
    the first is being dealt with waits for it, so that it is not acknowledged early either.

    Args:
        seen: remembers what was dealt with, across processes.
        clock: the present moment in UTC.
        background: lets work finish before the program ends.
    """

    def __init__(self, seen: SeenEvents, clock: Callable[[], datetime], background: Background) -> None:
        self._seen = seen
        self._clock = clock
        self._background = background
        self._running: dict[str, asyncio.Task[None]] = {}

    async def do(self, event_id: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Return when the event is dealt with; raises what its work raises, and then it may come again."""
        running = self._running.get(event_id)
        if running is None:
            running = asyncio.create_task(self._work(event_id, work))
            self._running[event_id] = running
            self._background.hold(running)
            running.add_done_callback(lambda ended: self._ended(event_id, ended))
        await asyncio.wait({running})  # unlike awaiting it, giving up does not end the work
        running.result()

    def _ended(self, event_id: str, ended: asyncio.Task[None]) -> None:
        self._running.pop(event_id, None)
        if not ended.cancelled():
            ended.exception()  # taken here, since asyncio would log it whole where nobody waits any more

    async def _work(self, event_id: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        if await self._seen.seen(event_id, self._clock()):
            return
        await work()
        await self._seen.first_time(event_id, self._clock())
