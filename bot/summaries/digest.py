"""A member's own week, for that member only."""

from dataclasses import dataclass

from bot.balance.balance import Balance


@dataclass(frozen=True, slots=True)
class Digest:
    """What a member who asked for it is told once a week.

    Attributes:
        balance: their balance now, over all their communities or the one they chose.
        before: the same a week ago; None where there was none.
    """

    balance: Balance
    before: Balance | None

    @property
    def progress(self) -> str:
        """Return how the share changed since a week ago, in one sentence."""
        now = self.balance.share
        then = self.before.share if self.before is not None else None
        if now is None or then is None:
            return "There is no earlier week to compare with yet."
        percent, earlier = round(100 * now), round(100 * then)
        if percent == earlier:
            return f"Your share of promotion stayed at {percent}% since last week."
        went = "went down" if percent < earlier else "went up"
        return f"Your share of promotion {went} from {earlier}% to {percent}% since last week."

    @property
    def suggestion(self) -> str:
        """Return the one thing that would help most this week."""
        balance = self.balance
        if balance.share is not None and balance.share > balance.upper:
            return "One thing to try: answer somebody before your next announcement."
        if not balance.shares_of_others:
            return "One thing to try: share something somebody else made."
        if not balance.acts.get("asking"):
            return "One thing to try: ask somebody about what they are working on."
        if not balance.acts.get("answering"):
            return "One thing to try: pick an open question and answer it."
        return "One thing to try: go on as you do, and thank somebody for something small."
