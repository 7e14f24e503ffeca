"""Finds the draft a button belongs to: nothing is stored, so it is read from where it already is."""

import re
from collections.abc import AsyncIterator

import discord

from adapters.discord.custom_ids import PressId, Source
from adapters.discord.failures import log_fault
from adapters.discord.markup import unmarked
from adapters.discord.render import ANSWERED_TITLE, MESSAGES_LIMIT, copied, joined
from adapters.discord.translate import member_of
from adapters.kit.conversation import FORCED
from adapters.kit.memory import DraftMemory
from bot.text.draft import Author, Draft, ReplyTo

_ANSWERED = re.compile(r"(?:<@(\d{15,21})>(?:\n|$))?(.*)", re.DOTALL)


async def recall(
    user: discord.abc.User, answer: discord.Message | None, press: PressId, memory: DraftMemory
) -> Draft | None:
    """Return the draft of a button; None where it is nowhere any more.

    Looks into memory, then at the draft shown in the button's own message, then, in a direct
    message, at the member's message that was answered.

    Args:
        user: whose draft it is.
        answer: the coach's message with the button.
        press: the button.
        memory: the drafts of the last minutes.
    """
    member = member_of(user)
    kept = memory.recall(str(member), press.key) if press.key else None
    if kept is not None:
        return kept
    if answer is None:
        return None
    shown = answer.embeds[0].description or "" if answer.embeds else ""
    match press.source:
        case Source.SHOWN:
            text = unmarked(shown)
        case Source.COPIED:
            text = copied(shown)
        case Source.PIECES:
            pieces = (each for each in answer.embeds if each.title != ANSWERED_TITLE)
            text = joined(each.description or "" for each in pieces)
        case _:
            text = await _original(user, answer)
    return Draft(text, press.surface, _answered(answer), Author(member.id)) if text else None


async def continued(message: discord.Message, memory: DraftMemory) -> Draft | None:
    """Return the draft of the coach's answer that a direct message replies to; None where there is none."""
    reference = message.reference
    answer = reference.resolved if reference is not None else None
    if not isinstance(answer, discord.Message):
        return None
    try:
        async for related in _related(answer):
            press = _about_a_draft(related)
            if press is not None:
                return await recall(message.author, related, press, memory)
    except discord.HTTPException as error:
        log_fault("looking for a draft", error)
    return None


async def _related(answer: discord.Message) -> AsyncIterator[discord.Message]:
    """Yield one of the coach's messages, the one whose button it answers, and those in which it goes on."""
    yield answer
    interaction = answer.interaction_metadata
    if interaction is not None and interaction.interacted_message_id is not None:
        yield await answer.channel.fetch_message(interaction.interacted_message_id)
    answered = answer.reference.message_id if answer.reference is not None else None
    if answered is None:
        return
    async for later in answer.channel.history(after=answer, limit=MESSAGES_LIMIT, oldest_first=True):
        if later.reference is not None and later.reference.message_id == answered:
            yield later


def _about_a_draft(answer: discord.Message) -> PressId | None:
    """Return a button of a message that has a draft; None where it is about something else."""
    for row in answer.components:
        for button in getattr(row, "children", ()):
            press = PressId.parse(getattr(button, "custom_id", None) or "")
            if press is not None and press.key:
                return press
    return None


def _answered(answer: discord.Message) -> ReplyTo | None:
    """Return what the draft answers, where the coach's message shows it."""
    for embed in answer.embeds:
        if embed.title == ANSWERED_TITLE:
            found = _ANSWERED.fullmatch(embed.description or "")
            return ReplyTo(found[1], unmarked(found[2])) if found else None
    return None


async def _original(user: discord.abc.User, answer: discord.Message) -> str:
    """Return the text of the member's own direct message that the coach's message answers."""
    if answer.reference is None or answer.reference.message_id is None or answer.guild is not None:
        return ""
    if not isinstance(answer.channel, discord.DMChannel):
        return ""
    try:
        original = await answer.channel.fetch_message(answer.reference.message_id)
    except discord.HTTPException:
        return ""
    if original.author.id != user.id:
        return ""
    text = original.content
    return text[len(FORCED) :].lstrip() if text.casefold().startswith(FORCED) else text
