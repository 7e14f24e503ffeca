"""Offers to look at a message that a platform's filter stopped: who agreed, and who gets one now.

What was stopped never comes here: the platform's event says who and where, and that is all that is read.
"""

from datetime import datetime, timedelta

from bot.balance.identity import Member
from bot.balance.instant import instant
from bot.storage.database import Database

APART = timedelta(days=1)
"""At least so long between two offers to one member."""

AWAITED = timedelta(minutes=30)
"""So long after an offer, a draft in a direct message is taken for what was stopped."""


class BlockedOffers:
    """Offers are off until a member agrees to them, and go out only where the community allows it.

    Args:
        database: where to.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def read(self, member: Member) -> bool:
        """Tell whether a member agreed."""
        async with self._database.glancing() as work:
            stored = await work.members.find(member)
            return stored is not None and await work.blocked_offers.find(stored.id) is not None

    async def switch(self, member: Member, *, on: bool) -> None:
        """Store that a member agreed, or that they no longer do."""
        async with self._database.writing() as work:
            stored = await work.members.add(member) if on else await work.members.find(member)
            if stored is None:
                return
            if on:
                await work.blocked_offers.add(stored.id)
            else:
                await work.blocked_offers.remove(stored.id)

    async def claim(self, member: Member, community: str, at: datetime) -> bool:
        """Tell whether a member gets an offer now, and note that they do; once a day at most.

        A crash before it is delivered loses an offer and never repeats one.

        Args:
            member: whose message was stopped.
            community: where, `PLATFORM:ID`.
            at: now, in UTC.
        """
        async with self._database.glancing() as work:
            met = await work.meet(member, community)
        if met.member is None or met.place is None or not met.place.blocked_offers:
            return False
        async with self._database.writing() as work:
            return await work.blocked_offers.claim(met.member.id, instant(at), instant(at - APART))

    async def awaited(self, member: Member, at: datetime) -> bool:
        """Tell whether a draft of a member's is likely what was stopped: an offer went out just now."""
        async with self._database.glancing() as work:
            stored = await work.members.find(member)
            found = await work.blocked_offers.find(stored.id) if stored else None
        return found is not None and found.last is not None and found.last > instant(at - AWAITED)
