"""Writes posts in as few transactions as they allow: what arrives together shares one."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.balance.event import MessageEvent

LARGEST = 200
"""Events in one transaction at most."""

UNDER_WAY = 2
"""Batches at most that are being written: while one is committed, the texts of the next are read."""

GATHERED_FOR = 0.01
"""Seconds in which events gather before a transaction: far below the three that Slack waits."""

Write = Callable[[Sequence[MessageEvent], Sequence[str]], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class _Waiting:
    event: MessageEvent
    delivery: str
    written: asyncio.Future[None]


class Batches:
    """Gathers events for a moment, and while a transaction is being committed.

    Args:
        write: writes events with the ids of their deliveries; what it returns from is committed.
        sleep: waits for so many seconds.
    """

    def __init__(self, write: Write, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        self._write = write
        self._sleep = sleep
        self._waiting: list[_Waiting] = []
        self._writer: asyncio.Task[None] | None = None
        self._room = asyncio.Semaphore(UNDER_WAY)
        self._under_way: set[asyncio.Task[None]] = set()

    async def add(self, event: MessageEvent, delivery: str) -> None:
        """Return when the event is committed; raises what kept it from being so."""
        written: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(_Waiting(event, delivery, written))
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write_all())
        await written

    async def _write_all(self) -> None:
        while self._waiting:
            if len(self._waiting) < LARGEST:
                await self._sleep(GATHERED_FOR)
            await self._room.acquire()
            batch, self._waiting = self._waiting[:LARGEST], self._waiting[LARGEST:]
            task = asyncio.create_task(self._write_batch(batch))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    async def _write_batch(self, batch: Sequence[_Waiting]) -> None:
        try:
            await self._write([one.event for one in batch], [one.delivery for one in batch])
        except Exception:  # noqa: BLE001 - one bad event must not cost the others; each gets its own
            for one in batch:
                await self._write_alone(one)
        else:
            for one in batch:
                _settle(one.written, None)
        finally:
            self._room.release()

    async def _write_alone(self, one: _Waiting) -> None:
        try:
            await self._write([one.event], [one.delivery])
        except Exception as error:  # noqa: BLE001 - raised again where it is waited for
            _settle(one.written, error)
        else:
            _settle(one.written, None)


def _settle(written: asyncio.Future[None], error: Exception | None) -> None:
    """Tell whoever waits; they may have given up."""
    if written.done():
        return
    if error is None:
        written.set_result(None)
    else:
        written.set_exception(error)
