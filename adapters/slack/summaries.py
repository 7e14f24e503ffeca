"""The weekly summary as a message, and its marker found again."""

from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.kit.card import Block, Card, Heading, Note, Paragraph
from adapters.kit.protocol import AdapterError
from adapters.slack.failures import certainly_refused, error_code
from adapters.slack.render import render
from bot.summaries.summary import Summary

EVENT_TYPE = "checkpost_summary"
"""The type of the metadata that carries the marker (https://docs.slack.dev/messaging/message-metadata)."""

_RECENT = 15
"""Messages looked through: as many as Slack gives an app from outside its marketplace at once."""

_UNREADABLE = frozenset(
    {"missing_scope", "not_in_channel", "channel_not_found", "no_permission", "access_denied"}
)
_REMEDIES = {
    "not_in_channel": "invite the app there (/invite @Checkpost)",
    "channel_not_found": "choose another one (/checkpost-admin summary #channel), or invite the app there",
    "is_archived": "choose another one (/checkpost-admin summary #channel)",
    "missing_scope": "install the app again from its manifest",
}


def card(summary: Summary) -> Card:
    """Return the summary as a card; it has nothing to press and nobody's words in it."""
    blocks: list[Block] = [Heading(summary.headline), *(Paragraph(text) for text in summary.paragraphs)]
    if summary.tip is not None:
        blocks.append(Note(summary.tip))
    return Card(tuple(blocks))


async def post(client: AsyncWebClient, channel: str, summary: Summary, marker: str) -> None:
    """Post a summary with its marker in the message's metadata.

    Raises:
        AdapterError: Slack refused it, so it was certainly not posted.
    """
    (message, *_) = render(card(summary))
    first, *others = message.blocks
    payload = message.payload() | {
        "blocks": [{**first, "block_id": _block_id(marker)}, *others],
        "metadata": {"event_type": EVENT_TYPE, "event_payload": {"marker": marker}},
    }
    try:
        await client.chat_postMessage(channel=channel, **payload)
    except SlackApiError as error:
        if not certainly_refused(error):
            raise
        code = error_code(error)
        remedy = _REMEDIES.get(code, "it is tried again later")
        raise AdapterError(f"Slack takes no summary in channel {channel} ({code}); {remedy}") from None


async def find(client: AsyncWebClient, channel: str, marker: str) -> bool | None:
    """Tell whether the marker stands in the channel's recent messages; None where they may not be read."""
    try:
        history = await client.conversations_history(
            channel=channel, limit=_RECENT, include_all_metadata=True
        )
    except SlackApiError as error:
        if error_code(error) in _UNREADABLE:
            return None
        raise
    messages: list[dict[str, Any]] = history.get("messages") or []
    return any(_carries(message, marker) for message in messages)


def _carries(message: dict[str, Any], marker: str) -> bool:
    """Look for the marker in the metadata, and in a block's id, which no scope can keep from us."""
    metadata = message.get("metadata") or {}
    payload = metadata.get("event_payload") or {}
    if metadata.get("event_type") == EVENT_TYPE and payload.get("marker") == marker:
        return True
    return any(block.get("block_id") == _block_id(marker) for block in message.get("blocks") or [])


def _block_id(marker: str) -> str:
    return f"{EVENT_TYPE}.{marker}"
