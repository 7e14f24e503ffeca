"""Moments as whole microseconds since 1970 in UTC: exact, and the same in every database."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

DAY = timedelta(days=1) // _MICROSECOND
"""The microseconds of a day."""

HOUR = timedelta(hours=1) // _MICROSECOND
"""The microseconds of an hour."""

NEVER = 2**63 - 1
"""Later than every moment: the posting time of a message whose posting was not seen."""


def instant(at: datetime) -> int:
    """Return a moment as microseconds since 1970 in UTC, without rounding.

    Raises:
        ValueError: the moment has no time zone, so it names no instant.
    """
    if at.tzinfo is None:
        message = f"time {at.isoformat()} has no time zone; write it like 2026-11-17T09:30:00Z"
        raise ValueError(message)
    return (at - _EPOCH) // _MICROSECOND


def moment(instant: int) -> datetime:
    """Return microseconds since 1970 as a moment in UTC."""
    return _EPOCH + instant * _MICROSECOND
