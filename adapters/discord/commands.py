"""What members call: `/checkpost`, `/balance`, `/coach`, and two commands on a message."""

from typing import Any, Protocol

import discord
from discord import app_commands

from adapters.discord.buttons import Interaction
from bot.text.draft import Surface

SURFACES = [
    app_commands.Choice(name="a post in a channel", value=Surface.CHANNEL.value),
    app_commands.Choice(name="a reply to somebody", value=Surface.REPLY.value),
    app_commands.Choice(name="a direct message", value=Surface.DIRECT.value),
]

CHECK_POST = "Check this post"
CHECK_REPLY = "Check my reply"


class Coach(Protocol):
    """Who answers the commands."""

    async def asked(self, interaction: Interaction, draft: str | None, surface: Surface) -> None:
        """Check a draft; None opens a window to write it in."""
        ...

    async def asked_for_balance(self, interaction: Interaction) -> None:
        """Show the member's balance."""
        ...

    async def asked_for_settings(self, interaction: Interaction) -> None:
        """Show the member's settings."""
        ...

    async def asked_about_post(self, interaction: Interaction, message: discord.Message) -> None:
        """Check a post of the member's own."""
        ...

    async def asked_about_reply(self, interaction: Interaction, message: discord.Message) -> None:
        """Open a window for a reply to a post."""
        ...


def add_commands(tree: app_commands.CommandTree[Any], coach: Coach) -> None:
    """Add the members' commands to a tree."""

    @tree.command(name="checkpost", description="Check a post before you send it; only you see the answer.")
    @app_commands.describe(
        draft="The post. Leave it out to write in a larger window.",
        surface="Where it is meant to go; a post in a channel if you don't say.",
    )
    @app_commands.choices(surface=SURFACES)
    async def checkpost(
        interaction: discord.Interaction[Any],
        draft: str | None = None,
        surface: app_commands.Choice[str] | None = None,
    ) -> None:
        meant_for = Surface.CHANNEL if surface is None else Surface(surface.value)
        await coach.asked(interaction, draft, meant_for)

    @tree.command(name="balance", description="Your promotion against everything else; only you see it.")
    async def balance(interaction: discord.Interaction[Any]) -> None:
        await coach.asked_for_balance(interaction)

    @tree.command(name="coach", description="Your settings, what is kept about you, export and erasure.")
    async def settings(interaction: discord.Interaction[Any]) -> None:
        await coach.asked_for_settings(interaction)

    @tree.context_menu(name=CHECK_POST)
    async def check_post(interaction: discord.Interaction[Any], message: discord.Message) -> None:
        await coach.asked_about_post(interaction, message)

    @tree.context_menu(name=CHECK_REPLY)
    async def check_reply(interaction: discord.Interaction[Any], message: discord.Message) -> None:
        await coach.asked_about_reply(interaction, message)

    del checkpost, balance, settings, check_post, check_reply  # the tree holds them
