"""Bounds on time that hold on a slower or busier machine than the one they were set on."""

import gc
import time
from collections.abc import Callable

_WHERE_SET = 0.05  # seconds the work below took on one core of the machine the bounds were set on


def fastest(work: Callable[[], object], runs: int = 6) -> float:
    """Return the least processor time, in seconds, that `work` took; the collector waits meanwhile."""
    gc.collect()
    gc.disable()  # it would walk over the test run's own objects
    try:
        return min(_once(work) for _ in range(runs))
    finally:
        gc.enable()


def allowed(seconds: float) -> float:
    """Return how long this machine may take now for what took `seconds` where the bound was set."""
    return seconds * max(1.0, _once(_work) / _WHERE_SET)


def _once(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def _work() -> list[tuple[int, str]]:
    return [(number, str(number)) for number in range(250_000)]
