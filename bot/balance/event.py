"""A message event as a platform or an export gives it: text in memory only."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Change(StrEnum):
    """What happened to the message."""

    POSTED = "posted"
    EDITED = "edited"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class MessageEvent:
    """One event about one message (contract.md, "The ledger from the shell").

    The text is read in memory to classify the message and then dropped; it is never stored.

    Attributes:
        platform: `discord`, `slack` or `terminal`.
        community: the ledger it belongs to: `PLATFORM:ID` or an imported community's name.
        channel: the platform's channel id.
        author: the platform's user id, as in `Member.id`.
        message: the platform's message id, unique within platform, community and channel.
        at: the time of the event, with a time zone; for an edit, the time of the edit.
        text: the message's text; empty for a deletion.
        change: posted, edited or deleted.
        reply_to_message: the id of the message it answers, in the same channel.
        reply_to_author: who wrote that message, as in `Member.id`.
        mentions: members mentioned in the text, in order, as in `Member.id`.
        attachments: how many files or images it carries.
        bot: bots, webhooks, system and proxied messages; ignored.
        reply_to_text: what was answered, where it is known; in memory only, helps to tell the kind.
        posted_at: when the message was posted, where what came after it tells that.
    """

    platform: str
    community: str
    channel: str
    author: str
    message: str
    at: datetime
    text: str = ""
    change: Change = Change.POSTED
    reply_to_message: str | None = None
    reply_to_author: str | None = None
    mentions: tuple[str, ...] = ()
    attachments: int = 0
    bot: bool = False
    reply_to_text: str = ""
    posted_at: datetime | None = None
