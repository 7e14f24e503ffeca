"""What posting a promotional draft now would do to the balance, and when waiting would make room."""

from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction

from bot.balance.balance import Balance, WhatIf
from bot.balance.bounds import Bounds
from bot.balance.counting import Judged, Standing
from bot.balance.instant import moment
from bot.balance.window import Window
from bot.text.kind import Kind


def what_if(balance: Balance, judged: Iterable[Judged], window: Window, bounds: Bounds) -> WhatIf:
    """Return what one more promotion at the end of the window would lead to.

    Args:
        balance: the balance of the window, the draft not counted.
        judged: the posts the balance was counted from.
        window: the window the balance was counted over.
        bounds: the band the member aims for.
    """
    promotion, posts = balance.promotion + 1, balance.posts + 1
    above = Fraction(promotion, posts) > bounds.upper
    return WhatIf(
        promotion=promotion,
        posts=posts,
        upper=bounds.upper,
        above=above,
        give_first=balance.posts < bounds.minimum_posts,
        frees_at=_frees_at(judged, window, promotion, posts, bounds.upper) if above else None,
    )


def _frees_at(
    judged: Iterable[Judged], window: Window, promotion: int, posts: int, upper: Fraction
) -> datetime | None:
    """Return the first moment at which posts leaving the window make room for the draft."""
    changes: list[tuple[int, int, int]] = []
    for entry in judged:
        at = entry.post.posted
        if at not in window or entry.standing is not Standing.COUNTED:
            continue
        leaves = window.leaves(at)
        is_promotion = int(entry.kind is Kind.PROMOTION)
        if entry.standing_after(window.after) is Standing.COUNTED:
            changes.append((leaves, -is_promotion, -1))
        elif entry.repeats is not None and entry.repeats < at:
            # The post it repeats leaves first, and from then on this one counts, until it leaves too.
            changes.append((window.leaves(entry.repeats), 0, 1))
            changes.append((leaves, 0, -1))
    changes.sort()
    for index, (at, promotions, others) in enumerate(changes):
        promotion += promotions
        posts += others
        settled = index + 1 == len(changes) or changes[index + 1][0] != at
        if settled and Fraction(promotion, posts) <= upper:
            return moment(at)
    return None
