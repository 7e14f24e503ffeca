"""The band a member aims for, and the window it is measured over."""

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Bounds:
    """The configuration's `[balance]`, exact.

    Attributes:
        window_days: the length of the window in days.
        lower: the lower bound of the share of promotion (source: the article's 5%).
        upper: the upper bound of the share of promotion (source: the article's 10%).
        minimum_posts: with fewer posts in the window the advice is to give before asking.
    """

    window_days: int = 28
    lower: Fraction = Fraction(1, 20)
    upper: Fraction = Fraction(1, 10)
    minimum_posts: int = 10
