"""Registers the commands with Discord, only when they changed: registering is rationed.

Comparing with Discord's own lists needs no file of ours and notices changes made elsewhere.
"""

import logging
from collections.abc import Sequence
from typing import Any

import discord
from discord import app_commands
from discord.http import Route

from adapters.discord.comparing import Commands, same
from adapters.discord.translate import PLATFORM
from bot.services.command_places import CommandPlaces

_ONLY_GLOBAL = frozenset({"contexts", "integration_types", "dm_permission"})
"""What Discord knows of global commands alone."""

_log = logging.getLogger(__name__)


async def register(
    tree: app_commands.CommandTree[Any],
    application_id: int,
    guild_ids: Sequence[int],
    places: CommandPlaces,
) -> int:
    """Make Discord's lists of commands equal to the tree's, everywhere or in the chosen servers only.

    What is added comes before what is taken away, so that no member is without commands in between.

    Args:
        tree: the commands.
        application_id: whose they are.
        guild_ids: the servers that alone have them; empty: everywhere.
        places: remembers which servers have lists of their own, to be emptied when that ends.

    Returns:
        How many lists had to change.
    """
    commands, everywhere = await payloads(tree), not guild_ids
    here = [{key: command[key] for key in command.keys() - _ONLY_GLOBAL} for command in commands]
    chosen = {str(guild_id) for guild_id in guild_ids}
    known = await places.read(PLATFORM)
    if not chosen <= known:  # remembered beforehand: whatever happens now can be taken back
        await places.note(PLATFORM, chosen | known)
    changed = 0
    if everywhere:
        changed += await _registered(tree, application_id, None, commands)
    for guild_id in sorted(chosen):
        changed += await _offered(tree, application_id, guild_id, here)
    if not everywhere:
        changed += await _registered(tree, application_id, None, [])
    for guild_id in sorted(known - chosen):
        changed += await _withdrawn(tree, application_id, guild_id)
    if known - chosen:
        await places.note(PLATFORM, chosen)
    return changed


async def payloads(tree: app_commands.CommandTree[Any]) -> Commands:
    """Return a tree's commands as they are sent, with their translations."""
    translator = tree.translator
    if translator is None:
        return [command.to_dict(tree) for command in tree.get_commands()]
    return [await command.get_translated_payload(tree, translator) for command in tree.get_commands()]


async def _offered(
    tree: app_commands.CommandTree[Any], application_id: int, guild_id: str, commands: Commands
) -> bool:
    """Register the commands of one server; a server that refuses keeps them from no other."""
    try:
        return await _registered(tree, application_id, guild_id, commands)
    except (discord.Forbidden, discord.NotFound):
        _log.warning(
            "discord.command_guilds: server %s takes no commands; invite the application there, "
            "or take the server off the list",
            guild_id,
        )
        return False


async def _withdrawn(tree: app_commands.CommandTree[Any], application_id: int, guild_id: str) -> bool:
    """Take the commands of one server back; a server that the application left has none any more."""
    try:
        return await _registered(tree, application_id, guild_id, [])
    except (discord.Forbidden, discord.NotFound):
        return False


async def _registered(
    tree: app_commands.CommandTree[Any], application_id: int, guild_id: str | None, commands: Commands
) -> bool:
    where = "" if guild_id is None else f"/guilds/{guild_id}"
    path = f"/applications/{application_id}{where}/commands"
    http = tree.client.http
    # without the parameter Discord leaves the translations out, and every start would register anew
    theirs = await http.request(Route("GET", path), params={"with_localizations": "true"})
    ignored = frozenset[str]() if guild_id is None else _ONLY_GLOBAL
    if same(commands, [dict(command) for command in theirs], ignored):
        return False
    await http.request(Route("PUT", path), json=commands)
    return True
