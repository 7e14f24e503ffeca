from datetime import UTC, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.balance.balance import Balance


def balance(promotion: int, posts: int, upper: Fraction = Fraction(1, 10), people=None) -> Balance:
    return Balance(
        window_days=28,
        until=datetime(2026, 11, 17, tzinfo=UTC),
        posts=posts,
        filler=0,
        exempt=0,
        unread=0,
        promotion=promotion,
        engagement=0,
        neutral=posts - promotion,
        lower=Fraction(1, 20),
        upper=upper,
        directed=None if people is None else sum(people.values()),
        people=people,
    )


def test_without_posts_there_is_no_share():
    assert balance(0, 0).share is None


@pytest.mark.parametrize(
    ("promotion", "posts", "upper", "needed"),
    [
        (0, 0, Fraction(1, 10), 9),
        (1, 16, Fraction(1, 10), 3),
        (1, 19, Fraction(1, 10), 0),
        (0, 100, Fraction(1, 10), 0),
        (0, 0, Fraction(1), 0),
        (2, 5, Fraction(3, 10), 4),
        (5, 5, Fraction(0), None),
    ],
)
def test_posts_before_the_next_promotion(promotion, posts, upper, needed):
    assert balance(promotion, posts, upper).next_promotion_after == needed


@given(st.integers(0, 50), st.integers(0, 500), st.fractions(Fraction(1, 100), 1, max_denominator=100))
def test_it_is_the_fewest_that_keep_the_share_within_the_bound(promotion, others, upper):
    needed = balance(promotion, promotion + others, upper).next_promotion_after
    total = promotion + others + 1
    assert Fraction(promotion + 1, total + needed) <= upper
    assert needed == 0 or Fraction(promotion + 1, total + needed - 1) > upper


def test_the_two_people_addressed_most():
    assert balance(0, 12, people={"a": 5, "b": 4, "c": 1}).top_two_share == Fraction(9, 10)
    assert balance(0, 12, people={}).top_two_share is None
    assert balance(0, 12).top_two_share is None
