"""Which channel a message counts for: its own, or the parent of its thread or forum post."""

from collections import OrderedDict

import discord

CAPACITY = 10_000
"""How many threads that the library does not know are remembered at most."""


class Places:
    """Finds channels, in what the library knows or else by asking Discord once.

    Args:
        client: the connection.
    """

    def __init__(self, client: discord.Client) -> None:
        self._client = client
        self._parents: OrderedDict[int, int] = OrderedDict()

    def known(self, guild_id: int, channel_id: int) -> discord.abc.Snowflake:
        """Return a channel or thread as the library knows it; a bare id where it does not."""
        guild = self._client.get_guild(guild_id)
        found = guild.get_channel_or_thread(channel_id) if guild is not None else None
        return found if found is not None else discord.Object(channel_id)

    async def counted_for(self, place: discord.abc.Snowflake) -> int:
        """Return the id of the channel that messages in `place` count for."""
        if isinstance(place, discord.Thread):
            return place.parent_id
        if isinstance(place, discord.abc.GuildChannel):
            return place.id
        if place.id in self._parents:
            return self._parents[place.id]
        try:
            parent = await self._asked(place.id)
        except discord.HTTPException:  # not remembered: Discord may tell the next time
            return place.id
        while len(self._parents) >= CAPACITY:
            self._parents.popitem(last=False)
        self._parents[place.id] = parent
        return parent

    async def _asked(self, channel_id: int) -> int:
        try:
            channel = await self._client.fetch_channel(channel_id)
        except (discord.Forbidden, discord.NotFound):
            return channel_id
        return channel.parent_id if isinstance(channel, discord.Thread) else channel_id
