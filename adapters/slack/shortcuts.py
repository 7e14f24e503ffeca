"""What a shortcut on a message or anywhere in Slack is about; pure.

Payloads: https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload
"""

from collections.abc import Mapping
from typing import Any

from adapters.slack import translate
from bot.text.draft import ReplyTo, Surface

CHECK_POST = "checkpost.post"
CHECK_REPLY = "checkpost.reply"
CHECK_DRAFT = "checkpost.draft"

Payload = Mapping[str, Any]


def is_own(body: Payload) -> bool:
    """Tell whether a shortcut was used on a message of one's own."""
    message: Payload = body["message"]
    return message.get("user") == body["user"]["id"] and not message.get("bot_id")


def surface_of(body: Payload) -> Surface:
    """Return what kind of post the message is."""
    message: Payload = body["message"]
    if str(body["channel"]["id"]).startswith("D"):
        return Surface.DIRECT
    thread = message.get("thread_ts")
    return Surface.REPLY if thread is not None and thread != message["ts"] else Surface.CHANNEL


def answered(body: Payload, names: Mapping[str, str]) -> ReplyTo:
    """Return the message as the one a draft will answer.

    Args:
        body: a shortcut's payload.
        names: the display name of each mentioned member that is known, by user id.
    """
    message: Payload = body["message"]
    user = message.get("user")
    author = f"{translate.team_of(body)}/{user}" if user else None
    return ReplyTo(author, translate.seen_text(message, names))
