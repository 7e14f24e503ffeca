"""Finds the draft a button belongs to: nothing is stored, so it is read from where it already is."""

import discord

from adapters.discord.buttons import Interaction
from adapters.discord.custom_ids import PressId, Source
from adapters.discord.markup import unmarked
from adapters.discord.translate import member_of
from adapters.kit.conversation import FORCED
from adapters.kit.memory import DraftMemory
from bot.text.draft import Author, Draft


async def recall(interaction: Interaction, press: PressId, memory: DraftMemory) -> Draft | None:
    """Return the draft of a pressed button; None where it is nowhere any more.

    Looks into memory, then at the draft shown in the button's own message, then, in a direct
    message, at the member's message that was answered.
    """
    member = member_of(interaction.user)
    kept = memory.recall(str(member), press.key) if press.key else None
    if kept is not None:
        return kept
    text = _shown(interaction.message) if press.source is Source.SHOWN else await _answered(interaction)
    return Draft(text, press.surface, author=Author(member.id)) if text else None


def _shown(message: discord.Message | None) -> str:
    if message is None or not message.embeds:
        return ""
    return unmarked(message.embeds[0].description or "")


async def _answered(interaction: Interaction) -> str:
    """Return the text of the member's own direct message that the button's message answers."""
    answer = interaction.message
    channel = interaction.channel
    if answer is None or answer.reference is None or answer.reference.message_id is None:
        return ""
    if not interaction.context.dm_channel or not isinstance(channel, discord.abc.Messageable):
        return ""
    try:
        original = await channel.fetch_message(answer.reference.message_id)
    except discord.HTTPException:
        return ""
    if original.author.id != interaction.user.id:
        return ""
    text = original.content
    return text[len(FORCED) :].lstrip() if text.casefold().startswith(FORCED) else text
