"""Turns message events into the coded posts the ledger keeps."""

from collections.abc import Iterable

from bot.balance.event import Change, MessageEvent
from bot.balance.facts import Facts
from bot.balance.identity import Member
from bot.balance.instant import NEVER, instant
from bot.balance.post import Post, Version
from bot.storage.keyring import Keyring
from bot.storage.members import StoredMember


def author_of(event: MessageEvent) -> Member:
    """Return who wrote the message."""
    return Member(event.platform, event.author)


def message_code(keyring: Keyring, event: MessageEvent) -> bytes:
    """Return the coded id of the message an event is about."""
    return keyring.message(event.community, event.platform, event.channel, event.message)


def coded(
    keyring: Keyring, event: MessageEvent, message: bytes, author: StoredMember, facts: Facts | None
) -> Post:
    """Return what an event says about its message, in coded ids.

    Args:
        keyring: codes the ids.
        event: the event.
        message: the coded id of the message.
        author: who wrote the message.
        facts: what is kept of its content; None for a deletion.
    """
    at = instant(event.at)
    parent = event.reply_to_message
    deleted = event.change is Change.DELETED
    return Post(
        message=message,
        channel=keyring.channel(event.community, event.channel),
        posted=at if event.change is Change.POSTED else NEVER,
        parent=keyring.message(event.community, event.platform, event.channel, parent) if parent else None,
        version=Version(event.change is not Change.POSTED, at, _digest(keyring, event)),
        facts=None if deleted else facts,
        answered=None if deleted else _target(keyring, event, author, [event.reply_to_author]),
        mentioned=None if deleted else _target(keyring, event, author, event.mentions),
        deleted=deleted,
    )


def _target(
    keyring: Keyring, event: MessageEvent, author: StoredMember, people: Iterable[str | None]
) -> bytes | None:
    """Return the code of the first person who is somebody else, where the member lets it be kept."""
    if not author.widen_circle:
        return None
    for person in people:
        if person and person != event.author:
            return keyring.target(author.code, Member(event.platform, person))
    return None


def _digest(keyring: Keyring, event: MessageEvent) -> bytes:
    return keyring.digest(
        event.change.value,
        event.text,
        event.reply_to_message or "",
        event.reply_to_author or "",
        str(event.attachments),
        *event.mentions,
    )
