"""A balance as other programs read it (contract.md, "The balance as JSON")."""

from fractions import Fraction
from typing import Any

from bot.balance.balance import Balance


def as_object(balance: Balance) -> dict[str, Any]:
    """Return the balance as the contract's JSON object, keys in the contract's order."""
    return {
        "window_days": balance.window_days,
        "until": balance.until.isoformat(),
        "posts": balance.posts,
        "filler": balance.filler,
        "exempt": balance.exempt,
        "unread": balance.unread,
        "promotion": balance.promotion,
        "engagement": balance.engagement,
        "neutral": balance.neutral,
        "share": _number(balance.share),
        "lower": _number(balance.lower),
        "upper": _number(balance.upper),
        "next_promotion_after": balance.next_promotion_after,
        "shares_of_others": balance.shares_of_others,
        "directed": balance.directed,
        "people": None if balance.people is None else len(balance.people),
        "top_two_share": _number(balance.top_two_share),
    }


def _number(fraction: Fraction | None) -> float | None:
    return None if fraction is None else float(fraction)
