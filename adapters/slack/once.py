"""Deals with each delivered event once, however often Slack delivers it, and to whichever process."""

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine
from datetime import datetime
from typing import Any

from adapters.slack.background import Background
from adapters.slack.failures import log_fault
from bot.services.seen_events import SeenEvents
from bot.storage.errors import StorageError

SAID_AFTER = 2.0
"""Seconds after which other processes are told of work: Slack delivers again after three."""

TURN = 10
"""Seconds for which such a word counts, at least; twice as many at most."""

LOOKED_EVERY = 0.5
"""Seconds between two looks at whether another process is done."""

EACH = 20
"""Events of one member that may be under way; their answers go out one a second."""

MOST = 2_000
"""Events that may be under way in all."""


class CrowdedError(Exception):
    """So much waits for its turn already that an event has to come again."""


class Once:
    """Runs an event's work and remembers the event when the work is done, never before.

    A crash in between repeats the work rather than losing it. A second delivery that arrives while
    the first is being dealt with waits for it, so that it is not acknowledged early either; where that
    is another process's work, until it is done or nothing is heard of that process any more.

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
        self._of: Counter[str] = Counter()

    async def do(self, event_id: str, whose: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Return when the event is dealt with; raises what its work raises, and then it may come again.

        Args:
            event_id: the platform's id of the event.
            whose: the member it comes from.
            work: deals with it.

        Raises:
            CrowdedError: too many events wait already, of the member or in all.
        """
        running = self._running.get(event_id)
        if running is None:
            if self._of[whose] >= EACH or len(self._running) >= MOST:
                raise CrowdedError("too many messages wait for an answer; Slack brings this one again")
            running = asyncio.create_task(self._work(event_id, work))
            self._running[event_id] = running
            self._of[whose] += 1
            self._background.hold(running)
            running.add_done_callback(lambda ended: self._ended(event_id, whose, ended))
        await asyncio.wait({running})  # unlike awaiting it, giving up does not end the work
        running.result()

    def _ended(self, event_id: str, whose: str, ended: asyncio.Task[None]) -> None:
        self._running.pop(event_id, None)
        self._of[whose] -= 1
        if not self._of[whose]:
            del self._of[whose]
        if not ended.cancelled():
            ended.exception()  # taken here, since asyncio would log it whole where nobody waits any more

    async def _work(self, event_id: str, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        while not await self._seen.seen(event_id, self._clock()):
            if not await self._elsewhere(event_id):
                break
            await asyncio.sleep(LOOKED_EVERY)
        else:
            return
        saying = asyncio.create_task(self._say_so(event_id))
        try:
            await work()
        finally:
            saying.cancel()
        await self._seen.first_time(event_id, self._clock())

    async def _elsewhere(self, event_id: str) -> bool:
        """Tell whether another process said of late that it is dealing with an event."""
        now = self._clock()
        turn = _turn(now)
        return any([await self._seen.seen(_word(event_id, one), now) for one in (turn, turn - 1)])

    async def _say_so(self, event_id: str) -> None:
        """Tell other processes of work that takes long, for as long as it does."""
        try:
            await asyncio.sleep(SAID_AFTER)
            while True:
                now = self._clock()
                await self._seen.first_time(_word(event_id, _turn(now)), now)
                await asyncio.sleep(TURN / 2)
        except StorageError as error:
            log_fault("telling other processes of work", error)


def _turn(at: datetime) -> int:
    return int(at.timestamp()) // TURN


def _word(event_id: str, turn: int) -> str:
    return f"{event_id} under way {turn}"
