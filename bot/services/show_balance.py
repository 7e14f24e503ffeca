"""A member's own balance, for that member only."""

from datetime import datetime

from bot.balance.balance import Balance
from bot.balance.bounds import Bounds
from bot.balance.identity import Member
from bot.balance.window import Window
from bot.services.ledgers import Ledgers
from bot.storage.database import Database


class ShowBalance:
    """Counts a member's window.

    Args:
        database: where the record is.
        bounds: the configuration's window and band.
    """

    def __init__(self, database: Database, bounds: Bounds) -> None:
        self._database = database
        self._bounds = bounds

    async def __call__(
        self, member: Member, community: str | None, at: datetime, *, together: bool = False
    ) -> Balance | None:
        """Return a member's balance.

        Args:
            member: whose; nobody else may be shown it.
            community: in which community; None for the one the member chose, or all together.
            at: the end of the window, included.
            together: with `community` None, sum all communities whatever the member chose.

        Returns:
            The balance; None where there is no record, which is not the same as zero.
        """
        async with self._database.glancing() as work:
            ledgers = Ledgers(work, self._database.keyring, self._bounds)
            window = Window.ending(at, self._bounds.window_days)
            ledger = await ledgers.shown(member, community, window, summed=together)
        return None if ledger is None else ledger.balance
