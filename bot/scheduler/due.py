"""Which weeks communities should be told about right now; pure."""

from collections.abc import Iterable
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


@dataclass(frozen=True, slots=True)
class Candidate:
    """A community that wants summaries.

    Attributes:
        community: the community's number.
        schedule: when it wants them.
        since: when it set a channel for them; its first summary is that of its first full week.
    """

    community: int
    schedule: Schedule
    since: datetime


@dataclass(frozen=True, slots=True)
class Due:
    """A week a community should be told about.

    Attributes:
        community: the community's number.
        week: the week.
    """

    community: int
    week: Week


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
    week = _open_week(at, schedule)
    return week if week is not None and since <= week.bounds(schedule.zone)[0] else None


def due_now(at: datetime, candidates: Iterable[Candidate]) -> list[Due]:
    """Return what is due at a moment.

    Communities share a few hundred schedules, so each of those is worked out once.
    """
    weeks: dict[Schedule, tuple[Week, datetime] | None] = {}
    due: list[Due] = []
    for candidate in candidates:
        schedule = candidate.schedule
        if schedule not in weeks:
            week = _open_week(at, schedule)
            weeks[schedule] = None if week is None else (week, week.bounds(schedule.zone)[0])
        found = weeks[schedule]
        if found is not None and candidate.since <= found[1]:
            due.append(Due(candidate.community, found[0]))
    return due


def _open_week(at: datetime, schedule: Schedule) -> Week | None:
    this_week = Week.of(at.astimezone(schedule.zone).date())
    for week in (this_week.before(), this_week.before().before()):
        moment = posting_moment(week, schedule)
        if moment <= at <= moment + LATEST:
            return week
    return None
