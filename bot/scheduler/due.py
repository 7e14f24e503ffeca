"""Which week a community should be told about right now; pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.summaries.week import Week, first_moment

LATEST = timedelta(hours=48)
"""How long after its moment a summary is still worth posting; later ones are left out."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a community wants its summary.

    Attributes:
        weekday: 0 is Monday.
        hour: 0 to 23, on the community's clocks.
        zone: the community's time zone.
    """

    weekday: int
    hour: int
    zone: ZoneInfo


def posting_moment(week: Week, schedule: Schedule) -> datetime:
    """Return the moment, in UTC, at which the summary of `week` is due.

    It is the first time the weekday and hour come around after the week is over.
    """
    day = week.after().monday() + timedelta(days=schedule.weekday)
    return first_moment(day, schedule.hour, schedule.zone)


def due_week(at: datetime, schedule: Schedule, since: datetime) -> Week | None:
    """Return the week whose summary is due at `at`; None where nothing is.

    Whether it was already posted is not known here: the claim in the database decides that, so
    that a changed weekday or hour never posts a week twice.

    Args:
        at: the present moment.
        schedule: when the community wants its summary.
        since: when the community set a summary channel; its first summary is that of its first
            full week.
    """
    this_week = Week.of(at.astimezone(schedule.zone).date())
    for week in (this_week.before(), this_week.before().before()):
        moment = posting_moment(week, schedule)
        if moment <= at <= moment + LATEST:
            return week if since <= week.bounds(schedule.zone)[0] else None
    return None
