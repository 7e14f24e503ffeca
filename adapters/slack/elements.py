"""The few Block Kit parts an answer is made of; pure."""

import re
from typing import Any

Json = dict[str, Any]

_CLICKABLE = re.compile(r"<#(?P<channel>[CG][A-Z0-9]{1,20})>|https?://[^\s<>\"“”]+[^\s<>\"“”.,;:!?)\]]")


def styled(text: str, *, bold: bool = False) -> Json:
    """Return a text shown as it stands."""
    element: Json = {"type": "text", "text": text}
    if bold:
        element["style"] = {"bold": True}
    return element


def clickable(text: str) -> list[Json]:
    """Return a text of ours as elements: web addresses and channels (`<#C1>`) lead where they say."""
    elements: list[Json] = []
    position = 0
    for match in _CLICKABLE.finditer(text):
        if match.start() > position:
            elements.append(styled(text[position : match.start()]))
        channel = match["channel"]
        elements.append(
            {"type": "channel", "channel_id": channel} if channel else {"type": "link", "url": match.group()}
        )
        position = match.end()
    if position < len(text) or not elements:
        elements.append(styled(text[position:]))
    return elements


def section(*elements: Json) -> Json:
    """Return a paragraph of rich text."""
    return {"type": "rich_text_section", "elements": list(elements)}


def quotation(*elements: Json) -> Json:
    """Return a quotation."""
    return {"type": "rich_text_quote", "elements": list(elements)}


def preformatted(*elements: Json) -> Json:
    """Return a text to copy as it is."""
    return {"type": "rich_text_preformatted", "elements": list(elements)}


def rich(part: Json) -> Json:
    """Return the block that holds one of the above."""
    return {"type": "rich_text", "elements": [part]}


def context(text: str) -> Json:
    """Return small print.

    Args:
        text: escaped, at most 3,000 characters.
    """
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text, "verbatim": True}]}
