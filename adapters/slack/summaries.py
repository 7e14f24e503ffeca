"""The weekly summary as a message, and its marker found again."""

from collections.abc import Sequence
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.kit.card import Block, Card, Heading, Note, Paragraph, ReadyToCopy
from adapters.kit.protocol import AdapterError
from adapters.slack.charts import uploaded
from adapters.slack.failures import certainly_refused, error_code
from adapters.slack.quoting import weight
from adapters.slack.render import ALTERNATIVE_LIMIT, render
from bot.summaries.summary import Summary

EVENT_TYPE = "checkpost_summary"
"""The type of the metadata that carries the marker (https://docs.slack.dev/messaging/message-metadata)."""

_RECENT = 15
"""Messages looked through: as many as Slack gives an app from outside its marketplace at once."""

_KUDOS_ROOM = 8_000
"""Characters of kudos in a summary, which is one message."""

_UNREADABLE = frozenset(
    {"missing_scope", "not_in_channel", "channel_not_found", "no_permission", "access_denied"}
)
_REMEDIES = {
    "not_in_channel": "invite the app there (/invite @Checkpost)",
    "channel_not_found": "choose another one (/checkpost-admin summary #channel), or invite the app there",
    "is_archived": "choose another one (/checkpost-admin summary #channel)",
    "missing_scope": "install the app again from its manifest",
}


def card(summary: Summary, names: Sequence[str | None] = (), *, drawn: bool = False) -> Card:
    """Return the summary as a card; it has nothing to press and nobody's words in it.

    Args:
        summary: the week.
        names: what each member with kudos goes by; None leaves the kudos out.
        drawn: whether the chart is shown as an image; else it is written.
    """
    blocks: list[Block] = [Heading(summary.headline), *(Paragraph(text) for text in summary.paragraphs)]
    thanks = _thanks(
        [f"🌱 {name} {one.deed}" for one, name in zip(summary.kudos, names, strict=False) if name is not None]
    )
    blocks += [Paragraph(thanks)] if thanks else []
    if summary.chart is not None and not drawn:
        blocks.append(ReadyToCopy("\n".join(summary.chart.lines())))
    if summary.tip is not None:
        blocks.append(Note(summary.tip))
    return Card(tuple(blocks))


async def post(client: AsyncWebClient, channel: str, summary: Summary, marker: str) -> None:
    """Post a summary with its marker in the message's metadata, and the chart as an image where that works.

    Raises:
        AdapterError: Slack refused it, so it was certainly not posted.
    """
    names = [await _name(client, one.person.id) for one in summary.kudos]
    file = None if summary.chart is None else await uploaded(client, summary.chart)
    try:
        try:
            await client.chat_postMessage(channel=channel, **_payload(summary, names, marker, file))
        except SlackApiError as error:
            # Slack has refused the image, which it may not have finished taking in: nothing was posted.
            if file is None or error_code(error) != "invalid_blocks":
                raise
            await client.chat_postMessage(channel=channel, **_payload(summary, names, marker, None))
    except SlackApiError as error:
        if not certainly_refused(error):
            raise
        code = error_code(error)
        remedy = _REMEDIES.get(code, "it is tried again later")
        raise AdapterError(f"Slack takes no summary in channel {channel} ({code}); {remedy}") from None


def _thanks(lines: Sequence[str]) -> str:
    """Return the kudos, a line each, as many as one message has room for; the others are counted."""
    room = _KUDOS_ROOM
    for number, line in enumerate(lines):
        room -= weight(f"{line}\n")
        if room < 0:
            return "\n".join([*lines[:number], f"… and {len(lines) - number} more"])
    return "\n".join(lines)


def _payload(summary: Summary, names: Sequence[str | None], marker: str, file: str | None) -> dict[str, Any]:
    (message, *_) = render(card(summary, names, drawn=file is not None))
    first, *others = message.blocks
    blocks: list[dict[str, Any]] = [{**first, "block_id": _block_id(marker)}, *others]
    if file is not None and summary.chart is not None:
        image = {
            "type": "image",
            "slack_file": {"id": file},
            "alt_text": summary.chart.alternative[:ALTERNATIVE_LIMIT],
        }
        blocks.insert(len(blocks) - (summary.tip is not None), image)
    return message.payload() | {
        "blocks": blocks,
        "metadata": {"event_type": EVENT_TYPE, "event_payload": {"marker": marker}},
    }


async def _name(client: AsyncWebClient, person: str) -> str | None:
    """Return what a member goes by in their workspace; None where the app may not ask."""
    try:
        answer = await client.users_info(user=person.rpartition("/")[2])
    except (SlackApiError, aiohttp.ClientError, TimeoutError):
        return None
    user: dict[str, Any] = answer.get("user") or {}
    profile: dict[str, Any] = user.get("profile") or {}
    return str(profile.get("display_name") or profile.get("real_name") or "") or None


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
    metadata: dict[str, Any] = message.get("metadata") or {}
    payload: dict[str, Any] = metadata.get("event_payload") or {}
    if metadata.get("event_type") == EVENT_TYPE and payload.get("marker") == marker:
        return True
    blocks: list[dict[str, Any]] = message.get("blocks") or []
    return any(block.get("block_id") == _block_id(marker) for block in blocks)


def _block_id(marker: str) -> str:
    return f"{EVENT_TYPE}.{marker}"
