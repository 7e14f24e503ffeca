"""Which roles the authors of earlier posts have: of those Discord tells only when asked."""

import discord

from adapters.discord.translate import member_of, roles_of
from bot.balance.consent import ConsentState
from bot.services.consents import Consents


class Roles:
    """Asks once for each author who agreed to be counted; about anybody else nothing is asked.

    Args:
        consents: tells who agreed.
    """

    def __init__(self, consents: Consents) -> None:
        self._consents = consents
        self._known: dict[tuple[int, int], frozenset[str]] = {}

    async def of(self, author: discord.abc.User, guild: discord.Guild) -> frozenset[str]:
        """Return the ids of an author's roles in a server; none for who left or did not agree.

        Raises:
            HTTPException: Discord did not tell.
        """
        if isinstance(author, discord.Member):
            return roles_of(author)
        if (guild.id, author.id) not in self._known:
            self._known[guild.id, author.id] = await self._asked(author, guild)
        return self._known[guild.id, author.id]

    def forget(self) -> None:
        """Forget what was asked: roles change."""
        self._known.clear()

    async def _asked(self, author: discord.abc.User, guild: discord.Guild) -> frozenset[str]:
        if (await self._consents.state(member_of(author))).state is not ConsentState.GIVEN:
            return frozenset()
        try:
            return roles_of(await guild.fetch_member(author.id))
        except (discord.NotFound, discord.Forbidden):
            return frozenset()
