"""Lets Ctrl-C wait until what is being written is written."""

import signal
from collections.abc import Iterable, Iterator
from types import FrameType, TracebackType
from typing import Self, TypeVar

Item = TypeVar("Item")


class Interruption:
    """While it is entered, Ctrl-C stops an iteration between two items and nothing in their use.

    Whoever insists, by pressing it again, is obeyed at once.
    """

    def __init__(self) -> None:
        self._asked = False
        self._reading = False

    def __enter__(self) -> Self:
        self._before = signal.signal(signal.SIGINT, self._interrupted)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        signal.signal(signal.SIGINT, self._before)

    def between(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yield the items.

        Raises:
            KeyboardInterrupt: it was asked for since, or while waiting for the next item.
        """
        iterator = iter(items)
        while True:
            if self._asked:
                raise KeyboardInterrupt
            self._reading = True
            try:
                item = next(iterator)
            except StopIteration:
                return
            finally:
                self._reading = False
            yield item

    def _interrupted(self, _number: int, _frame: FrameType | None) -> None:
        insisted, self._asked = self._asked, True
        if insisted or self._reading:
            raise KeyboardInterrupt
