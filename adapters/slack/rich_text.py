"""A message's rich-text blocks, read into the text a member sees.

Clients send what was typed as `rich_text` blocks beside the older `text`; only the blocks tell code
from text with backticks in it, and a quotation from a line that starts with an angle bracket.
Source: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block
"""

from collections.abc import Mapping, Sequence
from typing import Any

from adapters.slack.markup import SOMEONE, link_text

_FENCE = "```"


class _UnknownElementError(Exception):
    """An element this reader does not know; the caller falls back to the message's `text`."""


def written(blocks: Sequence[Mapping[str, Any]], names: Mapping[str, str] | None = None) -> str | None:
    """Return what was typed; None where the blocks are not, or not only, rich text we can read.

    Code keeps its backticks and a quotation its `> `, so that they are not judged as the author's
    own words.

    Args:
        blocks: the message's blocks.
        names: the name of each member, channel and group mentioned that is known, by id.
    """
    if not blocks or any(block.get("type") != "rich_text" for block in blocks):
        return None
    try:
        parts = [_part(element, names or {}) for block in blocks for element in block.get("elements", ())]
    except (_UnknownElementError, AttributeError, TypeError, ValueError):  # or a known one in a new shape
        return None
    return "\n".join(part.removesuffix("\n") for part in parts)


def _part(part: Mapping[str, Any], names: Mapping[str, str]) -> str:
    match part.get("type"):
        case "rich_text_section":
            return _inline(part, names)
        case "rich_text_preformatted":
            return f"{_FENCE}\n{_inline(part, names)}\n{_FENCE}"
        case "rich_text_quote":
            return "\n".join(f"> {line}" for line in _inline(part, names).split("\n"))
        case "rich_text_list":
            return _list(part, names)
        case _:
            raise _UnknownElementError


def _list(part: Mapping[str, Any], names: Mapping[str, str]) -> str:
    indent = "    " * int(part.get("indent", 0))
    first = int(part.get("offset", 0)) + 1
    lines: list[str] = []
    for number, element in enumerate(part.get("elements", ()), first):
        bullet = f"{number}." if part.get("style") == "ordered" else "•"
        lines.append(f"{indent}{bullet} {_part(element, names)}")
    return "\n".join(lines)


def _inline(part: Mapping[str, Any], names: Mapping[str, str]) -> str:
    return "".join(_element(element, names) for element in part.get("elements", ()))


def _element(element: Mapping[str, Any], names: Mapping[str, str]) -> str:
    match element.get("type"):
        case "text":
            text = str(element.get("text", ""))
            return f"`{text}`" if element.get("style", {}).get("code") and "`" not in text else text
        case "link":
            return link_text(str(element.get("url", "")), str(element.get("text", "")))
        case "emoji":
            return _emoji(element)
        case "color":
            return str(element.get("value", ""))
        case "date":
            return str(element.get("fallback", ""))
        case _:
            return _mention(element, names)


def _mention(element: Mapping[str, Any], names: Mapping[str, str]) -> str:
    match element.get("type"):
        case "user":
            return f"@{names.get(str(element.get('user_id')), SOMEONE)}"
        case "channel":
            return f"#{names.get(str(element.get('channel_id')), 'channel')}"
        case "usergroup":
            return f"@{names.get(str(element.get('usergroup_id')), 'group')}"
        case "broadcast":
            return f"@{element.get('range', 'channel')}"
        case _:
            raise _UnknownElementError


def _emoji(element: Mapping[str, Any]) -> str:
    """Return the emoji itself; a workspace's own ones have no character and stay a code."""
    try:
        return "".join(chr(int(point, 16)) for point in str(element["unicode"]).split("-"))
    except (KeyError, ValueError, OverflowError):
        return f":{element.get('name', '')}:"
