"""ISO weeks in a community's own time zone."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_WRITTEN = re.compile(r"(\d{4})-W(\d{2})")


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """One ISO week: Monday to Sunday.

    Attributes:
        year: the ISO year, which may differ from the calendar's around New Year.
        number: 1 to 53.
    """

    year: int
    number: int

    def __str__(self) -> str:
        """Return the week as people and programs write it: `2026-W47`."""
        return f"{self.year:04}-W{self.number:02}"

    @classmethod
    def parse(cls, text: str) -> "Week":
        """Read `2026-W47`.

        Raises:
            ValueError: the text is no ISO week; the message says what it should look like.
        """
        match = _WRITTEN.fullmatch(text)
        if match is None:
            raise ValueError(f"week {text!r} is not of the form 2026-W47")
        week = cls(int(match[1]), int(match[2]))
        try:
            week.monday()
        except ValueError:
            raise ValueError(f"week {text!r} does not exist: {week.year} has no week {week.number}") from None
        return week

    @classmethod
    def of(cls, day: date) -> "Week":
        """Return the week a day lies in."""
        year, number, _ = day.isocalendar()
        return cls(year, number)

    @classmethod
    def at(cls, ordinal: int) -> "Week":
        """Return the week that is so many weeks after the year 1 began; see `ordinal`."""
        return cls.of(date.fromordinal(ordinal * 7 + 1))

    @property
    def ordinal(self) -> int:
        """Return how many weeks after the year 1 began this one is: consecutive, whatever the year."""
        return self.monday().toordinal() // 7

    def monday(self) -> date:
        """Return the week's first day."""
        return date.fromisocalendar(self.year, self.number, 1)

    def before(self) -> "Week":
        """Return the week before this one."""
        return Week.of(self.monday() - timedelta(days=7))

    def after(self) -> "Week":
        """Return the week after this one."""
        return Week.of(self.monday() + timedelta(days=7))

    def bounds(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        """Return the first moment of the week and the first moment after it, in UTC.

        A week with a change of daylight saving time is an hour shorter or longer than 168 hours.
        """
        monday = self.monday()
        return first_moment(monday, 0, zone), first_moment(monday + timedelta(days=7), 0, zone)


def last_complete(at: datetime, zone: ZoneInfo) -> Week:
    """Return the last week that is over at `at` in `zone`."""
    return Week.of(at.astimezone(zone).date()).before()


def first_moment(day: date, hour: int, zone: ZoneInfo) -> datetime:
    """Return the first moment, in UTC, at which clocks in `zone` show `hour` o'clock or later on `day`.

    Where the hour is skipped (spring), it is the moment after the gap; where it comes twice
    (autumn), the first.
    """
    local = datetime(day.year, day.month, day.day, hour, tzinfo=zone)
    moment = local.astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return moment
    # The wall time does not exist: read with the offset before the gap, `moment` lies behind its end.
    return _change(moment - timedelta(days=1), moment, zone)


def _change(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """Return the first second in (low, high] at which the offset that holds at `high` is in force."""
    offset = high.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        middle = middle.replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == offset:
            high = middle
        else:
            low = middle
    return high
