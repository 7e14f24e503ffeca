"""Slack's markup: read into the text a member sees, and written so that nothing in it acts.

Reading it is shared with the import of Slack's exports (`bot/text/slack_markup.py`).
"""

from bot.text.slack_markup import SOMEONE, link_text, mentioned, plain, unescape

__all__ = ["SOMEONE", "escape", "link_text", "mentioned", "plain", "unescape"]


def escape(text: str) -> str:
    """Return `text` so that Slack shows it as it stands: no mention, no link, no command."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
