from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.balance.instant import DAY, HOUR, instant, moment


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_moment_survives_the_way_there_and_back(at):
    assert moment(instant(at)) == at


def test_the_same_moment_in_another_zone_is_the_same_instant():
    noon = datetime(2026, 11, 17, 12, tzinfo=UTC)
    assert instant(noon.astimezone(timezone(timedelta(hours=5, minutes=45)))) == instant(noon)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        instant(datetime(2026, 11, 17))  # noqa: DTZ001 - the fault under test


def test_the_units():
    assert DAY == 24 * HOUR == 86_400_000_000
