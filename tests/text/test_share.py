from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.share import exact, percent

LOWER, UPPER = Fraction(1, 20), Fraction(1, 10)


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        (Fraction(104, 1000), "10.4%"),
        (Fraction(96, 1000), "9.6%"),
        (Fraction(10, 100), "10%"),
        (Fraction(2, 17), "12%"),
        (Fraction(1, 8), "13%"),
        (Fraction(1001, 10000), "10.01%"),
        (Fraction(100001, 1000000), "just over 10%"),
        (Fraction(99999, 1000000), "just under 10%"),
        (Fraction(49999, 1000000), "just under 5%"),
    ],
)
def test_rounding_never_moves_a_share_onto_or_across_a_bound(share: Fraction, shown: str):
    assert percent(share, LOWER, UPPER) == shown


@given(st.fractions(0, 1, max_denominator=500))
def test_the_share_shown_is_on_the_same_side_of_the_bounds(share: Fraction):
    shown = percent(share, LOWER, UPPER)
    if shown.startswith("just"):
        assert ("over 10%" in shown) == (share > UPPER)
        return
    said = Fraction(shown.rstrip("%")) / 100
    for bound in (LOWER, UPPER):
        assert (said > bound) == (share > bound)
        assert (said == bound) == (share == bound)


def test_a_bound_is_said_as_it_was_chosen():
    assert (exact(UPPER), exact(Fraction(3, 40))) == ("10%", "7.5%")


def test_without_bounds_a_share_is_rounded_half_up():
    assert percent(Fraction(1, 200)) == "1%"
