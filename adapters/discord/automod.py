"""When AutoMod stopped a message: an offer to its author, who agreed to such offers. Experimental.

Discord's event may carry the message's words; nothing here reads, logs or keeps them.
"""

import discord

from adapters.discord.delivery import whisper
from adapters.discord.translate import PLATFORM, community_name
from adapters.kit.blocked import offer_card
from bot.balance.identity import Member
from bot.bootstrap import Application


async def stopped(client: discord.Client, application: Application, execution: discord.AutoModAction) -> None:
    """Offer the author of a stopped message to talk about it, where all three switches are on.

    Discord tells of each action of a rule; the one that stops the message is the one that counts.
    """
    if not application.settings.discord.automod_offers:
        return
    if execution.action.type is not discord.AutoModRuleActionType.block_message:
        return
    member = Member(PLATFORM, str(execution.user_id))
    community = community_name(execution.guild_id)
    if await application.blocked_offers.claim(member, community, application.clock()):
        await whisper(client, member, offer_card(), "offering help with a stopped message")
