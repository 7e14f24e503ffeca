"""Work that may outlast the three seconds in which Slack wants its acknowledgement."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from adapters.slack.failures import log_fault

ACKNOWLEDGE_AFTER = 1.2
"""Seconds waited for work at a time; waiting twice still leaves some of the three that Slack gives."""

Result = TypeVar("Result")


class Background:
    """Starts work, waits a little for it, and lets it finish before the program ends."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def start(self, work: Coroutine[Any, Any, Result]) -> asyncio.Task[Result]:
        """Start work; a fault nobody waits for is logged."""
        task = asyncio.create_task(work)
        self.hold(task)
        task.add_done_callback(_log_if_failed)
        return task

    def hold(self, task: asyncio.Task[Any]) -> None:
        """Let somebody else's work finish, too; they see to its faults."""
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def in_time(self, task: asyncio.Task[Any]) -> bool:
        """Tell whether the work is done before it has to be acknowledged; it goes on either way."""
        await asyncio.wait({task}, timeout=ACKNOWLEDGE_AFTER)
        return task.done()

    async def drain(self, seconds: float) -> None:
        """Let what is under way finish, for so many seconds at most."""
        tasks = set(self._tasks)
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)


def _log_if_failed(task: asyncio.Task[Any]) -> None:
    if not task.cancelled() and (error := task.exception()) is not None:
        log_fault("answering", error)
