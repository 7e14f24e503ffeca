"""A server's settings in words, for its administrators."""

import calendar

import discord

from adapters.kit import balance_words
from adapters.kit.card import Card, Heading, Note, Paragraph
from bot.services.community_settings import CommunityPreferences


def overview(guild: discord.Guild, chosen: CommunityPreferences, *, automod: bool) -> Card:
    """Return what is set for a server.

    Args:
        guild: the server.
        chosen: its settings.
        automod: whether whoever runs the program lets it offer help after AutoMod.
    """
    if chosen.summary_channel is None:
        summary = "The weekly summary goes nowhere yet."
    else:
        summary = (
            f"The weekly summary goes to {channel_name(guild, chosen.summary_channel)} on "
            f"{calendar.day_name[chosen.weekday]} at {chosen.hour}:00, {chosen.time_zone}, in weeks in which "
            f"{chosen.minimum_members} members or more took part."
        )
    contact = chosen.help_contact or "none; people in distress are pointed to their emergency number"
    return Card(
        (
            Heading("The coach in this server"),
            Paragraph(
                f"Counted channels: {_channels(guild, chosen.recorded_channels)}. Only posts of members who "
                "agreed count."
            ),
            Paragraph(
                "Showcase channels, on neither side of the share: "
                f"{_channels(guild, chosen.exempt_channels)}. "
                f"Roles whose posts are not counted: {_roles(guild, chosen.exempt_roles)}."
            ),
            Paragraph(f"Members aim for {balance_words.aim(chosen.lower, chosen.upper)} promotion."),
            Paragraph(f"Rules switched off: {', '.join(sorted(chosen.rules_off)) or 'none'}."),
            Paragraph(summary),
            Paragraph(f"Help contact: {contact}."),
            Paragraph(f"Nudges for members who ask for them: {'on' if chosen.nudges else 'off'}."),
            *([_offers(chosen)] if automod else []),
            Note("Each change is noted with the time and a code of who made it."),
        )
    )


def _offers(chosen: CommunityPreferences) -> Paragraph:
    return Paragraph(
        "Offers to who agreed, when AutoMod stops a message (experimental): "
        f"{'on' if chosen.blocked_offers else 'off'}."
    )


def channel_name(guild: discord.Guild, channel: str) -> str:
    """Return a channel as its members know it."""
    found = guild.get_channel(int(channel))
    return f"#{found.name}" if found is not None else f"a channel that is gone ({channel})"


def _channels(guild: discord.Guild, channels: frozenset[str]) -> str:
    return ", ".join(sorted(channel_name(guild, channel) for channel in channels)) or "none"


def _roles(guild: discord.Guild, roles: frozenset[str]) -> str:
    found = [guild.get_role(int(role)) for role in roles]
    return ", ".join(sorted(role.name if role else "a role that is gone" for role in found)) or "none"
