from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.balance.bounds import Bounds
from bot.balance.nudges import APART, SPAN, Nudging, Verdict, turn, worth_mentioning
from bot.balance.tally import balance_of
from bot.balance.window import Window

NOON = datetime(2026, 11, 17, 12, tzinfo=UTC)
NEVER_QUIET = Nudging(0, 0, ZoneInfo("UTC"))


def test_the_first_nudge_may_go_out_at_once() -> None:
    assert turn(NEVER_QUIET, NOON) is Verdict.SEND


@pytest.mark.parametrize(
    ("days", "verdict"), [(6, Verdict.WAIT), (7, Verdict.SEND)], ids=["within a week", "after a week"]
)
def test_there_is_at_most_one_a_week(days: int, verdict: Verdict) -> None:
    assert turn(replace(NEVER_QUIET, last=NOON - timedelta(days=days)), NOON) is verdict


@pytest.mark.parametrize(("days", "verdict"), [(27, Verdict.WAIT), (28, Verdict.SEND)])
def test_there_are_at_most_two_in_28_days(days: int, verdict: Verdict) -> None:
    sent = replace(NEVER_QUIET, last=NOON - timedelta(days=8), before=NOON - timedelta(days=days))
    assert turn(sent, NOON) is verdict


def test_two_ignored_in_a_row_are_the_last_after_a_week_to_react() -> None:
    ignored = replace(NEVER_QUIET, last=NOON - timedelta(days=6), unanswered=2)
    assert turn(ignored, NOON) is Verdict.WAIT
    assert turn(ignored, NOON + timedelta(days=1)) is Verdict.STOP
    assert turn(replace(ignored, unanswered=1), NOON + timedelta(days=1)) is Verdict.SEND


@pytest.mark.parametrize(
    ("hour", "verdict"), [(21, Verdict.SEND), (22, Verdict.WAIT), (3, Verdict.WAIT), (8, Verdict.SEND)]
)
def test_quiet_hours_are_on_the_members_own_clocks(hour: int, verdict: Verdict) -> None:
    at = datetime(2026, 11, 17, hour, tzinfo=ZoneInfo("America/New_York"))
    assert turn(Nudging(22, 8, ZoneInfo("America/New_York")), at) is verdict


@given(st.lists(st.integers(1, 40), min_size=1, max_size=400))
def test_whatever_the_hours_between_looks_no_limit_is_ever_broken(hours: list[int]) -> None:
    nudging, at, sent = NEVER_QUIET, NOON, []
    for pause in hours:
        at += timedelta(hours=pause)
        if turn(nudging, at) is Verdict.SEND:
            sent.append(at)
            nudging = replace(nudging, last=at, before=nudging.last)
    assert all(later - one >= APART for one, later in pairwise(sent))
    assert all(later - one >= SPAN for one, later in zip(sent, sent[2:], strict=False))


def test_only_more_promotion_than_aimed_for_is_worth_mentioning() -> None:
    empty = balance_of((), Window.ending(NOON, 28), Bounds(), circle=False)
    assert not worth_mentioning(None, 10)
    assert not worth_mentioning(empty, 10)
    over = replace(empty, posts=10, promotion=2)
    assert worth_mentioning(over, 10)
    assert not worth_mentioning(over, 11)
    assert not worth_mentioning(replace(over, promotion=1), 10)
