"""The one background loop: looks for due summaries until it is cancelled."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime

EVERY_SECONDS = 60.0
"""Seconds between two looks; an hour of the day is met within a minute."""

_log = logging.getLogger(__name__)


async def keep_sending(
    send_due: Callable[[datetime], Awaitable[Iterable[str]]],
    clock: Callable[[], datetime],
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Send what is due, again and again; a failed look is logged and the next one tried.

    Args:
        send_due: sends what is due at a moment and returns a line for the log on each.
        clock: the present moment in UTC.
        sleep: waits for so many seconds.
    """
    while True:
        try:
            for line in await send_due(clock()):
                _log.info("weekly summary %s", line)
        except Exception as error:  # noqa: BLE001 - the database may be away for a while
            _log.error("looking for due summaries failed: %s", type(error).__name__)
        await sleep(EVERY_SECONDS)
