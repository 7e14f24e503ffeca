"""Whether a member who asked for it is told that their balance has drifted; pure.

At most one nudge a week and two in 28 days; two that nobody reacted to end them.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.balance.balance import Balance

APART = timedelta(days=7)
"""At least so long between two nudges, and so long does one wait for a reaction."""

SPAN = timedelta(days=28)
"""Within it there are two nudges at most."""

IGNORED = 2
"""So many nudges in a row without a reaction are the last ones."""


class Verdict(StrEnum):
    """What to do about a member now."""

    SEND = "send"
    WAIT = "wait"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Nudging:
    """A member who asked for nudges.

    Attributes:
        quiet_from: the hour from which they are left alone, on their own clocks.
        quiet_until: the hour at which that ends; the same hour: never left alone.
        zone: their time zone.
        last: when the last nudge was sent; None for never.
        before: when the one before that was sent.
        unanswered: how many in a row they did not react to.
    """

    quiet_from: int
    quiet_until: int
    zone: ZoneInfo
    last: datetime | None = None
    before: datetime | None = None
    unanswered: int = 0

    def quiet(self, at: datetime) -> bool:
        """Tell whether the member is left alone at a moment."""
        hour = at.astimezone(self.zone).hour
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= hour < self.quiet_until
        return hour >= self.quiet_from or hour < self.quiet_until


def turn(nudging: Nudging, at: datetime) -> Verdict:
    """Return whether a member may be nudged at a moment, whatever their balance."""
    if nudging.last is not None and at - nudging.last < APART:
        return Verdict.WAIT
    if nudging.unanswered >= IGNORED:
        return Verdict.STOP
    if nudging.before is not None and at - nudging.before < SPAN:
        return Verdict.WAIT
    return Verdict.WAIT if nudging.quiet(at) else Verdict.SEND


def worth_mentioning(balance: Balance | None, minimum_posts: int) -> bool:
    """Tell whether a balance is what a member asked to be told of: more promotion than they aim for."""
    if balance is None or balance.share is None or balance.posts < minimum_posts:
        return False
    return balance.share > balance.upper
