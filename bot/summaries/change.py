"""One week compared with the one before: in words only, from published figures only."""

from fractions import Fraction

from bot.summaries.point import STEP, Point

_NOTABLE = Fraction(1, 5)
"""A figure that changed by less than a fifth did not change to speak of."""

_NOTABLE_SHARE = 3
"""Nor did a share that changed by fewer percentage points."""

_COMPARED = ("posts", "promotion", "asking", "answering", "thanking", "sharing")


def changes(now: Point, before: Point) -> str:
    """Return what changed, in one sentence; empty where nothing did."""
    found = [
        *_of(now.posts, before.posts, "posts"),
        *_share(now.share, before.share),
        *_of(now.asking, before.asking, "questions"),
        *_of(now.answering, before.answering, "answers"),
        *_of(now.thanking, before.thanking, "thanks"),
        *_of(now.sharing, before.sharing, "shares of others' work"),
    ]
    if not found:
        return ""
    listed = found[0] if len(found) == 1 else f"{', '.join(found[:-1])} and {found[-1]}"
    return f"Compared with the week before: {listed}."


def unremarkable(now: Point, before: Point, upper: Fraction) -> bool:
    """Tell whether a week was much like the one before and nothing stood out in it.

    Args:
        now: the week.
        before: the week before.
        upper: the upper bound of the share of promotion.
    """
    if now.members is None or before.members is None:
        return False
    above = now.share is not None and now.share > 100 * upper
    new = any((getattr(now, name) is None) != (getattr(before, name) is None) for name in _COMPARED)
    return not (above or new or changes(now, before))


def _of(now: int | None, before: int | None, what: str) -> list[str]:
    if now is None or before is None or abs(now - before) <= max(STEP, _NOTABLE * before):
        return []
    return [f"{'more' if now > before else 'fewer'} {what}"]


def _share(now: int | None, before: int | None) -> list[str]:
    if now is None or before is None or abs(now - before) < _NOTABLE_SHARE:
        return []
    return [f"a {'larger' if now > before else 'smaller'} share of promotion"]
