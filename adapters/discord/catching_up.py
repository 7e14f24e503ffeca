"""After a pause: reads the posts that were missed, and erases what left in the meantime.

Bounded in time (`bot.services.absences.LONGEST`) and in number, one channel after the other, paced by
the library's rate limits. What was deleted meanwhile cannot be found out: no message id is kept.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import aiohttp
import discord

from adapters.discord.archives import Threaded, archived
from adapters.discord.failures import log_fault
from adapters.discord.recording import Recording
from adapters.discord.translate import PLATFORM, community_name
from bot.balance.identity import Member
from bot.services.absences import Absences
from bot.services.privacy import Privacy

MOST_POSTS = 2_000
"""Posts read at most in one channel or thread; Discord gives 100 at a time."""

AT_ONCE = 100
"""Posts recorded together: as many as Discord gives at a time."""

OVERLAP = timedelta(minutes=1)
"""So much before a lost connection is read again: events may have been on their way."""

_log = logging.getLogger(__name__)

_UNTOLD = (discord.HTTPException, aiohttp.ClientError, OSError)  # Discord says no, or says nothing
_REFUSED = (discord.Forbidden, discord.NotFound)  # asking again would not help

Source = discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.Thread


@dataclass(frozen=True, slots=True)
class _Part:
    """A recorded channel to catch up with.

    Attributes:
        community: the ledger's name of the server.
        channel: the channel's id.
        since: from when on.
        sources: the channel and its threads.
        whole: whether these are all of them.
    """

    community: str
    channel: str
    since: datetime
    sources: Sequence[Source]
    whole: bool


class CatchingUp:
    """Compares what is kept with what Discord says now.

    Args:
        client: the connection.
        recording: takes the posts that were missed.
        absences: says from when on posts may have been missed.
        privacy: erases what is kept about servers that removed the bot.
        clock: the present moment in UTC.
        stopping: tells whether the program is stopping.
    """

    def __init__(
        self,
        client: discord.AutoShardedClient,
        recording: Recording,
        absences: Absences,
        privacy: Privacy,
        clock: Callable[[], datetime],
        stopping: Callable[[], bool],
    ) -> None:
        self._client = client
        self._stopping = stopping
        self._recording = recording
        self._absences = absences
        self._privacy = privacy
        self._clock = clock
        self._since: dict[str, Mapping[str, datetime]] = {}
        self._lost: dict[int, datetime] = {}
        self._away: dict[int, datetime | None] = {}

    async def before_connecting(self) -> None:
        """Note from when on posts may have been missed; posts that come in later would blur it."""
        self._since = dict(await self._absences.since(PLATFORM, self._clock()))

    def disconnected(self, shard_id: int) -> None:
        """Note when a shard was lost; only the first time counts until it is caught up."""
        self._lost.setdefault(shard_id, self._clock() - OVERLAP)

    def resumed(self, shard_id: int) -> None:
        """Note that Discord itself told what a shard had missed."""
        self._lost.pop(shard_id, None)

    def went_away(self, guild_id: int) -> None:
        """Note that a server is out of order: Discord tells nothing of it until it is back."""
        self._away.setdefault(guild_id, self._clock() - OVERLAP)

    async def after_connecting(self, shard_id: int) -> None:
        """Catch up in every server of a shard that has begun a new session."""
        lost = self._lost.pop(shard_id, None)
        here = [guild for guild in self._client.guilds if guild.shard_id == shard_id]
        for guild in here:
            if guild.unavailable:
                self._away.setdefault(guild.id, lost)
        await self._catch_up([guild for guild in here if not guild.unavailable], lost)

    async def came_back(self, guild: discord.Guild) -> None:
        """Catch up in a server that was out of order, and erase who left meanwhile."""
        if guild.id not in self._away:
            return
        await self._catch_up([guild], self._away.pop(guild.id))
        if self._client.intents.members:
            await self._erase_left(guild, community_name(guild.id))

    async def _catch_up(self, guilds: list[discord.Guild], lost: datetime | None) -> None:
        # channels may have been chosen since the start, and after a loss its own moment counts for all
        known = self._since if lost is None else await self._absences.since(PLATFORM, self._clock(), lost)
        plan: list[_Part] = []
        for guild in guilds:
            channels = known.get(community_name(guild.id), {})
            self._since.pop(community_name(guild.id), None)
            if not channels:
                continue
            await self._absences.begin(community_name(guild.id), channels)
            plan += [await self._part(guild, channel, since) for channel, since in sorted(channels.items())]
        self._recording.ask_again()
        await self._read_all(plan)

    async def _part(self, guild: discord.Guild, channel: str, since: datetime) -> "_Part":
        archives = await self._archived(guild, int(channel), since)
        sources = [*_sources(guild, int(channel)), *(archives or ())]
        return _Part(community_name(guild.id), channel, since, sources, whole=archives is not None)

    async def _archived(
        self, guild: discord.Guild, channel_id: int, since: datetime
    ) -> list[discord.Thread] | None:
        """Return the archived threads that may be read; None where Discord did not tell."""
        channel = guild.get_channel(channel_id)
        if self._stopping() or not isinstance(channel, Threaded):
            return []
        if not channel.permissions_for(guild.me).read_message_history:
            return []
        try:
            return [thread async for thread in archived(channel, since)]
        except _UNTOLD as error:
            log_fault("looking for archived threads", error)
            return [] if isinstance(error, _REFUSED) else None

    async def _read_all(self, plan: Sequence["_Part"]) -> None:
        """Read channel after channel; what is not read to the end stays noted for the next time."""
        total, number, count = sum(len(part.sources) for part in plan), 0, 0
        for part in plan:
            whole = part.whole
            for source in part.sources:
                if self._stopping():
                    return
                number += 1
                found, ended = await self._read(source, part.since)
                count += found
                whole &= ended
                _log.info("catching up: %d of %d channels and threads, %d posts read", number, total, count)
            if whole and not self._stopping():
                await self._absences.read(part.community, part.channel)

    async def _read(self, source: Source, since: datetime) -> tuple[int, bool]:
        """Return how many posts were read, and whether that is all there is to be read."""
        count = 0
        if not source.permissions_for(source.guild.me).read_message_history:
            return count, True
        together: list[discord.Message] = []
        try:
            async for message in source.history(limit=MOST_POSTS, after=since, oldest_first=True):
                if self._stopping():
                    return count, False
                together.append(message)
                if len(together) == AT_ONCE:
                    count += await self._record(together, source.guild)
            count += await self._record(together, source.guild)
        except _UNTOLD as error:
            log_fault("catching up with a channel", error)
            return count, isinstance(error, _REFUSED)
        return count, True

    async def _record(self, together: list[discord.Message], guild: discord.Guild) -> int:
        """Record posts, and empty the list of them; returns how many they were."""
        taken = together.copy()
        together.clear()
        counted = await self._recording.not_exempt(taken, guild)
        await asyncio.gather(*(self._recording.missed(message, guild.id) for message in counted))
        return len(taken)

    async def erase_departed(self) -> None:
        """Erase what is kept about servers that removed the bot, and members who left, meanwhile."""
        for community in await self._absences.communities(PLATFORM):
            id_ = community.partition(":")[2]
            if not id_.isdecimal() or not self._is_ours(int(id_)):
                continue
            guild = self._client.get_guild(int(id_))
            if guild is None:
                if await self._is_gone(int(id_)):
                    await self._privacy.purge_community(community)
                    _log.info("a server removed the bot meanwhile; everything about it is erased")
            elif not guild.unavailable and self._client.intents.members:
                await self._erase_left(guild, community)

    async def _erase_left(self, guild: discord.Guild, community: str) -> None:
        try:
            left = await self._absences.leave_absent(community, _members(guild))
        except _UNTOLD as error:
            log_fault("looking who left a server", error)
        else:
            if left:
                _log.info("%d members left a server meanwhile; their posts there are erased", left)

    def _is_ours(self, guild_id: int) -> bool:
        """Tell whether a server belongs to a shard of this process."""
        count = self._client.shard_count or 1
        return (guild_id >> 22) % count in self._client.shards

    async def _is_gone(self, guild_id: int) -> bool:
        """Ask Discord: a server that is only out of order is not gone."""
        try:
            await self._client.fetch_guild(guild_id, with_counts=False)
        except (discord.NotFound, discord.Forbidden):
            return True
        except _UNTOLD:
            return False
        return False


def _sources(guild: discord.Guild, channel_id: int) -> Iterable[Source]:
    """Return a channel and its active threads, as far as they hold messages."""
    channel = guild.get_channel(channel_id)
    if isinstance(channel, (discord.TextChannel, discord.VoiceChannel, discord.StageChannel)):
        yield channel
    yield from (thread for thread in guild.threads if thread.parent_id == channel_id)


async def _members(guild: discord.Guild) -> AsyncIterator[Member]:
    async for member in guild.fetch_members(limit=None):
        yield Member(PLATFORM, str(member.id))
