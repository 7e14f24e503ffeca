"""The one background loop: looks for due summaries until it is cancelled."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from bot.services.platform import Adapter
from bot.services.weekly_summaries import WeeklySummaries

EVERY_SECONDS = 60.0
"""Seconds between two looks; an hour of the day is met within a minute."""

_log = logging.getLogger(__name__)


async def keep_sending(
    summaries: WeeklySummaries,
    adapters: Mapping[str, Adapter],
    clock: Callable[[], datetime],
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Send what is due, again and again; a failed look is logged and the next one tried.

    Args:
        summaries: the use case.
        adapters: the platforms that can post, by name.
        clock: the present moment in UTC.
        sleep: waits for so many seconds.
    """
    while True:
        try:
            for sent in await summaries.send_due(adapters, clock()):
                _log.info("weekly summary of %s: %s", sent.week, sent.outcome)
        except Exception as error:  # noqa: BLE001 - the database may be away for a while
            _log.error("looking for due summaries failed: %s", type(error).__name__)
        await sleep(EVERY_SECONDS)
