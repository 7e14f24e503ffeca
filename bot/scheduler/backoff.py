"""How long to wait after a platform refused; pure."""

from datetime import timedelta

_FIRST = timedelta(minutes=1)
_LONGEST = timedelta(hours=1)
_DOUBLINGS = 6


def wait_after(attempts: int) -> timedelta:
    """Return how long to wait after so many refusals: a minute, then twice as long, at most an hour."""
    return min(_LONGEST, _FIRST * 2 ** min(attempts - 1, _DOUBLINGS))
