"""The slash commands of a server's administrators, `/coach-admin`; each change leaves an audit row."""

import calendar
from typing import Any, Protocol

import discord
from discord import app_commands

from adapters.discord.buttons import Interaction
from adapters.discord.translate import community_name, member_of
from adapters.kit.card import Card, Heading, Paragraph
from bot.bootstrap import Application
from bot.services.community_settings import CommunityPreferences

WEEKDAYS = [app_commands.Choice(name=name, value=number) for number, name in enumerate(calendar.day_name)]

Recordable = discord.TextChannel | discord.ForumChannel | discord.VoiceChannel | discord.StageChannel


class Recorder(Protocol):
    """What the commands ask of the client."""

    async def answered(self, interaction: Interaction, card: Card) -> None:
        """Show an answer to the administrator only."""
        ...

    async def may_record(self) -> str | None:
        """Return None where posts may be recorded, else what whoever runs the bot has to do."""
        ...

    def recording_changed(self, guild_id: int) -> None:
        """Follow a changed choice of channels, connecting anew where that needs more intents."""
        ...


class Administration(app_commands.Group):
    """`/coach-admin`, offered to those who may manage the server unless its administrators say otherwise."""

    def __init__(self, application: Application, recorder: Recorder) -> None:
        super().__init__(
            name="coach-admin",
            description="What the coach counts here, and where its weekly summary goes.",
            # what is left unsaid would be taken from the members' commands
            allowed_contexts=app_commands.AppCommandContext(
                guild=True, dm_channel=False, private_channel=False
            ),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
            default_permissions=discord.Permissions(manage_guild=True),
        )
        self._application = application
        self._recorder = recorder

    @app_commands.command(name="record", description="Count members' posts in a channel, of those who agree.")
    @app_commands.describe(
        channel="The channel; threads and forum posts belong to it.", on="Whether to count there."
    )
    async def record(self, interaction: Interaction, channel: Recordable, on: bool) -> None:  # noqa: FBT001 - an option of the command
        """Switch recording in a channel on or off."""
        guild = _guild(interaction)
        if on:
            refused = await self._recorder.may_record() or _unreadable(channel)
            if refused:
                await self._say(interaction, refused)
                return
        chosen = await self._application.community_settings.read(community_name(guild.id))
        only = {str(channel.id)}
        channels = chosen.recorded_channels | only if on else chosen.recorded_channels - only
        await self._change(interaction, recorded_channels=channels)
        self._recorder.recording_changed(guild.id)

    @app_commands.command(name="summary", description="Where and when the weekly summary is posted.")
    @app_commands.describe(
        channel="The channel it goes to.",
        weekday="The day it is posted.",
        hour="The hour, 0 to 23, in the time zone.",
        time_zone="Such as Europe/Lisbon.",
        off="Post no summary any more.",
    )
    @app_commands.choices(weekday=WEEKDAYS)
    async def summary(
        self,
        interaction: Interaction,
        channel: discord.TextChannel | None = None,
        weekday: app_commands.Choice[int] | None = None,
        hour: app_commands.Range[int, 0, 23] | None = None,
        time_zone: str | None = None,
        off: bool = False,  # noqa: FBT001, FBT002 - an option of the command
    ) -> None:
        """Change the weekly summary."""
        changes: dict[str, Any] = {}
        if channel is not None:
            refused = _unwritable(channel)
            if refused:
                await self._say(interaction, refused)
                return
            changes["summary_channel"] = str(channel.id)
        if off:
            changes["summary_channel"] = None
        if weekday is not None:
            changes["weekday"] = weekday.value
        if hour is not None:
            changes["hour"] = hour
        if time_zone is not None:
            changes["time_zone"] = time_zone.strip()
        await self._change(interaction, **changes)

    @app_commands.command(name="help-contact", description="Whom a member in distress is pointed to.")
    @app_commands.describe(contact="A person, a channel or a number; leave it out to remove it.")
    async def help_contact(
        self, interaction: Interaction, contact: app_commands.Range[str, 1, 200] | None = None
    ) -> None:
        """Set the community's help contact."""
        await self._change(interaction, help_contact=contact)

    @app_commands.command(name="show", description="What is set for this server.")
    async def show(self, interaction: Interaction) -> None:
        """Show the settings."""
        chosen = await self._application.community_settings.read(community_name(_guild(interaction).id))
        await self._recorder.answered(interaction, overview(_guild(interaction), chosen))

    async def _change(self, interaction: Interaction, **changes: Any) -> None:
        guild = _guild(interaction)
        settings = self._application.community_settings
        try:
            chosen = await settings.change(
                community_name(guild.id), member_of(interaction.user), self._application.clock(), **changes
            )
        except ValueError as error:
            await self._say(interaction, f"I can't set that: {error}")
            return
        await self._recorder.answered(interaction, overview(guild, chosen))

    async def _say(self, interaction: Interaction, sentence: str) -> None:
        await self._recorder.answered(interaction, Card((Paragraph(sentence),)))


def overview(guild: discord.Guild, chosen: CommunityPreferences) -> Card:
    """Return a server's settings in words."""
    counted = ", ".join(sorted(_name(guild, channel) for channel in chosen.recorded_channels)) or "none"
    if chosen.summary_channel is None:
        summary = "The weekly summary goes nowhere yet."
    else:
        summary = (
            f"The weekly summary goes to {_name(guild, chosen.summary_channel)} on "
            f"{calendar.day_name[chosen.weekday]} at {chosen.hour}:00, {chosen.time_zone}."
        )
    contact = chosen.help_contact or "none; people in distress are pointed to their emergency number"
    return Card(
        (
            Heading("The coach in this server"),
            Paragraph(f"Counted channels: {counted}. Only posts of members who agreed count."),
            Paragraph(summary),
            Paragraph(f"Help contact: {contact}."),
        )
    )


def _name(guild: discord.Guild, channel: str) -> str:
    found = guild.get_channel(int(channel))
    return f"#{found.name}" if found is not None else f"a channel that is gone ({channel})"


def _guild(interaction: Interaction) -> discord.Guild:
    guild = interaction.guild
    if guild is None:
        raise app_commands.NoPrivateMessage
    return guild


def _unreadable(channel: Recordable) -> str | None:
    if channel.permissions_for(channel.guild.me).view_channel:
        return None
    return f"I can't see #{channel.name}. Let me view it first, then ask again."


def _unwritable(channel: discord.TextChannel) -> str | None:
    may = channel.permissions_for(channel.guild.me)
    if may.view_channel and may.send_messages:
        return None
    return f"I can't write in #{channel.name}. Let me view it and send messages there first, then ask again."
