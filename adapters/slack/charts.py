"""Hands a drawing to Slack, to be shown in a message."""

import asyncio

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.kit.card import Card, Drawing
from adapters.kit.chart_image import NAME, png
from adapters.slack.render import ALTERNATIVE_LIMIT
from bot.summaries.chart import Chart

_OK = 200


def drawn(card: Card) -> Chart | None:
    """Return the chart of a card; None where it has none."""
    return next((block.chart for block in card.blocks if isinstance(block, Drawing)), None)


async def uploaded(client: AsyncWebClient, chart: Chart) -> str | None:
    """Hand a chart to Slack and return the file's id; None where that is not to be had.

    It is shared nowhere by itself (https://docs.slack.dev/reference/methods/files.completeUploadExternal).
    """
    content = await asyncio.to_thread(png, chart)
    try:
        place = await client.files_getUploadURLExternal(
            filename=NAME, length=len(content), alt_txt=chart.alternative[:ALTERNATIVE_LIMIT]
        )
        session = client.session
        if session is None:
            return None
        async with session.post(str(place["upload_url"]), data=content) as answer:
            if answer.status != _OK:
                return None
        file = str(place["file_id"])
        await client.files_completeUploadExternal(files=[{"id": file, "title": chart.title}])
    except (SlackApiError, aiohttp.ClientError, TimeoutError):
        return None
    return file
