"""Work beside the answers: it may take long, may have to be tried again, and ends with the program."""

import asyncio
from collections.abc import Awaitable, Callable

from adapters.discord.failures import log_fault

PATIENCE = (1.0, 5.0, 30.0, 120.0, 600.0)
"""Seconds between attempts at what must not be left undone while the database is away."""

GRACE = 2.0
"""Seconds given to what is under way when the program stops."""

Work = Callable[[], Awaitable[None]]


class Chores:
    """The tasks beside the answers."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()
        self._stopping = asyncio.Event()

    def start(self, what: str, work: Work) -> None:
        """Do something once, beside everything else; a fault is logged.

        Args:
            what: names it in the log.
            work: does it.
        """
        if self._stopping.is_set():
            return

        async def attempt() -> None:
            try:
                await work()
            except Exception as error:  # noqa: BLE001 - whatever it is, the answers go on
                log_fault(what, error)

        task = asyncio.create_task(attempt())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def insist(self, what: str, work: Work) -> None:
        """Do something until it succeeds, the patience is over or the program stops.

        Args:
            what: names it in the log.
            work: does it; it may be done more than once.
        """
        for pause in (*PATIENCE, None):
            try:
                await work()
            except Exception as error:  # noqa: BLE001 - whatever keeps the database from doing it
                log_fault(what, error)
            else:
                return
            if pause is None or await self.stopped_within(pause):
                return

    async def stopped_within(self, seconds: float) -> bool:
        """Wait so long, or until the program stops; tells whether it does."""
        try:
            await asyncio.wait_for(self._stopping.wait(), seconds)
        except TimeoutError:
            return False
        return True

    @property
    def stopping(self) -> bool:
        """Tell whether the program is stopping, so that long work ends where it can."""
        return self._stopping.is_set()

    async def stop(self) -> None:
        """End what is under way; the next start finds out what is left to do.

        Nothing is cut off at once: a connection to the database that is just being opened would be lost.
        """
        self._stopping.set()
        tasks = set(self._tasks)
        if tasks:
            await asyncio.wait(tasks, timeout=GRACE)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
