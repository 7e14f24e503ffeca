"""Reads a message in memory and keeps a few facts of it: where its words are let go."""

from bot.balance.event import MessageEvent
from bot.balance.facts import Facts, facts_of
from bot.balance.fingerprint import fingerprint_of
from bot.model.opinion import Reader
from bot.text.draft import Author, Draft, ReplyTo
from bot.text.kind import Kind
from bot.text.read import read


class PostReader:
    """Tells the facts of posts by the same reader that checks drafts.

    Args:
        reader: scores kinds.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def facts(self, draft: Draft, key: bytes, attachments: int = 0) -> Facts:
        """Return what the ledger keeps of a draft or a message.

        Args:
            draft: what was written, and where.
            key: the key of the author's fingerprints.
            attachments: how many files or images it carries.
        """
        reading = read(draft)
        kinds = self._reader.kinds(reading)
        kind = max(Kind, key=lambda kind: kinds.get(kind, 0.0))
        return facts_of(reading, kind, attachments, fingerprint_of(reading, key))


def draft_of(event: MessageEvent, own_sites: tuple[str, ...]) -> Draft:
    """Return a message as the draft it was.

    Args:
        event: the message.
        own_sites: what its author registered as their own.
    """
    reply = event.reply_to_message or event.reply_to_author
    return Draft(
        text=event.text,
        reply_to=ReplyTo(event.reply_to_author, event.reply_to_text) if reply else None,
        author=Author(event.author, own_domains=own_sites),
    )
