"""Slack's markup: read into the text a member sees, and written so that nothing in it acts.

Reading it is shared with the import of Slack's exports (`bot/text/slack_markup.py`).
"""

import re

from bot.text.slack_markup import SOMEONE, link_text, mentioned, plain, unescape

__all__ = ["SOMEONE", "escape", "labels", "link_text", "mentioned", "plain", "unescape"]

_LABELLED = re.compile(r"<(?:#|!subteam\^)([A-Z0-9]{1,20})\|[#@]?([^<>\n]{1,80})>")


def labels(text: str) -> dict[str, str]:
    """Return the names of the channels and groups that a message's `text` names, by their ids."""
    return {match[1]: unescape(match[2]) for match in _LABELLED.finditer(text)}


def escape(text: str) -> str:
    """Return `text` so that Slack shows it as it stands: no mention, no link, no command."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
