"""A deleted channel or role is taken out of a server's settings, where nobody could choose it any more."""

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
