"""What happened on a platform while the program was away: posts to catch up with, and who left."""

from collections.abc import AsyncIterable, Iterable, Mapping
from datetime import datetime, timedelta

from bot.balance.identity import Member
from bot.balance.instant import NEVER, instant, moment
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

    async def since(
        self, platform: str, at: datetime, lost: datetime | None = None
    ) -> Mapping[str, Mapping[str, datetime]]:
        """Return from when on posts may have been missed, by community and recorded channel.

        Nothing tells when the program was stopped, so after a pause it is the last recorded post of
        each channel; reading a post again changes nothing. What an earlier absence left unread counts
        too (`begin`). Never longer ago than `LONGEST`.

        Args:
            platform: the platform.
            at: now, in UTC.
            lost: since when a running program could not hear the platform, in UTC; None after a pause.
        """
        earliest = instant(at - LONGEST)
        found: dict[str, Mapping[str, datetime]] = {}
        async with self._database.reading() as work:
            places = await work.communities.by_id(await work.communities.names())
            for place in places.values():
                if not place.recorded_channels or not place.name.startswith(f"{platform}:"):
                    continue
                latest = await work.posts.latest(place.id, earliest) if lost is None else {}
                heard = earliest if lost is None else instant(lost)
                unread = await work.backlog.of(place.id)
                starts = {
                    channel: min(latest.get(code, heard), unread.get(code, NEVER))
                    for channel, code in self._codes(place.name, place.recorded_channels).items()
                }
                found[place.name] = {
                    channel: moment(max(start, earliest)) for channel, start in starts.items()
                }
        return found

    async def begin(self, community: str, since: Mapping[str, datetime]) -> None:
        """Remember that channels are going to be read, so that a restart in between forgets none.

        Args:
            community: the ledger's name.
            since: from when on, by channel.
        """
        codes = self._codes(community, since)
        async with self._database.writing() as work:
            if place := await work.communities.find(community):
                await work.backlog.note(
                    place.id, {codes[channel]: instant(start) for channel, start in since.items()}
                )

    async def read(self, community: str, channel: str) -> None:
        """Note that a channel was read to the end."""
        async with self._database.writing() as work:
            if place := await work.communities.find(community):
                await work.backlog.done(place.id, self._codes(community, [channel])[channel])

    def _codes(self, community: str, channels: Iterable[str]) -> dict[str, int]:
        return {channel: self._database.keyring.channel(community, channel) for channel in channels}

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
