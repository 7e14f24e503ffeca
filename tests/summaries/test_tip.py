from fractions import Fraction

import pytest

from bot.summaries.point import Point
from bot.summaries.tip import tip_of

UPPER = Fraction(1, 10)
FINE = {"members": 20, "posts": 200, "promotion": 15, "asking": 30, "answering": 40, "sharing": 15}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"promotion": 60}, "answer somebody"),
        ({"promotion": 30, "answering": 5}, "open question"),
        ({"promotion": 80, "answering": 5}, "answer somebody"),
        ({"sharing": 0}, "somebody else made"),
        ({"asking": 0, "answering": 0}, "ask somebody"),
    ],
)
def test_the_tip_is_what_would_have_helped_most(changed, words):
    tip = tip_of(Point(**(FINE | changed)), UPPER)
    assert tip is not None
    assert words in tip
    assert "How to Build Social Media Relationships" in tip


def test_a_week_without_a_gap_gets_no_tip():
    assert tip_of(Point(**FINE), UPPER) is None


def test_what_is_not_shown_is_not_hinted_at():
    hidden = FINE | {"promotion": None, "asking": None, "sharing": None}
    assert tip_of(Point(**hidden), UPPER) is None
