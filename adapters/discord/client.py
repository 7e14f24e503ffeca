"""The connection to Discord and its handlers: all that is received and answered."""

import asyncio
import sys
from collections.abc import Awaitable
from typing import Any

import discord
from discord import app_commands

from adapters.discord import intents, translate
from adapters.discord.administration import Administration
from adapters.discord.automod import stopped
from adapters.discord.buttons import CoachButton, Interaction
from adapters.discord.catching_up import CatchingUp
from adapters.discord.chores import Chores
from adapters.discord.commands import add_commands
from adapters.discord.connection import Connection
from adapters.discord.custom_ids import PressId
from adapters.discord.delivery import whisper
from adapters.discord.departures import let_go, let_go_deleted
from adapters.discord.desk import Desk
from adapters.discord.failures import log_fault
from adapters.discord.localisation import Translations
from adapters.discord.places import Places
from adapters.discord.recording import Recording
from adapters.discord.registration import register
from adapters.discord.roles import Roles
from adapters.discord.under_way import UnderWay
from adapters.kit.card import Card
from adapters.kit.conversation import Conversation
from adapters.kit.memory import DraftMemory
from adapters.kit.nudging import send_due
from bot.balance.identity import Member
from bot.bootstrap import Application

LOOK_EVERY = 900.0
"""Seconds between two looks at whom to nudge, and at whether anything is still recorded."""

GRACE = 5.0
"""Seconds given to what is being answered when the program is stopped."""


class CoachTree(app_commands.CommandTree["CoachClient"]):
    """The slash commands; a fault in one is told in a kind line."""

    async def on_error(self, interaction: Interaction, error: app_commands.AppCommandError, /) -> None:
        """Log a fault and tell the member what can be told."""
        if isinstance(error, app_commands.TransformerError):
            said = "I can't see that channel. Let me view it first, then ask again."
        else:
            log_fault("a command", error.__cause__ or error)
            said = "Something on my side went wrong. Please try again in a moment."
        if not interaction.response.is_done():
            await self.client.desk.say(interaction, said)


