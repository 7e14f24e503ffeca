"""Which of Discord's intents are asked for: only those that what is switched on needs."""

import discord

from adapters.discord.settings import PORTAL
from adapters.kit.protocol import AdapterError


def wanted(*, recording: bool, automod_offers: bool) -> discord.Intents:
    """Return the intents to ask for.

    Coaching needs servers and direct messages, none of them privileged. Only where a community has
    posts recorded, messages in servers with their content are added, and members, whose leaving
    ends what is kept about them there. Offers after AutoMod stopped a message need to hear of that.
    """
    intents = discord.Intents.none()
    intents.guilds = True
    intents.dm_messages = True
    intents.auto_moderation_execution = automod_offers
    if recording:
        intents.guild_messages = True
        intents.message_content = True
        intents.members = True
    return intents


def missing(flags: discord.ApplicationFlags) -> tuple[str, ...]:
    """Return the privileged intents for recording that the application may not ask for."""
    allowed = {
        "Server Members Intent": flags.gateway_guild_members or flags.gateway_guild_members_limited,
        "Message Content Intent": flags.gateway_message_content or flags.gateway_message_content_limited,
    }
    return tuple(name for name, is_allowed in allowed.items() if not is_allowed)


def remedy(names: tuple[str, ...], application_id: int | None) -> str:
    """Return how to switch privileged intents on, as one line."""
    page = f"{PORTAL}/{application_id}/bot" if application_id else PORTAL
    return f"switch on {' and '.join(names)} at {page}"


def refusal(names: tuple[str, ...], application_id: int | None) -> AdapterError:
    """Return the error of an application that may not record what its communities chose."""
    return AdapterError(
        f"discord: posts are recorded in some channels, which needs more: {remedy(names, application_id)}, "
        "or end the recording"
    )
