"""The slash commands of a server's administrators, `/coach-admin`; each change leaves an audit row."""

import calendar
from collections.abc import Awaitable, Callable
from fractions import Fraction
from typing import Any, Protocol
from zoneinfo import ZoneInfo

import discord
from discord import app_commands

from adapters.discord.buttons import Interaction
from adapters.discord.contacts import reachable
from adapters.discord.delivery import introduce, ready
from adapters.discord.overview import overview
from adapters.discord.translate import community_name, member_of
from adapters.kit.card import Card, Paragraph
from adapters.kit.introductions import summary_card
from adapters.kit.trouble import with_trouble
from bot.bootstrap import Application
from bot.rules.catalogue import all_rules
from bot.services.community_settings import FLOOR, CommunityPreferences
from bot.summaries.week import last_complete

RULES = [app_commands.Choice(name=f"{rule.id}: {rule.title}"[:100], value=rule.id) for rule in all_rules()]
WEEKDAYS = [app_commands.Choice(name=name, value=number) for number, name in enumerate(calendar.day_name)]

Recordable = discord.TextChannel | discord.ForumChannel | discord.VoiceChannel | discord.StageChannel

Changes = Callable[[CommunityPreferences], dict[str, Any]]
"""Says what becomes of a server's settings."""


class Recorder(Protocol):
    """What the commands ask of the client."""

    async def answered(self, interaction: Interaction, work: Awaitable[Card]) -> None:
        """Show an answer to the administrator only, however long it takes to make."""
        ...

    async def may_record(self) -> str | None:
        """Return None where posts may be recorded, else what whoever runs the bot has to do."""
        ...

    def recording_changed(self, guild_id: int) -> None:
        """Follow a changed choice of channels, connecting anew where that needs more intents."""
        ...

    def roles_changed(self, guild_id: int) -> None:
        """Follow a changed choice of exempt roles."""
        ...


