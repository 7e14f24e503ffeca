from datetime import UTC, datetime
from fractions import Fraction

import pytest

from bot.balance.balance import Balance
from bot.summaries.digest import Digest


def balance(posts: int, promotion: int, shares: int = 2, **acts: int) -> Balance:
    return Balance(
        28, datetime(2026, 11, 20, tzinfo=UTC), posts, 0, 0, 0, promotion, posts - promotion, 0,
        Fraction(1, 20), Fraction(1, 10), shares, acts,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (balance(20, 5), "answer somebody"),
        (balance(20, 1, 0), "somebody else made"),
        (balance(20, 1, asking=0, answering=3), "ask somebody"),
        (balance(20, 1, asking=2, answering=0), "open question"),
        (balance(20, 1, asking=2, answering=2), "go on as you do"),
    ],
)
def test_there_is_one_suggestion_and_it_fits(now, words):
    assert words in Digest(now, None).suggestion


def test_progress_compares_with_the_week_before():
    assert "went down from 25% to 10%" in Digest(balance(20, 2), balance(20, 5)).progress
    assert "went up" in Digest(balance(20, 5), balance(20, 2)).progress
    assert "stayed at 10%" in Digest(balance(20, 2), balance(10, 1)).progress


@pytest.mark.parametrize("before", [None, balance(0, 0)])
def test_without_an_earlier_week_nothing_is_compared(before):
    assert "no earlier week" in Digest(balance(20, 2), before).progress
