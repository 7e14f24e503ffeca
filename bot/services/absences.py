"""What happened on a platform while the program was away: posts to catch up with, and who left."""

from collections.abc import AsyncIterable, Mapping
from datetime import datetime, timedelta

from bot.balance.identity import Member
from bot.balance.instant import instant, moment
from bot.services.privacy import Privacy
from bot.storage.database import Database

LONGEST = timedelta(days=7)
"""A longer absence is not caught up with entirely: what is older stays unseen."""


class Absences:
    """Compares what is kept with what a platform says now.

    Args:
        database: the record.
        privacy: erases what is kept about who left.
    """

    def __init__(self, database: Database, privacy: Privacy) -> None:
        self._database = database
        self._privacy = privacy

    async def communities(self, platform: str) -> list[str]:
        """Return the names of every community of a platform that something is kept about."""
        async with self._database.reading() as work:
            names = await work.communities.names()
        return sorted(name for name in names.values() if name.startswith(f"{platform}:"))

    async def since(self, platform: str, at: datetime) -> Mapping[str, Mapping[str, datetime]]:
        """Return from when on posts may have been missed, by community and recorded channel.

        Nothing tells when the program was stopped, so it is the last recorded post of each channel;
        reading a post again changes nothing. Never longer ago than `LONGEST`.

        Args:
            platform: the platform.
            at: now, in UTC.
        """
        earliest = instant(at - LONGEST)
        found: dict[str, Mapping[str, datetime]] = {}
        async with self._database.reading() as work:
            places = await work.communities.by_id(await work.communities.names())
            for place in places.values():
                if not place.recorded_channels or not place.name.startswith(f"{platform}:"):
                    continue
                latest = await work.posts.latest(place.id, earliest)
                codes = {
                    channel: self._database.keyring.channel(place.name, channel)
                    for channel in place.recorded_channels
                }
                found[place.name] = {
                    channel: moment(max(latest.get(code, earliest), earliest))
                    for channel, code in codes.items()
                }
        return found

    async def leave_absent(self, community: str, present: AsyncIterable[Member]) -> int:
        """Erase what is kept in a community about members who are not there any more.

        Args:
            community: the ledger's name.
            present: everybody who is there now.

        Returns:
            How many members had left.
        """
        async with self._database.reading() as work:
            place = await work.communities.find(community)
            if place is None:
                return 0
            kept = await work.members.known_in(place.id)
        codes = {stored.code: stored.id for stored in kept.values()}
        if codes:
            async for member in present:
                codes.pop(self._database.keyring.member(member), None)
        return await self._privacy.leave_all(community, codes.values()) if codes else 0
