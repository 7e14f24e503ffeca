from datetime import timedelta

from bot.scheduler.backoff import wait_after


def test_waiting_starts_at_a_minute_doubles_and_ends_at_an_hour():
    minutes = [wait_after(attempts) / timedelta(minutes=1) for attempts in range(1, 10)]
    assert minutes == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_the_thousandth_refusal_is_waited_for_no_longer():
    assert wait_after(1000) == timedelta(hours=1)
