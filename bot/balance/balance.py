"""A member's balance of promotion against engagement over one window."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Balance:
    """One member's window, counted (contract.md, "The balance as JSON").

    Attributes:
        window_days: length of the window in days.
        until: the window is the half-open interval (until - window_days, until].
        posts: how many posts count: promotion + engagement + neutral.
        filler: not counted: too short, near-repeats, replies beneath the member's own promotion.
        exempt: not counted: posts in exempted channels.
        unread: not counted: posts in languages the engine does not read.
        promotion: counted posts that are promotion.
        engagement: counted posts that are engagement.
        neutral: counted posts that are neither.
        lower: the lower bound of the share.
        upper: the upper bound of the share.
        shares_of_others: counted posts that share or credit somebody else's work.
        acts: how the engagement breaks down: `asking`, `answering`, `thanking`, `sharing`, `other`.
        directed: counted posts directed at somebody; None while `widen-circle` is off.
        people: directed posts by opaque person key; None while `widen-circle` is off.
        frees_at: when the oldest counted promotion leaves the window; None without promotion.
    """

    window_days: int
    until: datetime
    posts: int
    filler: int
    exempt: int
    unread: int
    promotion: int
    engagement: int
    neutral: int
    lower: Fraction
    upper: Fraction
    shares_of_others: int = 0
    acts: Mapping[str, int] = field(default_factory=dict[str, int])
    directed: int | None = None
    people: Mapping[str, int] | None = None
    frees_at: datetime | None = None

    @property
    def share(self) -> Fraction | None:
        """Return promotion / posts exactly; None without posts, which is not the same as zero."""
        return Fraction(self.promotion, self.posts) if self.posts else None

    @property
    def next_promotion_after(self) -> int | None:
        """Return the fewest further non-promotional posts before one more promotion fits.

        It is max(0, ceil((promotion + 1) / upper) - posts - 1), and None where `upper` is 0
        (contract.md). For programs: people are told what would help, not how much to pad.
        """
        if not self.upper:
            return None
        needed = -(-(self.promotion + 1) * self.upper.denominator // self.upper.numerator)
        return max(0, needed - self.posts - 1)

    @property
    def top_two_share(self) -> Fraction | None:
        """Return the part of the directed posts that the two people addressed most got."""
        if self.people is None or not self.directed:
            return None
        return Fraction(sum(sorted(self.people.values(), reverse=True)[:2]), self.directed)


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What posting the draft would do to the balance.

    Attributes:
        promotion: promotion in the window, the draft counted.
        posts: posts in the window, the draft counted.
        upper: the upper bound the member aims for.
        above: the share would be above the upper bound.
        give_first: there are fewer posts than the minimum, so the advice is to give before asking.
        frees_at: the first moment at which the draft would fit by waiting alone; None where it fits
            now or waiting does not help.
    """

    promotion: int
    posts: int
    upper: Fraction
    above: bool
    give_first: bool
    frees_at: datetime | None

    @property
    def share(self) -> Fraction:
        """Return the share the draft would lead to."""
        return Fraction(self.promotion, self.posts)
