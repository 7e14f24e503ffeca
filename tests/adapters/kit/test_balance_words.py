from datetime import UTC, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.kit.balance_words import breakdown, outlook, percent, standing
from bot.balance.balance import Balance, WhatIf

LOWER, UPPER = Fraction(1, 20), Fraction(1, 10)
UNTIL = datetime(2026, 11, 22, tzinfo=UTC)


def balance(posts: int, promotion: int, **more) -> Balance:
    engagement = posts - promotion
    return Balance(28, UNTIL, posts, 0, 0, 0, promotion, engagement, 0, LOWER, UPPER, **more)


def test_without_a_record_no_share_is_claimed():
    assert "No record yet" in standing(None)
    assert "%" not in standing(None)


def test_without_posts_no_share_is_claimed():
    assert "no posts counted" in standing(balance(0, 0))
    assert "0%" not in standing(balance(0, 0))


def test_one_in_sixteen_is_six_per_cent():
    assert standing(balance(16, 1)) == (
        "Your balance: 1 of 16 posts in the last 28 days is promotion (6%); you aim for 5–10%."
    )


def test_two_in_seventeen_says_what_would_help_and_when_waiting_is_enough():
    effect = WhatIf(2, 17, UPPER, above=True, give_first=False, frees_at=datetime(2026, 12, 3, tzinfo=UTC))
    assert outlook(effect) == (
        "This would make it 2 of 17 posts (12%); you aim for at most 10%. "
        "Answering somebody would help most; on 3 December the window frees it by itself."
    )


def test_a_member_with_few_posts_is_asked_to_give_first_and_told_no_number_to_reach():
    effect = WhatIf(1, 3, UPPER, above=True, give_first=True, frees_at=None)
    assert "give first" in outlook(effect)
    assert "10 posts" not in outlook(effect)


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (Fraction(104, 1000), "10.4%"),
        (Fraction(10, 100), "10%"),
        (Fraction(2, 17), "12%"),
        (Fraction(1, 8), "13%"),
    ],
)
def test_rounding_never_hides_that_a_bound_is_passed(share, shown):
    assert percent(share, UPPER) == shown


@given(st.fractions(0, 1, max_denominator=500))
def test_the_share_shown_is_on_the_same_side_of_the_bounds(share):
    shown = Fraction(percent(share, LOWER, UPPER).rstrip("%")) / 100
    assert (shown > UPPER) == (share > UPPER)
    assert (shown > LOWER) == (share > LOWER)


def test_what_the_rest_was_made_of_is_named():
    assert (
        breakdown(balance(5, 0, acts={"answering": 3, "thanking": 2})) == "The rest: 3 answering, 2 thanking."
    )
    assert breakdown(balance(1, 1)) is None
