"""Hands the ledger's figures to the rules about the record."""

from bot.balance.balance import Balance
from bot.text.draft import History


def history_of(balance: Balance, *, repeats_recent: bool | None = None) -> History:
    """Return the record as the rules read it; what the member keeps off stays absent, never zero.

    Args:
        balance: the member's balance, the draft not counted.
        repeats_recent: whether the draft nearly repeats a post of the window; None where not known.
    """
    return History(
        posts=balance.posts,
        promotion=balance.promotion,
        engagement=balance.engagement,
        directed=balance.directed,
        people=balance.people,
        shares_of_others=balance.shares_of_others,
        repeats_recent=repeats_recent,
    )
