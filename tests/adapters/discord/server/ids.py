"""Discord's ids: a moment in milliseconds since 2015 and a counter."""

from datetime import UTC, datetime
from itertools import count

EPOCH = 1_420_070_400_000

_counter = count(1)


def snowflake(at: datetime | None = None) -> str:
    """Return a new id of a moment."""
    moment = at or datetime.now(UTC)
    milliseconds = int(moment.timestamp() * 1000) - EPOCH
    return str(milliseconds << 22 | next(_counter) & 0x3FFFFF)


def time_of(id_: str) -> datetime:
    """Return the moment of an id."""
    return datetime.fromtimestamp(((int(id_) >> 22) + EPOCH) / 1000, UTC)
