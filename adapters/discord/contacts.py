"""A help contact that somebody in distress can use: a person by their page, a role by its name."""

import re

import discord

_MENTION = re.compile(r"<@(?P<role>&?)!?(?P<id>\d{15,21})>")


def reachable(contact: str, guild: discord.Guild) -> str:
    """Return what an administrator wrote, with no mention in it: the coach's words ping nobody.

    Without this a mention would be shown as its number, with which nobody reaches anybody.

    Args:
        contact: what they wrote.
        guild: the server, which knows its roles.
    """

    def instead(match: re.Match[str]) -> str:
        if not match["role"]:
            return f"https://discord.com/users/{match['id']}"
        role = guild.get_role(int(match["id"]))
        return f"@{role.name}" if role is not None else match.group()

    return _MENTION.sub(instead, contact)
