"""From the library's objects to the domain; pure."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import discord

from adapters.kit.visit import Visit
from bot.balance.event import Change, MessageEvent
from bot.balance.identity import Member
from bot.text.draft import ReplyTo

PLATFORM = "discord"

_MENTION = re.compile(r"<@!?(\d{15,21})>")
_WRITTEN = frozenset({discord.MessageType.default, discord.MessageType.reply})


def community_name(guild_id: int) -> str:
    """Return a server's ledger, `discord:ID`."""
    return f"{PLATFORM}:{guild_id}"


def member_of(user: discord.abc.User) -> Member:
    """Return who a user is in the ledger."""
    return Member(PLATFORM, str(user.id))


def roles_of(user: discord.abc.User) -> frozenset[str]:
    """Return the ids of a member's roles in the server they wrote in, the one everybody has left out."""
    if not isinstance(user, discord.Member):
        return frozenset()
    return frozenset(str(role.id) for role in user.roles if not role.is_default())


def visit(user: discord.abc.User, guild_id: int | None) -> Visit:
    """Return who is talking to the coach and where.

    The display name stays out: on Discord a real name is never suggested (rules.md).
    """
    return Visit(member_of(user), None, None if guild_id is None else community_name(guild_id))


def submission(interaction: discord.Interaction[Any]) -> Mapping[str, Any]:
    """Return the data of a submitted window."""
    data: Any = interaction.data
    return data or {}


def answered_by(message: discord.Message) -> ReplyTo | None:
    """Return what a message answers, as far as Discord tells; None where it answers nothing."""
    if message.type is not discord.MessageType.reply or message.reference is None:
        return None
    original = message.reference.resolved
    if isinstance(original, discord.Message):
        return ReplyTo(str(original.author.id), original.content)
    return ReplyTo()


def is_written(message: discord.Message) -> bool:
    """Tell whether a person wrote the message: no bot, no webhook, no notice of the platform's."""
    return not message.author.bot and message.webhook_id is None and message.type in _WRITTEN


def posted(message: discord.Message, guild_id: int, channel: int) -> MessageEvent:
    """Return the event of a new message.

    Args:
        message: the message.
        guild_id: its server.
        channel: the channel it counts for; a thread's or forum post's is its parent.
    """
    return _event(message, guild_id, channel, message.created_at, Change.POSTED)


def is_edited(message: discord.Message) -> bool:
    """Tell whether its author changed the message; Discord reports added previews, too."""
    return message.edited_at is not None


def edited(message: discord.Message, guild_id: int, channel: int) -> MessageEvent:
    """Return the event of an edit; the time is that of the edit."""
    return _event(message, guild_id, channel, message.edited_at or message.created_at, Change.EDITED)


def deleted(message_id: int, guild_id: int, channel: int, at: datetime) -> MessageEvent:
    """Return the event of a deletion; Discord does not say whose message it was."""
    return MessageEvent(
        PLATFORM, community_name(guild_id), str(channel), "", str(message_id), at, change=Change.DELETED
    )


def edited_guild(data: Mapping[str, Any]) -> int | None:
    """Return the server of a raw edit, which the library leaves out where it does not know the channel."""
    return int(data["guild_id"]) if data.get("guild_id") else None


def _event(
    message: discord.Message, guild_id: int, channel: int, at: datetime, change: Change
) -> MessageEvent:
    answered, author, answered_text = _answered(message)
    return MessageEvent(
        PLATFORM,
        community_name(guild_id),
        str(channel),
        str(message.author.id),
        str(message.id),
        at,
        text=message.content,
        change=change,
        reply_to_message=answered,
        reply_to_author=author,
        mentions=tuple(dict.fromkeys(_MENTION.findall(message.content))) if "<@" in message.content else (),
        attachments=len(message.attachments) + len(message.stickers),
        bot=not is_written(message),
        reply_to_text=answered_text,
        posted_at=message.created_at,
    )


def _answered(message: discord.Message) -> tuple[str | None, str | None, str]:
    """Return the id, author and text of what a message answers.

    A message in a thread or forum post that answers none in particular answers the one the thread
    started from, which has the thread's own id.
    """
    reference = message.reference
    if message.type is discord.MessageType.reply and reference is not None:
        original = reference.resolved
        if isinstance(original, discord.Message):
            return str(original.id), str(original.author.id), original.content
        return str(reference.message_id), None, ""
    thread = message.channel
    if isinstance(thread, discord.Thread) and message.id != thread.id:
        is_forum = isinstance(thread.parent, discord.ForumChannel)
        return str(thread.id), str(thread.owner_id) if is_forum else None, ""
    return None, None, ""
