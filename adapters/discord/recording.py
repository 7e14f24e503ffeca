"""Follows posts, edits and deletions in the channels that communities chose."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import discord

from adapters.discord import translate
from adapters.discord.batching import Batcher, Telling
from adapters.discord.places import Places
from adapters.discord.roles import Roles
from bot.balance.event import MessageEvent
from bot.services.community_settings import CommunitySettings
from bot.services.record_posts import RecordPosts

REMEMBERED = timedelta(seconds=30)
"""How long an answer of `is_recorded` is believed; changes made here count at once."""

CAPACITY = 10_000
"""How many channels are remembered at most."""


EventOf = Callable[[discord.Message, int, int], MessageEvent]


class Recording:
    """Turns the gateway's messages into events of the ledger.

    Args:
        record_posts: the use case.
        settings: tells which roles are exempt.
        clock: the present moment in UTC, which a deletion is given.
        places: finds which channel a message counts for.
        roles: finds which roles the author of an earlier post has.
    """

    def __init__(
        self,
        record_posts: RecordPosts,
        settings: CommunitySettings,
        clock: Callable[[], datetime],
        places: Places,
        roles: Roles,
    ) -> None:
        self._record_posts = record_posts
        self._settings = settings
        self._exempt: OrderedDict[int, tuple[datetime, frozenset[str]]] = OrderedDict()
        self._clock = clock
        self._places = places
        self._roles = roles
        self._recorded: OrderedDict[tuple[int, int], tuple[datetime, bool]] = OrderedDict()
        self._batcher = Batcher(record_posts)

    def heard(self, message: discord.Message, guild_id: int) -> None:
        """Record a new message in its turn; nobody waits until it is committed."""
        if translate.is_written(message):
            self._batcher.put(self._telling(message, guild_id, translate.posted))

    async def posted(self, message: discord.Message, guild_id: int) -> None:
        """Record a new message; committed when this returns."""
        if translate.is_written(message):
            await self._batcher.add(self._telling(message, guild_id, translate.posted))

    async def edited(self, message: discord.Message, guild_id: int) -> None:
        """Record an edit, whether or not the message was seen before."""
        if translate.is_written(message) and translate.is_edited(message):
            await self._batcher.add(self._telling(message, guild_id, translate.edited))

    async def missed(self, message: discord.Message, guild_id: int) -> None:
        """Record a post that was written while the program was away, as it stands now."""
        await self.posted(message, guild_id)
        await self.edited(message, guild_id)

    async def not_exempt(
        self, messages: Sequence[discord.Message], guild: discord.Guild
    ) -> list[discord.Message]:
        """Leave out earlier posts of members whose roles are exempt; a new post tells its author's roles.

        Raises:
            HTTPException: Discord did not tell the roles.
        """
        exempt = await self._exempt_roles(guild.id)
        if not exempt:
            return list(messages)
        return [each for each in messages if exempt.isdisjoint(await self._roles.of(each.author, guild))]

    def ask_again(self) -> None:
        """Forget which roles the authors of earlier posts had."""
        self._roles.forget()

    async def deleted(self, message_ids: set[int], guild_id: int, channel_id: int) -> None:
        """Record deletions in one channel, even where nothing is recorded any more: an entry must go."""
        now = self._clock()

        async def tell() -> list[MessageEvent]:
            channel = await self._places.counted_for(self._places.known(guild_id, channel_id))
            return [
                translate.deleted(message_id, guild_id, channel, now) for message_id in sorted(message_ids)
            ]

        await self._batcher.add(tell)

    def _telling(self, message: discord.Message, guild_id: int, event_of: EventOf) -> Telling:
        async def tell() -> list[MessageEvent]:
            channel = await self._places.counted_for(message.channel)
            if not await self._is_recorded(guild_id, channel):
                return []
            exempt = await self._exempt_roles(guild_id)
            if exempt and not exempt.isdisjoint(translate.roles_of(message.author)):
                return []
            return [event_of(message, guild_id, channel)]

        return tell

    def changed(self, guild_id: int) -> None:
        """Forget what was believed about a server's channels and roles."""
        self._exempt.pop(guild_id, None)
        for key in [key for key in self._recorded if key[0] == guild_id]:
            del self._recorded[key]

    async def caught_up(self) -> None:
        """Return when everything that came before is written, so that an erasure leaves nothing behind."""

        async def tell() -> list[MessageEvent]:
            return []

        await self._batcher.add(tell)

    async def close(self) -> None:
        """Write what is waiting."""
        await self._batcher.close()

    async def _is_recorded(self, guild_id: int, channel: int) -> bool:
        now = self._clock()
        known = self._recorded.get((guild_id, channel))
        if known is not None and now - known[0] < REMEMBERED:
            return known[1]
        answer = await self._record_posts.is_recorded(translate.community_name(guild_id), str(channel))
        while len(self._recorded) >= CAPACITY:
            self._recorded.popitem(last=False)
        self._recorded[guild_id, channel] = (now, answer)
        return answer

    async def _exempt_roles(self, guild_id: int) -> frozenset[str]:
        now = self._clock()
        known = self._exempt.get(guild_id)
        if known is not None and now - known[0] < REMEMBERED:
            return known[1]
        chosen = await self._settings.read(translate.community_name(guild_id))
        while len(self._exempt) >= CAPACITY:
            self._exempt.popitem(last=False)
        self._exempt[guild_id] = (now, chosen.exempt_roles)
        return chosen.exempt_roles