class Administration(app_commands.Group):
    """`/coach-admin`, offered to those who may manage the server unless its administrators say otherwise.

    Args:
        application: the services.
        recorder: the client.
        automod: whether whoever runs the program lets it offer help after AutoMod.
    """

    def __init__(self, application: Application, recorder: Recorder, *, automod: bool = False) -> None:
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
        self._automod = automod
        if not automod:
            self.remove_command("automod")

    @app_commands.command(name="record", description="Count members' posts in a channel, of those who agree.")
    @app_commands.describe(
        channel="The channel; threads and forum posts belong to it.", on="Whether to count there."
    )
    async def record(self, interaction: Interaction, channel: Recordable, on: bool) -> None:  # noqa: FBT001 - an option of the command
        """Switch recording in a channel on or off."""
        await self._recorder.answered(interaction, self._recorded(interaction, channel, on=on))

    async def _recorded(self, interaction: Interaction, channel: Recordable, *, on: bool) -> Card:
        refused = await self._recorder.may_record() or _unreadable(channel) if on else None
        if refused:
            return _sentence(refused)
        card = await self._changed(
            interaction,
            lambda chosen: {"recorded_channels": _switched(chosen.recorded_channels, channel.id, on=on)},
        )
        self._recorder.recording_changed(_guild(interaction).id)
        return card

    @app_commands.command(name="summary", description="Where and when the weekly summary is posted.")
    @app_commands.describe(
        channel="The channel it goes to.",
        weekday="The day it is posted.",
        hour="The hour, 0 to 23, in the time zone.",
        time_zone="Such as Europe/Lisbon.",
        minimum_members="In weeks in which fewer took part it says nothing; at least 5.",
        off="Post no summary any more.",
    )
    @app_commands.choices(weekday=WEEKDAYS)
    async def summary(  # noqa: PLR0913, PLR0917 - an option each
        self,
        interaction: Interaction,
        channel: discord.TextChannel | None = None,
        weekday: app_commands.Choice[int] | None = None,
        hour: app_commands.Range[int, 0, 23] | None = None,
        time_zone: str | None = None,
        minimum_members: app_commands.Range[int, FLOOR, 10_000] | None = None,
        off: bool = False,  # noqa: FBT001, FBT002 - an option of the command
    ) -> None:
        """Change the weekly summary."""
        changes: dict[str, Any] = {}
        if channel is not None:
            refused = _unwritable(channel) or _unillustrated(channel)
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
        if minimum_members is not None:
            changes["minimum_members"] = minimum_members
        if time_zone is not None:
            changes["time_zone"] = time_zone.strip()
        await self._change(interaction, lambda _: changes)

    @app_commands.command(name="help-contact", description="Whom a member in distress is pointed to.")
    @app_commands.describe(contact="A person, a channel or a number; leave it out to remove it.")
    async def help_contact(
        self, interaction: Interaction, contact: app_commands.Range[str, 1, 200] | None = None
    ) -> None:
        """Set the community's help contact."""
        reached = None if contact is None else reachable(contact, _guild(interaction))
        await self._change(interaction, lambda _: {"help_contact": reached})

    @app_commands.command(name="showcase", description="A channel for self-promotion, not held against it.")
    @app_commands.describe(channel="The channel.", on="Whether posts there are shown apart.")
    async def showcase(self, interaction: Interaction, channel: Recordable, on: bool) -> None:  # noqa: FBT001 - an option of the command
        """Exempt a channel, or stop exempting it."""
        await self._change(
            interaction,
            lambda chosen: {"exempt_channels": _switched(chosen.exempt_channels, channel.id, on=on)},
        )

    @app_commands.command(name="exempt-role", description="A role whose members' posts are not counted.")
    @app_commands.describe(role="The role, such as your staff's.", on="Whether it is exempt.")
    async def exempt_role(self, interaction: Interaction, role: discord.Role, on: bool) -> None:  # noqa: FBT001 - an option of the command
        """Exempt a role, or stop exempting it."""
        await self._change(
            interaction, lambda chosen: {"exempt_roles": _switched(chosen.exempt_roles, role.id, on=on)}
        )
        self._recorder.roles_changed(_guild(interaction).id)

    @app_commands.command(name="bounds", description="How much promotion members aim for here.")
    @app_commands.describe(lower="At least so many per cent.", upper="At most so many per cent.")
    async def bounds(
        self,
        interaction: Interaction,
        lower: app_commands.Range[int, 0, 100],
        upper: app_commands.Range[int, 0, 100],
    ) -> None:
        """Change the band that members aim for."""
        band = {"lower": Fraction(lower, 100), "upper": Fraction(upper, 100)}
        await self._change(interaction, lambda _: band)

    @app_commands.command(name="rule", description="Switch a rule off or on for everybody here.")
    @app_commands.describe(rule="The rule.", on="Whether the coach speaks of it.")
    @app_commands.choices(rule=RULES)
    async def rule(self, interaction: Interaction, rule: app_commands.Choice[str], on: bool) -> None:  # noqa: FBT001 - an option of the command
        """Switch a rule off for the community, or on again."""
        await self._change(
            interaction, lambda chosen: {"rules_off": _switched(chosen.rules_off, rule.value, on=not on)}
        )

    @app_commands.command(name="nudges", description="Whether members who ask for them may get nudges.")
    @app_commands.describe(on="At most one a week, in direct messages, and only to who asked for them.")
    async def nudges(self, interaction: Interaction, on: bool) -> None:  # noqa: FBT001 - an option of the command
        """Switch nudges on or off."""
        await self._change(interaction, lambda _: {"nudges": on})

    @app_commands.command(name="automod", description="Experimental: offers to who agreed, after AutoMod.")
    @app_commands.describe(on="Whether who agreed may be offered help with the tone of a stopped message.")
    async def automod(self, interaction: Interaction, on: bool) -> None:  # noqa: FBT001 - an option of the command
        """Switch the offers after AutoMod on or off."""
        if on and not _guild(interaction).me.guild_permissions.manage_guild:
            await self._say(
                interaction,
                "Discord tells me of AutoMod only where I may manage the server. Whoever runs me has a "
                "separate invitation for that.",
            )
            return
        await self._change(interaction, lambda _: {"blocked_offers": on})

    @app_commands.command(name="test-summary", description="See last week's summary as it would be posted.")
    async def test_summary(self, interaction: Interaction) -> None:
        """Show the summary of the last complete week to the administrator only."""
        await self._recorder.answered(interaction, self._tested(interaction))

    async def _tested(self, interaction: Interaction) -> Card:
        community = community_name(_guild(interaction).id)
        chosen = await self._application.community_settings.read(community)
        week = last_complete(self._application.clock(), ZoneInfo(chosen.time_zone))
        return summary_card(await self._application.weekly_summaries.build(community, week))

    @app_commands.command(name="introduce", description="Post one introduction of the coach in a channel.")
    @app_commands.describe(channel="The channel it goes to.")
    async def introduce(self, interaction: Interaction, channel: discord.TextChannel) -> None:
        """Introduce the coach in a channel, with a button to try a draft."""
        await self._recorder.answered(interaction, _introduced(channel))

    @app_commands.command(name="show", description="What is set for this server.")
    async def show(self, interaction: Interaction) -> None:
        """Show the settings."""
        await self._recorder.answered(interaction, self._shown(interaction))

    async def _shown(self, interaction: Interaction) -> Card:
        community = community_name(_guild(interaction).id)
        settings = self._application.community_settings
        trouble = await settings.trouble(community, self._application.clock())
        shown = overview(_guild(interaction), await settings.read(community), automod=self._automod)
        return with_trouble(shown, trouble)

    async def _change(self, interaction: Interaction, changes: Changes) -> None:
        await self._recorder.answered(interaction, self._changed(interaction, changes))

    async def _changed(self, interaction: Interaction, changes: Changes) -> Card:
        guild, settings = _guild(interaction), self._application.community_settings
        community = community_name(guild.id)
        wanted = changes(await settings.read(community))
        try:
            chosen = await settings.change(
                community, member_of(interaction.user), self._application.clock(), **wanted
            )
        except ValueError as error:
            return _sentence(f"I can't set that: {error}")
        return overview(guild, chosen, automod=self._automod)

    async def _say(self, interaction: Interaction, sentence: str) -> None:
        await self._recorder.answered(interaction, ready(_sentence(sentence)))


async def _introduced(channel: discord.TextChannel) -> Card:
    refused = _unwritable(channel) or await introduce(channel)
    return _sentence(refused or f"I introduced myself in #{channel.name}.")


def _sentence(said: str) -> Card:
    return Card((Paragraph(said),))


def _switched(known: frozenset[str], id_: int | str, *, on: bool) -> frozenset[str]:
    return known | {str(id_)} if on else known - {str(id_)}


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


def _unillustrated(channel: discord.TextChannel) -> str | None:
    may = channel.permissions_for(channel.guild.me)
    if may.embed_links and may.attach_files:
        return None
    return (
        f"I can't post the summary's chart in #{channel.name}. Let me embed links and attach files there "
        "first, then ask again."
    )
