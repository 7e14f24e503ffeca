"""Sends a member their own week by direct message."""

import aiohttp
import discord

from adapters.discord.delivery import NOBODY
from adapters.discord.render import render
from adapters.kit.protocol import AdapterError
from adapters.kit.wishes import digest_card
from bot.balance.identity import Member
from bot.summaries.digest import Digest


async def send(client: discord.Client, member: Member, digest: Digest) -> None:
    """Send a digest.

    Raises:
        AdapterError: it was certainly not sent, for instance because the member takes no messages.
    """
    (payload, *_) = render(digest_card(digest))
    try:
        channel = await client.create_dm(discord.Object(int(member.id)))
        await channel.send(payload.content, allowed_mentions=NOBODY)
    except discord.DiscordServerError:
        raise
    except discord.HTTPException as error:
        raise AdapterError(f"a digest cannot be sent (status {error.status})") from None
    except aiohttp.ClientConnectorError:
        raise AdapterError("a digest cannot be sent: Discord cannot be reached") from None
