"""The balance window: a half-open stretch of time that ends now."""

from dataclasses import dataclass
from datetime import datetime

from bot.balance.instant import DAY, instant, moment


@dataclass(frozen=True, slots=True)
class Window:
    """The half-open interval (until - days, until] (contract.md, "The arithmetic is exact").

    A day is 24 hours whatever a clock on the wall does.

    Attributes:
        until: the end, included, in microseconds since 1970 in UTC.
        days: the length in days.
    """

    until: int
    days: int

    @classmethod
    def ending(cls, at: datetime, days: int) -> "Window":
        """Return the window of so many days that ends at a moment."""
        return cls(instant(at), days)

    @property
    def after(self) -> int:
        """Return the start, excluded, in microseconds since 1970 in UTC."""
        return self.until - self.days * DAY

    @property
    def end(self) -> datetime:
        """Return the end as a moment in UTC."""
        return moment(self.until)

    def __contains__(self, at: int) -> bool:
        return self.after < at <= self.until

    def leaves(self, at: int) -> int:
        """Return the first moment at which something of moment `at` is no longer in the window."""
        return at + self.days * DAY

    def before(self) -> "Window":
        """Return the window of the same length just before this one."""
        return Window(self.after, self.days)
