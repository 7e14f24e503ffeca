from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.summaries.week import Week, first_moment, last_complete

LISBON = ZoneInfo("Europe/Lisbon")
ZONES = [
    ZoneInfo(name)
    for name in (
        "UTC",
        "Europe/Lisbon",
        "America/New_York",
        "Asia/Kolkata",
        "Australia/Lord_Howe",
        "Pacific/Auckland",
    )
]


def test_a_week_is_written_and_read_alike():
    assert str(Week.parse("2026-W07")) == "2026-W07"


@pytest.mark.parametrize("text", ["2026-47", "2026-W60", "2025-W53", "2026-w47", "", "2026-W00"])
def test_what_is_no_week_is_refused_by_name(text):
    with pytest.raises(ValueError, match="week"):
        Week.parse(text)


def test_the_year_of_a_week_is_the_iso_year():
    assert Week.of(date(2027, 1, 1)) == Week(2026, 53)


def test_the_week_in_which_the_clocks_go_forward_is_an_hour_short():
    first, end = Week(2026, 13).bounds(LISBON)
    assert end - first == timedelta(days=7) - timedelta(hours=1)


def test_a_skipped_hour_is_met_at_the_end_of_the_gap():
    moment = first_moment(date(2026, 3, 29), 1, LISBON)
    assert moment.astimezone(LISBON).strftime("%H:%M") == "02:00"


def test_an_hour_that_comes_twice_is_met_the_first_time():
    assert first_moment(date(2026, 10, 25), 1, LISBON) == datetime(2026, 10, 25, 0, tzinfo=UTC)


def test_a_half_hour_gap_is_met_at_its_end():
    zone = ZoneInfo("Australia/Lord_Howe")
    assert first_moment(date(2026, 10, 4), 2, zone).astimezone(zone).strftime("%H:%M") == "02:30"


def test_a_day_that_was_skipped_whole_is_met_at_the_end_of_the_gap():
    zone = ZoneInfo("Pacific/Apia")
    assert first_moment(date(2011, 12, 30), 5, zone).astimezone(zone).date() == date(2011, 12, 31)


@given(st.integers(0, 20 * 365 * 24 * 3600), st.sampled_from(ZONES))
def test_the_last_complete_week_is_over_and_the_next_one_is_not(seconds, zone):
    at = datetime(2016, 1, 4, tzinfo=UTC) + timedelta(seconds=seconds)
    week = last_complete(at, zone)
    assert week.bounds(zone)[1] <= at < week.after().bounds(zone)[1]
