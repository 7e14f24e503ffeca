"""What a community may be shown of a week: rounded, over five members at least, and never changed."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.summaries.counts import Figure, WeekCounts

FEWEST = 5
"""Fewer people than this and a figure is not shown, whatever is configured (design.md, "The record")."""

STEP = 5
"""Counts are rounded to this, so that no difference between two weeks points at a person."""


@dataclass(frozen=True, slots=True)
class Point:
    """One week as it is published: multiples of five; None where a figure is not shown.

    Attributes:
        members: how many took part; None below the floor, and then every figure is None.
        posts: what they posted.
        promotion: how much of it was promotion.
        asking: questions asked.
        answering: answers given.
        thanking: thanks and congratulations.
        sharing: times somebody else's work was shared.
        checked: drafts checked.
        improved: drafts checked again within the hour with fewer findings.
    """

    members: int | None = None
    posts: int | None = None
    promotion: int | None = None
    asking: int | None = None
    answering: int | None = None
    thanking: int | None = None
    sharing: int | None = None
    checked: int | None = None
    improved: int | None = None

    @property
    def share(self) -> int | None:
        """Return the share of promotion in percent, from what is published and nothing else."""
        if self.promotion is None or not self.posts:
            return None
        return min(100, (200 * self.promotion + self.posts) // (2 * self.posts))


def rounded(count: int) -> int:
    """Return a count rounded to the nearest five."""
    return STEP * ((count + STEP // 2) // STEP)


def point_of(counts: WeekCounts, floor: int = FEWEST, named: Mapping[str, int] | None = None) -> Point:
    """Return what may be published of a week.

    A figure over fewer than five people is not shown. Nor is one from which somebody could be worked
    out by taking away what is known of the others: where fewer than five people posted anything but
    promotion the share would tell about them, and where some of the people behind a figure are
    named with their own count (kudos) there must be nobody else behind it, or five at least.

    Args:
        counts: the exact sums.
        floor: how many members must take part; five at least, whatever is given.
        named: for figures by name, how many of the people behind them are named with their own count.
    """
    if counts.posts.people < max(FEWEST, floor):
        return Point()
    known = named or {}

    def shown(name: str) -> int | None:
        figure: Figure = getattr(counts, name)
        others = figure.people - known.get(name, 0)
        return rounded(figure.count) if figure.people >= FEWEST and (not others or others >= FEWEST) else None

    return Point(
        members=rounded(counts.posts.people),
        posts=rounded(counts.posts.count),
        promotion=shown("promotion") if counts.giving.people >= FEWEST else None,
        asking=shown("asking"),
        answering=shown("answering"),
        thanking=shown("thanking"),
        sharing=shown("sharing"),
        checked=shown("checked"),
        improved=shown("improved"),
    )
