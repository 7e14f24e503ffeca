"""When a member's digest is due, on their own clocks and outside their quiet hours; pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.scheduler.due import LATEST
from bot.summaries.week import Week, first_moment


@dataclass(frozen=True, slots=True)
class DigestSchedule:
    """When a member wants their digest.

    Attributes:
        weekday: 0 is Monday.
        hour: 0 to 23, on their clocks.
        zone: their time zone.
        quiet_from: the hour from which they are left alone.
        quiet_until: the hour at which that ends; the same hour: never left alone.
        since: since when they want it; what was due before is left out.
    """

    weekday: int
    hour: int
    zone: ZoneInfo
    quiet_from: int
    quiet_until: int
    since: datetime

    def quiet(self, at: datetime) -> bool:
        """Tell whether the member is left alone at a moment."""
        hour = at.astimezone(self.zone).hour
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= hour < self.quiet_until
        return hour >= self.quiet_from or hour < self.quiet_until


def due_digest(at: datetime, schedule: DigestSchedule, sent: int) -> int | None:
    """Return the week, as an ordinal, whose digest is due at a moment; None where none is.

    A digest that falls into quiet hours waits for their end; one that is two days late is left out.

    Args:
        at: the present moment.
        schedule: when the member wants it.
        sent: the week whose digest was sent last; 0 for none. A changed day sends no second one.
    """
    if schedule.quiet(at):
        return None
    this_week = Week.of(at.astimezone(schedule.zone).date())
    for week in (this_week, this_week.before()):
        day = week.monday() + timedelta(days=schedule.weekday)
        moment = first_moment(day, schedule.hour, schedule.zone)
        if moment <= at <= moment + LATEST:
            return week.ordinal if week.ordinal > sent and schedule.since <= moment else None
    return None
