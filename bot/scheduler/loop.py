"""The one background loop: does what is due, again and again, until it is cancelled."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime

EVERY_SECONDS = 60.0
"""Seconds between two looks at the summaries; an hour of the day is met within a minute."""

DAILY_SECONDS = 24 * 60 * 60.0
"""Seconds between two looks at what has expired."""

_log = logging.getLogger(__name__)


async def repeat(
    work: Callable[[datetime], Awaitable[Iterable[str]]],
    clock: Callable[[], datetime],
    every_seconds: float = EVERY_SECONDS,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Do a piece of work at once and then again and again; a failure is logged and not the end.

    Args:
        work: does what is due at a moment and returns a line for the log on each thing done.
        clock: the present moment in UTC.
        every_seconds: how long to wait in between.
        sleep: waits for so many seconds.
    """
    while True:
        try:
            for line in await work(clock()):
                _log.info("%s", line)
        except Exception as error:  # noqa: BLE001 - the database may be away for a while
            _log.error("background work failed: %s", type(error).__name__)  # no message: it may hold a text
        await sleep(every_seconds)
