"""Reads posts in a process of its own when many come at once, so that a flood keeps nobody waiting."""

import asyncio
import logging
import multiprocessing
import os
import signal
import threading
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from multiprocessing.process import BaseProcess

from bot.balance.facts import Facts
from bot.coach.readers import default_reader
from bot.services.reading_posts import PostReader, Written, in_thread

MANY = 32
"""So many posts at once are worth another process; fewer are read sooner in a thread of this one."""

_log = logging.getLogger(__name__)


class ReadingProcess:
    """Reads posts by the default reader: few in a thread, many in a process, which the first many start.

    Both tell the same facts of the same post.
    """

    def __init__(self) -> None:
        self._in_thread = in_thread(default_reader())
        self._processes: ProcessPoolExecutor | None = None
        self._helps = cores() > 1  # on a single core another process would only be in the way

    async def __call__(self, posts: Sequence[Written]) -> Sequence[Facts]:
        """Return what the ledger keeps of each post, in order."""
        if self._helps and len(posts) >= MANY:
            try:
                return await asyncio.get_running_loop().run_in_executor(self._started(), _facts, posts)
            except (BrokenProcessPool, OSError):
                _log.warning("the process that reads posts ended; reading goes on in this one")
                self._helps = False
                await self.close()
        return await self._in_thread(posts)

    async def close(self) -> None:
        """End the process, if it was started."""
        processes, self._processes = self._processes, None
        if processes is not None:
            await asyncio.to_thread(processes.shutdown, cancel_futures=True)

    def _started(self) -> ProcessPoolExecutor:
        if self._processes is None:
            self._processes = ProcessPoolExecutor(
                1, mp_context=multiprocessing.get_context("spawn"), initializer=_begin
            )
        return self._processes


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@cache
def _reader() -> PostReader:
    return PostReader(default_reader())


def _facts(posts: Sequence[Written]) -> Sequence[Facts]:
    return _reader().facts(posts)


def _begin() -> None:
    """Leave the end of the program to the process that started this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: BaseProcess) -> None:
    """End at once when the parent is gone, however it went: nothing here has to be kept."""
    parent.join()
    os._exit(0)
