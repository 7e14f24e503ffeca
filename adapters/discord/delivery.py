"""Brings an answer to the one member it is for."""

import asyncio
import io
from collections.abc import Awaitable
from typing import Any

import aiohttp
import discord
from discord import ui

from adapters.discord.buttons import Interaction, view
from adapters.discord.failures import log_fault
from adapters.discord.render import Payload, render
from adapters.discord.translate import member_of
from adapters.kit.card import Card
from adapters.kit.guard import guarded
from adapters.kit.introductions import public_introduction
from adapters.kit.memory import DraftMemory
from bot.balance.identity import Member

DEFER_AFTER = 1.5
"""Seconds after which the member is shown that an answer is coming; Discord gives 3."""

NOBODY = discord.AllowedMentions.none()

_UNDELIVERED = (discord.HTTPException, aiohttp.ClientError)
_TOO_LATE = frozenset({10062, 50027})  # not answered in time; answered, but a quarter of an hour ago
_CLOSED = frozenset({50007, 50278})  # no direct messages wanted; no server in common any more


async def answer(interaction: Interaction, work: Awaitable[Card], memory: DraftMemory) -> None:
    """Answer a command, a button or a window: for its member's eyes only in servers.

    Args:
        interaction: what is answered.
        work: makes the answer.
        memory: where the answer's draft is kept for its buttons.
    """
    making = asyncio.ensure_future(guarded(work))
    try:
        await asyncio.wait({making}, timeout=DEFER_AFTER)
        private = not interaction.context.dm_channel
        if not making.done():
            await interaction.response.defer(ephemeral=private, thinking=True)
        card = await making
        payloads = _rendered(card, interaction.user, memory)
        await _send(interaction, payloads, private=private, in_place=card.replaces)
    except _UNDELIVERED as error:
        _log_unless(error, _TOO_LATE, "answering")
    finally:
        making.cancel()


async def ready(card: Card) -> Card:
    """Return a card that needs no making."""
    return card


async def open_window(interaction: Interaction, window: ui.Modal) -> None:
    """Answer a command or a button with a window to write in."""
    try:
        await interaction.response.send_modal(window)
    except _UNDELIVERED as error:
        _log_unless(error, _TOO_LATE, "opening a window")


async def _send(
    interaction: Interaction, payloads: tuple[Payload, ...], *, private: bool, in_place: bool
) -> None:
    first, *rest = payloads
    if in_place and not rest and interaction.message is not None and not interaction.response.is_done():
        emptied: dict[str, Any] = {"embeds": [], "view": None, "attachments": []}
        await interaction.response.edit_message(**emptied | _fields(first, files_as="attachments"))
    elif interaction.response.is_done():
        await interaction.edit_original_response(**_fields(first, files_as="attachments"))
    else:
        await interaction.response.send_message(**_fields(first), ephemeral=private)
    for payload in rest:
        await interaction.followup.send(**_fields(payload), ephemeral=private)


async def reply(message: discord.Message, work: Awaitable[Card], memory: DraftMemory) -> None:
    """Answer a direct message, in reply to it.

    Args:
        message: the member's message.
        work: makes the answer.
        memory: where the answer's draft is kept for its buttons.
    """
    payloads = _rendered(await guarded(work), message.author, memory)
    reference = message.to_reference(fail_if_not_exists=False)
    try:
        for payload in payloads:
            await message.channel.send(**_fields(payload), reference=reference, mention_author=False)
    except _UNDELIVERED as error:
        _log_unless(error, _CLOSED, "answering a direct message")


async def whisper(client: discord.Client, member: Member, card: Card, what: str) -> None:
    """Send a member a direct message that they asked for; a closed door is no fault.

    Args:
        client: the connection.
        member: whom.
        card: what it says.
        what: names it in the log.
    """
    try:
        channel = await client.create_dm(discord.Object(int(member.id)))
        for payload in render(card):
            await channel.send(**_fields(payload))
    except _UNDELIVERED as error:
        _log_unless(error, _CLOSED, what)


async def introduce(channel: discord.TextChannel) -> str | None:
    """Post the coach's introduction for everybody; returns what is in the way, None where nothing is."""
    (payload,) = render(public_introduction("/coach"))
    try:
        await channel.send(**_fields(payload))
    except discord.Forbidden:
        return f"I can't write in #{channel.name}. Let me view it and send messages there, then ask again."
    except _UNDELIVERED as error:
        log_fault("posting the introduction", error)
        return "Discord didn't take my introduction. Please try again in a moment."
    return None


def _log_unless(
    error: discord.HTTPException | aiohttp.ClientError, expected: frozenset[int], what: str
) -> None:
    """Log a fault, unless it only says that it is too late or that the member's door is closed."""
    if not isinstance(error, discord.HTTPException) or error.code not in expected:
        log_fault(what, error)


def _rendered(card: Card, user: discord.abc.User, memory: DraftMemory) -> tuple[Payload, ...]:
    key = memory.keep(str(member_of(user)), card.draft) if card.draft is not None and card.buttons else ""
    return render(card, key)


def _fields(payload: Payload, files_as: str = "files") -> dict[str, Any]:
    """Return a message's arguments for any of the library's ways to send one; nobody is ever pinged."""
    fields: dict[str, Any] = {"content": payload.content, "allowed_mentions": NOBODY}
    if payload.embeds:
        fields["embeds"] = list(payload.embeds)
    buttons = view(payload)
    if buttons is not None:
        fields["view"] = buttons
    if payload.files:
        fields[files_as] = [
            discord.File(io.BytesIO(file.content), file.name, description=file.description)
            for file in payload.files
        ]
    return fields
