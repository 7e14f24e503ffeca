"""Gathers message events for a moment, so that a busy server costs few transactions."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from adapters.discord.failures import log_fault
from bot.balance.event import Change, MessageEvent

GATHER = 0.05
"""Seconds for which events are gathered at most before they are written; `LARGEST` are never waited for."""

LARGEST = 250
"""Events in one transaction at most."""

UNDER_WAY = 2
"""Batches at most that are being written: while one is committed, the texts of the next are read."""

PATIENCE = (0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0)
"""Seconds between attempts while the database is away; then each event is tried once by itself."""

_log = logging.getLogger(__name__)


Telling = Callable[[], Awaitable[Sequence[MessageEvent]]]
"""Tells what happened, once it is its turn; it may have to ask where a message belongs."""


class Batcher:
    """Writes events, many in one transaction, and tells of it in the order in which they came.

    The ledger comes to the same whatever order they are written in.

    Args:
        write: writes events; what it returns from is committed.
    """

    def __init__(self, write: Callable[[Sequence[MessageEvent]], Awaitable[object]]) -> None:
        self._write = write
        self._waiting: list[tuple[Telling, asyncio.Future[None] | None]] = []
        self._writer: asyncio.Task[None] | None = None
        self._closing = asyncio.Event()
        self._enough = asyncio.Event()
        self._room = asyncio.Semaphore(UNDER_WAY)
        self._last: asyncio.Task[None] | None = None

    def put(self, telling: Telling) -> None:
        """Take what is told in its turn, for whoever need not know when it is committed."""
        self._wait(telling, None)

    async def add(self, telling: Telling) -> None:
        """Return when what is told, and all before it, is committed or given up with a line in the log."""
        written = asyncio.get_running_loop().create_future()
        self._wait(telling, written)
        await written

    def _wait(self, telling: Telling, written: asyncio.Future[None] | None) -> None:
        self._waiting.append((telling, written))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write_all())
        if len(self._waiting) == LARGEST:
            self._enough.set()

    async def close(self) -> None:
        """Write what is waiting, without gathering or being patient any more."""
        self._closing.set()
        self._enough.set()
        if self._writer is not None:
            await self._writer
        if self._last is not None:
            await self._last

    async def _write_all(self) -> None:
        await _at_most(GATHER, self._enough)
        while self._waiting:
            await self._room.acquire()
            batch, self._waiting = self._waiting[:LARGEST], self._waiting[LARGEST:]
            self._last = asyncio.create_task(self._write_batch(batch, self._last))
        if not self._closing.is_set():
            self._enough.clear()

    async def _write_batch(
        self, batch: Sequence[tuple[Telling, asyncio.Future[None] | None]], before: asyncio.Task[None] | None
    ) -> None:
        await self._write_patiently([telling for telling, _ in batch])
        self._room.release()
        if before is not None:
            await before
        for _, written in batch:
            if written is not None and not written.done():
                written.set_result(None)

    async def _write_patiently(self, tellings: list[Telling]) -> None:
        for pause in PATIENCE:
            try:
                await self._tell_and_write(tellings)
            except Exception as error:  # noqa: BLE001 - whatever keeps the database from taking it
                log_fault("recording posts", error)
            else:
                return
            if self._closing.is_set():
                break
            await _at_most(pause, self._closing)
        lost = 0
        for telling in tellings:
            try:
                await self._tell_and_write([telling])
            except Exception as error:  # noqa: BLE001 - one bad event must not cost the others
                log_fault("recording a post", error)
                lost += 1
        if lost:
            _log.error("%d of %d posts could not be recorded and were dropped", lost, len(tellings))

    async def _tell_and_write(self, tellings: list[Telling]) -> None:
        events = [event for telling in tellings for event in await telling()]
        if events:
            await self._write(_without_deleted(events))


async def _at_most(seconds: float, event: asyncio.Event) -> None:
    """Wait for an event, and no longer than so many seconds."""
    try:
        await asyncio.wait_for(event.wait(), seconds)
    except TimeoutError:
        return


def _without_deleted(events: list[MessageEvent]) -> list[MessageEvent]:
    """Leave out what is deleted in the same breath: a deletion does not say whose post it ends."""
    deleted = {event.message for event in events if event.change is Change.DELETED}
    return [event for event in events if event.change is Change.DELETED or event.message not in deleted]
