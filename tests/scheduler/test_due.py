from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.scheduler.due import LATEST, Schedule, due_week, posting_moment
from bot.summaries.week import Week

LONG_AGO = datetime(2015, 1, 1, tzinfo=UTC)
MONDAY_NINE = Schedule(0, 9, ZoneInfo("Europe/Lisbon"))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_monday_at_nine_the_week_that_ended_on_sunday_is_due():
    assert due_week(at("2026-11-23T09:00:00"), MONDAY_NINE, LONG_AGO) == Week(2026, 47)


def test_a_minute_earlier_nothing_is_due():
    assert due_week(at("2026-11-23T08:59:59"), MONDAY_NINE, LONG_AGO) is None


def test_a_bot_that_was_down_on_monday_is_late_by_two_days_at_most():
    moment = posting_moment(Week(2026, 47), MONDAY_NINE)
    assert due_week(moment + LATEST, MONDAY_NINE, LONG_AGO) == Week(2026, 47)
    assert due_week(moment + LATEST + timedelta(seconds=1), MONDAY_NINE, LONG_AGO) is None


def test_on_sunday_the_week_before_is_still_the_last_complete_one():
    sunday = Schedule(6, 20, ZoneInfo("UTC"))
    assert due_week(at("2026-11-22T20:00:00"), sunday, LONG_AGO) == Week(2026, 46)


def test_late_on_sunday_runs_into_the_next_week():
    sunday = Schedule(6, 20, ZoneInfo("UTC"))
    assert due_week(at("2026-11-23T06:00:00"), sunday, LONG_AGO) == Week(2026, 46)


def test_a_new_community_waits_for_its_first_full_week():
    tuesday = at("2026-11-17T10:00:00")
    assert due_week(at("2026-11-23T09:00:00"), MONDAY_NINE, tuesday) is None
    assert due_week(at("2026-11-30T09:00:00"), MONDAY_NINE, tuesday) == Week(2026, 48)


@pytest.mark.parametrize(
    "zone", ["Europe/Lisbon", "America/New_York", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Kolkata"]
)
@pytest.mark.parametrize(("weekday", "hour"), [(0, 0), (6, 2), (6, 1), (3, 23)])
def test_over_ten_years_every_week_is_due_once_at_its_hour(zone, weekday, hour):
    schedule = Schedule(weekday, hour, ZoneInfo(zone))
    week, weeks = Week(2016, 1), 0
    previous = posting_moment(week.before(), schedule)
    while week < Week(2026, 1):
        moment = posting_moment(week, schedule)
        assert timedelta(days=6, hours=22) < moment - previous < timedelta(days=7, hours=2)
        assert moment >= week.bounds(schedule.zone)[1]
        assert due_week(moment, schedule, LONG_AGO) == week
        assert due_week(moment - timedelta(seconds=1), schedule, LONG_AGO) != week
        previous, week, weeks = moment, week.after(), weeks + 1
    assert weeks == (Week(2026, 1).monday() - Week(2016, 1).monday()).days // 7
