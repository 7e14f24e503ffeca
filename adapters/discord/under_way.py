"""What is being answered right now, so that stopping cuts nobody off."""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager


class UnderWay:
    """The tasks at work."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[object]] = set()

    @contextmanager
    def one(self) -> Generator[None]:
        """Count the current task as at work."""
        task = asyncio.current_task()
        assert task is not None  # noqa: S101 - handlers run in tasks
        self._tasks.add(task)
        try:
            yield
        finally:
            self._tasks.discard(task)

    async def finish(self, seconds: float) -> None:
        """Wait until all others are done, at most so many seconds."""
        others = self._tasks - {asyncio.current_task()}
        if others:
            await asyncio.wait(others, timeout=seconds)
