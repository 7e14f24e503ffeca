"""A member's last windows, and the promotions of the present one: what `/balance` shows."""

from dataclasses import dataclass
from datetime import datetime

from bot.balance.balance import Balance, WhatIf
from bot.balance.bounds import Bounds
from bot.balance.counting import Judged, Standing
from bot.balance.identity import Member
from bot.balance.instant import moment
from bot.balance.tally import balance_of
from bot.balance.what_if import what_if
from bot.balance.window import Window
from bot.services.ledgers import Ledgers
from bot.services.retention import WINDOWS
from bot.storage.database import Database
from bot.text.kind import Kind

_PROMOTIONS = 5
"""How many of the latest promotions are named, so that the member can say which is none."""


@dataclass(frozen=True, slots=True)
class Promotion:
    """A post that counts as promotion.

    Attributes:
        code: its coded id, in hexadecimal.
        at: when it was posted.
    """

    code: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Past:
    """A member's balance, and how it came about.

    Attributes:
        windows: the balances of consecutive windows, oldest first; the last one is the present one.
        next: what one more promotion now would lead to.
        promotions: the latest promotions of the present window, latest first.
    """

    windows: tuple[Balance, ...]
    next: WhatIf
    promotions: tuple[Promotion, ...]

    @property
    def balance(self) -> Balance:
        """Return the balance of the present window."""
        return self.windows[-1]


class BalanceHistory:
    """Counts a member's last eight windows, for that member only.

    Args:
        database: where the record is.
        bounds: the configuration's window and band.
    """

    def __init__(self, database: Database, bounds: Bounds) -> None:
        self._database = database
        self._bounds = bounds

    async def __call__(
        self, member: Member, community: str | None, at: datetime, *, together: bool = False
    ) -> Past | None:
        """Return a member's last windows.

        Args:
            member: whose; nobody else may be shown it.
            community: in which community; None for the one the member chose, or all together.
            at: the end of the last window, included.
            together: with `community` None, sum all communities whatever the member chose.

        Returns:
            The windows, those before the record began without posts; None where there is no record.
        """
        days = self._bounds.window_days
        async with self._database.reading() as work:
            ledgers = Ledgers(work, self._database.keyring, self._bounds)
            span = Window.ending(at, WINDOWS * days)
            ledger = await ledgers.shown(member, community, span, summed=together)
        if ledger is None:
            return None
        windows = [Window.ending(at, days)]
        while len(windows) < WINDOWS:
            windows.append(windows[-1].before())
        balances = [balance_of(ledger.judged, each, ledger.bounds, circle=ledger.circle) for each in windows]
        present = windows[0]
        return Past(
            windows=tuple(reversed(balances)),
            next=what_if(balances[0], ledger.judged, present, ledger.bounds),
            promotions=_promotions(ledger.judged, present),
        )


def _promotions(judged: tuple[Judged, ...], window: Window) -> tuple[Promotion, ...]:
    counted = [
        entry.post
        for entry in judged
        if entry.kind is Kind.PROMOTION and entry.standing is Standing.COUNTED and entry.post.posted in window
    ]
    counted.sort(key=lambda post: (post.posted, post.message), reverse=True)
    return tuple(Promotion(post.message.hex(), moment(post.posted)) for post in counted[:_PROMOTIONS])