class CoachClient(Connection):
    """One connection for all shards of this process.

    Args:
        application: the services.
        conversation: what the coach answers.
        memory: drafts of the last minutes; it outlives a reconnection with other intents.
        recording: whether any community has posts recorded.
    """

    def __init__(
        self, application: Application, conversation: Conversation, memory: DraftMemory, *, recording: bool
    ) -> None:
        shards: dict[str, Any] = {"shard_count": application.settings.discord.shard_count or None}
        if application.settings.discord.shard_ids:  # the library takes no empty list
            shards["shard_ids"] = list(application.settings.discord.shard_ids)
        super().__init__(
            **shards,
            intents=intents.wanted(
                recording=recording, automod_offers=application.settings.discord.automod_offers
            ),
            allowed_mentions=discord.AllowedMentions.none(),
            # Nothing people write or do is kept in memory beyond its own event.
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
        )
        self.anew = False
        self._looking = False
        self._services = application
        self._records = recording
        self._recording = Recording(
            application.record_posts,
            application.community_settings,
            application.clock,
            Places(self),
            Roles(application.consents),
        )
        self._chores = Chores()
        self._catching_up = CatchingUp(
            self,
            self._recording,
            application.absences,
            application.privacy,
            application.clock,
            lambda: self._chores.stopping,
        )
        self._under_way = UnderWay()
        self.desk = Desk(conversation, memory, self._under_way)
        self._connected: set[int] = set()
        self._coach_tree = CoachTree(
            self,
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=True, private_channel=True
            ),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=True),
        )

    async def setup_hook(self) -> None:
        """Make buttons and commands known; one process in a fleet registers the commands."""
        self.add_dynamic_items(CoachButton)
        if self._records:
            await self._catching_up.before_connecting()
        add_commands(self._coach_tree, self.desk)
        automod = self._services.settings.discord.automod_offers
        self._coach_tree.add_command(Administration(self._services, self, automod=automod))
        await self._coach_tree.set_translator(Translations())
        if self.application_id is not None and 0 in (self.shard_ids or [0]):
            try:
                guilds = self._services.settings.discord.command_guilds
                await register(self._coach_tree, self.application_id, guilds, self._services.command_places)
            except discord.HTTPException as error:
                # those registered before go on working, and direct messages need none
                log_fault("registering the commands", error)

    async def close(self) -> None:
        """Finish what is under way, disconnect, and write what is waiting."""
        await self._chores.stop()
        await self._under_way.finish(GRACE)
        await super().close()
        await self._under_way.finish(GRACE)
        await self._recording.close()

    def connected(self) -> bool:
        """Tell whether every shard of this process is connected."""
        return bool(self._connected) and self._connected >= set(self.shards) and not self.is_closed()

    async def on_shard_connect(self, shard_id: int) -> None:
        """Note a connected shard."""
        self._connected.add(shard_id)

    async def on_shard_ready(self, shard_id: int) -> None:
        """Catch up with what a new session has missed."""
        if self._records:
            self._chores.start("catching up", lambda: self._catching_up.after_connecting(shard_id))

    async def on_guild_unavailable(self, guild: discord.Guild) -> None:
        """Note a server that is out of order."""
        self._catching_up.went_away(guild.id)

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Catch up with a server that is in order again; the library tells of each at the start, too."""
        if self._records:
            self._chores.start("catching up", lambda: self._catching_up.came_back(guild))

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Treat a server as one that is back, where Discord does not say that it was away."""
        await self.on_guild_available(guild)

    async def on_ready(self) -> None:
        """Erase what left while the program was away."""
        self._chores.start("looking who left", self._catching_up.erase_departed)
        self._chores.start("looking what was deleted", self._let_go_deleted)
        if not self._looking:
            self._looking = True
            self._chores.start("nudging", self._look_now_and_then)

    async def _look_now_and_then(self) -> None:
        while True:
            await self._chores.insist("nudging", self.nudge)
            await self._chores.insist("looking what is recorded", self.ask_for_no_more_than_needed)
            if await self._chores.stopped_within(LOOK_EVERY):
                return

    async def ask_for_no_more_than_needed(self) -> None:
        """Connect without the intents for recording once no community has anything recorded.

        Not at the very click: Discord rations beginnings, and a channel is often exchanged for another.
        """
        if self._records and not await self._services.community_settings.any_recorded(translate.PLATFORM):
            self._connect_anew()

    async def nudge(self) -> None:
        """Tell everybody whose turn it is and who asked for it."""
        await send_due(self._services, translate.PLATFORM, self._whisper)

    async def _whisper(self, member: Member, card: Card) -> None:
        with self._under_way.one():
            await whisper(self, member, card, "sending a nudge")

    async def on_shard_resumed(self, shard_id: int) -> None:
        """Note a resumed shard."""
        self._connected.add(shard_id)
        self._catching_up.resumed(shard_id)

    async def on_shard_disconnect(self, shard_id: int) -> None:
        """Note a lost shard."""
        self._connected.discard(shard_id)
        self._catching_up.disconnected(shard_id)

    async def on_error(self, event_method: str, /, *args: Any, **kwargs: Any) -> None:
        """Log a fault in a handler without what was handled."""
        del args, kwargs
        error = sys.exc_info()[1]
        if error is not None:
            log_fault(event_method, error)

    # what members do

    async def on_message(self, message: discord.Message) -> None:
        """Answer a direct message; record a post."""
        if isinstance(message.channel, discord.DMChannel):
            if translate.is_written(message):
                await self.desk.direct(message)
        elif message.guild is not None:
            self._recording.heard(message, message.guild.id)

    async def on_interaction(self, interaction: Interaction) -> None:
        """Answer a submitted window; the library answers commands and buttons."""
        if interaction.type is discord.InteractionType.modal_submit:
            await self.desk.submitted(interaction)

    async def pressed(self, interaction: Interaction, press: PressId) -> None:
        """Answer a button."""
        await self.desk.pressed(interaction, press)

    # what is recorded

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """Record an edit."""
        guild_id = payload.guild_id or translate.edited_guild(payload.data)
        if guild_id is not None:
            with self._under_way.one():
                await self._recording.edited(payload.message, guild_id)

    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """Record a deletion."""
        await self._deleted({payload.message_id}, payload.guild_id, payload.channel_id)

    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Record many deletions."""
        await self._deleted(payload.message_ids, payload.guild_id, payload.channel_id)

    async def _deleted(self, message_ids: set[int], guild_id: int | None, channel_id: int) -> None:
        if guild_id is not None:
            with self._under_way.one():
                await self._recording.deleted(message_ids, guild_id, channel_id)

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Erase everything about a server that removed the bot."""
        self._recording.changed(guild.id)
        await self._chores.insist("erasing a server", lambda: self._purge(guild.id))

    async def _purge(self, guild_id: int) -> None:
        with self._under_way.one():
            await self._recording.caught_up()
            await self._services.privacy.purge_community(translate.community_name(guild_id))

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Take a deleted channel out of the server's settings."""
        await self._let_go(channel.guild.id, channel.id)

    async def on_guild_role_delete(self, role: discord.Role) -> None:
        """Take a deleted role out of the server's settings."""
        await self._let_go(role.guild.id, role.id)

    async def _let_go(self, guild_id: int, gone: int) -> None:
        with self._under_way.one():
            if await let_go(self._services, guild_id, gone, self.application_id or 0):
                self._recording.changed(guild_id)

    async def _let_go_deleted(self) -> None:
        for guild_id in await let_go_deleted(self, self._services, self.application_id or 0):
            self._recording.changed(guild_id)

    async def on_automod_action(self, execution: discord.AutoModAction) -> None:
        """Offer the author of a stopped message to talk about it, where everybody agreed to that."""
        with self._under_way.one():
            await stopped(self, self._services, execution)

    async def on_raw_member_remove(self, payload: discord.RawMemberRemoveEvent) -> None:
        """Erase what is kept about a member in a server they left."""
        await self._chores.insist("erasing who left", lambda: self._leave(payload))

    async def _leave(self, payload: discord.RawMemberRemoveEvent) -> None:
        with self._under_way.one():
            await self._recording.caught_up()
            member = translate.member_of(payload.user)
            await self._services.privacy.leave(member, translate.community_name(payload.guild_id))

    # what administrators do

    async def answered(self, interaction: Interaction, work: Awaitable[Card]) -> None:
        """Show an answer, once it is made."""
        await self.desk.show(interaction, work)

    async def may_record(self) -> str | None:
        """Return None where posts may be recorded, else what whoever runs the bot has to do."""
        if self._records:
            return None
        application = await self.application_info()
        names = intents.missing(application.flags)
        if not names:
            return None
        return f"I can't count posts yet. Whoever runs me has to {intents.remedy(names, application.id)}."

    def roles_changed(self, guild_id: int) -> None:
        """Follow a changed choice of exempt roles."""
        self._recording.changed(guild_id)

    def recording_changed(self, guild_id: int) -> None:
        """Follow a changed choice of channels; the first one needs a connection with more intents."""
        self._recording.changed(guild_id)
        if not self._records:
            self._connect_anew()

    def _connect_anew(self) -> None:
        self.anew = True
        self._ending = asyncio.create_task(self.close())
