from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.scheduler.digests import DigestSchedule, due_digest
from bot.summaries.week import Week

LONG_AGO = datetime(2015, 1, 1, tzinfo=UTC)
FRIDAY = DigestSchedule(4, 17, ZoneInfo("Europe/Lisbon"), 22, 8, LONG_AGO)
WEEK = Week(2026, 47).ordinal


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_on_the_day_and_hour_it_is_due_and_not_before():
    assert due_digest(at("2026-11-20T16:59:59"), FRIDAY, 0) is None
    assert due_digest(at("2026-11-20T17:00:00"), FRIDAY, 0) == WEEK


def test_once_a_week_whatever_day_it_is_moved_to():
    moved = replace(FRIDAY, weekday=6)
    assert due_digest(at("2026-11-22T17:00:00"), moved, WEEK) is None
    assert due_digest(at("2026-11-29T17:00:00"), moved, WEEK) == WEEK + 1


def test_in_quiet_hours_it_waits_for_their_end():
    late = replace(FRIDAY, hour=23)
    assert due_digest(at("2026-11-20T23:30:00"), late, 0) is None
    assert due_digest(at("2026-11-21T07:59:00"), late, 0) is None
    assert due_digest(at("2026-11-21T08:00:00"), late, 0) == WEEK


def test_quiet_hours_within_a_day_and_none_at_all():
    lunch = replace(FRIDAY, hour=12, quiet_from=12, quiet_until=14)
    assert due_digest(at("2026-11-20T13:59:00"), lunch, 0) is None
    assert due_digest(at("2026-11-20T14:00:00"), lunch, 0) == WEEK
    assert not any(
        replace(FRIDAY, quiet_from=3, quiet_until=3).quiet(at(f"2026-11-20T{h:02}:00:00")) for h in range(24)
    )


def test_two_days_late_it_is_left_out_and_what_was_due_before_the_wish_too():
    assert due_digest(at("2026-11-22T17:00:01"), FRIDAY, 0) is None
    assert due_digest(at("2026-11-20T17:30:00"), replace(FRIDAY, since=at("2026-11-20T17:10:00")), 0) is None


def test_late_on_sunday_reaches_into_the_next_week():
    sunday = replace(FRIDAY, weekday=6, hour=21)
    assert due_digest(at("2026-11-23T09:00:00"), sunday, 0) == WEEK


@pytest.mark.parametrize("zone", ["Europe/Lisbon", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"])
def test_over_ten_years_there_is_one_a_week_and_none_in_quiet_hours(zone):
    schedule = replace(FRIDAY, zone=ZoneInfo(zone), hour=2, quiet_from=1, quiet_until=7)
    now, sent, count = datetime(2016, 1, 4, tzinfo=UTC), 0, 0
    end = datetime(2026, 1, 5, tzinfo=UTC)
    while now < end:
        week = due_digest(now, schedule, sent)
        if week is not None:
            assert not schedule.quiet(now)
            assert week == sent + 1 or not sent
            sent, count = week, count + 1
        now += timedelta(hours=1)
    assert count == 522
