"""Slack's markup, read into the text a member sees.

Source: https://docs.slack.dev/messaging/formatting-message-text ("Escaping text", "Advanced
formatting"): `&`, `<` and `>` are the only control characters; what stands in angle brackets is a
mention, a channel, a link or a command such as `<!here>`. Slack's events and its exports share it.
"""

import re
from collections.abc import Mapping

from bot.text.links import find_links

SOMEONE = "someone"
"""Stands for a member whose name is not known; the workspace did not let us look it up."""

_ANGLE = re.compile(r"<([^<>\n]{1,3000})>")
_USER = re.compile(r"<@([UW][A-Z0-9]{1,20})(?:\|[^<>\n]{0,80})?>")
_SPECIAL = {"here": "@here", "channel": "@channel", "everyone": "@everyone"}
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


def unescape(text: str) -> str:
    """Return `text` with Slack's three entities read."""
    for entity, character in _ENTITIES:
        text = text.replace(entity, character)
    return text


def mentioned(text: str) -> tuple[str, ...]:
    """Return the ids of the members mentioned in a message's `text`, in order, each once."""
    return tuple(dict.fromkeys(match.group(1) for match in _USER.finditer(text)))


def plain(text: str, names: Mapping[str, str] | None = None) -> str:
    """Return a message's `text` as its reader sees it.

    Args:
        text: with Slack's markup and entities.
        names: the display name of each mentioned member that is known, by user id.
    """
    known = names or {}
    pieces: list[str] = []
    position = 0
    for match in _ANGLE.finditer(text):
        pieces.append(unescape(text[position : match.start()]))
        pieces.append(_shown(match.group(1), known))
        position = match.end()
    pieces.append(unescape(text[position:]))
    return "".join(pieces)


def link_text(url: str, label: str) -> str:
    """Return a link as text that keeps both what is seen and where it leads.

    Args:
        url: where it leads, entities read.
        label: what is seen; empty where that is the address itself.
    """
    address = url.removeprefix("mailto:").removeprefix("tel:")
    if not label or label == address:
        return address
    if _bare(label) == _bare(address) and (address != url or find_links(label)):
        return label
    return f"{label} ({address})"


def _bare(address: str) -> str:
    return address.partition("://")[2].rstrip("/") if "://" in address else address.rstrip("/")


def _shown(inner: str, names: Mapping[str, str]) -> str:
    target, _, label = inner.partition("|")
    label = unescape(label)
    match target[:1]:
        case "@":
            return f"@{label or names.get(target[1:], SOMEONE)}"
        case "#":
            return f"#{label or 'channel'}"
        case "!":
            name = target[1:].partition("^")[0]
            return _SPECIAL.get(name, label or f"@{name}")
        case _:
            return link_text(unescape(target), label)
