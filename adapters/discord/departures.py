"""A deleted channel or role is taken out of a server's settings, where nobody could choose it any more."""

import discord

from adapters.discord.translate import PLATFORM, community_name
from bot.balance.identity import Member
from bot.bootstrap import Application

_KEYS = ("recorded_channels", "exempt_channels", "summary_channel", "exempt_roles")


async def let_go(application: Application, guild_id: int, gone: int, by: int) -> bool:
    """Take a deleted channel or role out of all settings; tells whether any had it.

    Args:
        application: the services.
        guild_id: the server.
        gone: the id of what was deleted.
        by: the id that the audit has; Discord does not say who deleted it.
    """
    return await application.community_settings.let_go(
        community_name(guild_id), str(gone), Member(PLATFORM, str(by)), application.clock(), _KEYS
    )


async def let_go_deleted(client: discord.Client, application: Application, by: int) -> list[int]:
    """Take what was deleted while the program was away out of the settings of every server in order.

    Args:
        client: the connection.
        application: the services.
        by: the id that the audit has.

    Returns:
        The servers whose settings had any.
    """
    changed: list[int] = []
    known = set(await application.absences.communities(PLATFORM))
    for guild in list(client.guilds):
        if guild.unavailable or community_name(guild.id) not in known:
            continue
        deleted = await _deleted(client, application, guild)
        if any([await let_go(application, guild.id, gone, by) for gone in deleted]):
            changed.append(guild.id)
    return changed


async def _deleted(client: discord.Client, application: Application, guild: discord.Guild) -> list[int]:
    chosen = await application.community_settings.read(community_name(guild.id))
    channels = chosen.recorded_channels | chosen.exempt_channels
    if chosen.summary_channel is not None:
        channels |= {chosen.summary_channel}
    absent = [int(channel) for channel in sorted(channels) if guild.get_channel(int(channel)) is None]
    roles = [int(role) for role in sorted(chosen.exempt_roles) if guild.get_role(int(role)) is None]
    return [channel for channel in absent if await _is_gone(client, channel)] + roles


async def _is_gone(client: discord.Client, channel: int) -> bool:
    """Ask Discord: a channel that the bot is only not shown is not gone."""
    try:
        await client.fetch_channel(channel)
    except discord.NotFound:
        return True
    except (discord.HTTPException, discord.InvalidData):
        return False
    return False
