"""Posts a community's week, once, and finds it again."""

import hashlib
import io
from datetime import datetime, timedelta

import aiohttp
import discord

from adapters.discord.markup import plain
from adapters.discord.render import CONTENT_LIMIT, DESCRIPTION_LIMIT
from adapters.discord.splitting import split
from adapters.kit.chart_image import NAME, png
from adapters.kit.protocol import AdapterError
from bot.summaries.chart import Chart
from bot.summaries.summary import Summary

LOOK_BACK = timedelta(days=8)
"""A week's summary is looked for no further back than this."""

MOST_READ = 1000
"""Messages read at most while looking for a marker; Discord gives 100 at a time."""

_NONCE_LENGTH = 25  # the longest that Discord takes


async def post(client: discord.Client, channel_id: str, summary: Summary, marker: str) -> None:
    """Post a summary; a second try within minutes is recognised by Discord itself, by its nonce.

    Raises:
        AdapterError: it was certainly not posted.
    """
    channel = client.get_partial_messageable(int(channel_id))
    first, *rest = split(words(summary, marker), CONTENT_LIMIT)
    embeds = [discord.Embed(description=part) for part in split("".join(rest), DESCRIPTION_LIMIT) if part][:1]
    files: list[discord.File] = []
    if summary.chart is not None:
        embeds.append(_picture(summary.chart))
        files.append(
            discord.File(io.BytesIO(png(summary.chart)), NAME, description=summary.chart.alternative)
        )
    try:
        await channel.send(
            first,
            embeds=embeds,
            files=files,
            nonce=_nonce(marker),
            allowed_mentions=discord.AllowedMentions.none(),
        )
    except discord.DiscordServerError:
        raise
    except discord.HTTPException as error:
        raise AdapterError(
            f"the weekly summary cannot be posted in channel {channel_id} (status {error.status}); let "
            "the bot view it, send messages, embed links and attach files there, or choose another with "
            "/coach-admin summary"
        ) from None
    except aiohttp.ClientConnectorError:
        raise AdapterError("the weekly summary cannot be posted: Discord cannot be reached") from None


def words(summary: Summary, marker: str) -> str:
    """Return a summary in Discord's markup, with the marker in small print on the second line.

    So early it stays in the content, which is all that `find` reads, however long the summary is.
    """
    lines = [f"**{plain(summary.headline)}**", f"-# {plain(marker)}"]
    lines += [plain(paragraph) for paragraph in summary.paragraphs]
    # Nobody is pinged (`allowed_mentions`): the name is shown as the member writes it today.
    lines += [f"🌱 <@{int(one.person.id)}> {plain(one.deed)}" for one in summary.kudos]
    if summary.tip is not None:
        lines += ["", plain(summary.tip)]
    return "\n".join(lines)


def _picture(chart: Chart) -> discord.Embed:
    """Return the chart, with the same in words beneath it for who cannot see it."""
    embed = discord.Embed()
    embed.set_image(url=f"attachment://{NAME}")
    embed.set_footer(text=chart.alternative)
    return embed


async def find(client: discord.Client, channel_id: str, marker: str, at: datetime) -> bool | None:
    """Tell whether the marker stands in a recent message of ours; None where that cannot be known.

    Args:
        client: the connection.
        channel_id: where to look.
        marker: what to look for.
        at: now, in UTC.
    """
    known = client.get_channel(int(channel_id))
    may_read = (
        known.permissions_for(known.guild.me).read_message_history
        if isinstance(known, discord.abc.GuildChannel)
        else None
    )
    if may_read is False or client.user is None:
        return None
    channel = client.get_partial_messageable(int(channel_id))
    count = 0
    try:
        async for message in channel.history(limit=MOST_READ):
            count += 1
            if message.author.id == client.user.id and plain(marker) in message.content:
                return True
            if message.created_at < at - LOOK_BACK:
                return False
    except discord.HTTPException:
        return None
    # Without leave to read, Discord shows an empty channel instead of refusing.
    return False if count < MOST_READ and (count or may_read) else None


def _nonce(marker: str) -> str:
    return hashlib.sha256(marker.encode()).hexdigest()[:_NONCE_LENGTH]
