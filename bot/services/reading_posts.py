"""Reads a message in memory and keeps a few facts of it: where its words are let go."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import NamedTuple

from bot.balance.event import MessageEvent
from bot.balance.facts import Facts, facts_of
from bot.balance.fingerprint import fingerprint_of
from bot.model.opinion import Reader
from bot.text.draft import Author, Draft, ReplyTo
from bot.text.kind import Kind
from bot.text.read import read
from bot.text.reading import Reading


class Written(NamedTuple):
    """A draft or a message to be read for the ledger.

    Attributes:
        draft: what was written, and where.
        key: the key of the author's fingerprints.
        attachments: how many files or images it carries.
    """

    draft: Draft
    key: bytes
    attachments: int = 0


_KINDS = tuple(Kind)

ReadPosts = Callable[[Sequence[Written]], Awaitable[Sequence[Facts]]]
"""Tells what the ledger keeps of each post, in order, while everything else goes on."""


class PostReader:
    """Tells the facts of posts by the same reader that checks drafts.

    Args:
        reader: scores kinds.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def facts(self, posts: Sequence[Written]) -> list[Facts]:
        """Return what the ledger keeps of each draft or message; many at once cost less than one by one."""
        readings = [read(post.draft) for post in posts]
        scored = self._reader.kinds(readings)
        return [
            _facts(post, reading, kinds) for post, reading, kinds in zip(posts, readings, scored, strict=True)
        ]


def in_thread(reader: Reader) -> ReadPosts:
    """Return what reads posts in a thread of this process."""
    facts = PostReader(reader).facts

    async def read_posts(posts: Sequence[Written]) -> Sequence[Facts]:
        return await asyncio.to_thread(facts, posts)

    return read_posts


def _facts(post: Written, reading: Reading, kinds: Mapping[Kind, float]) -> Facts:
    engages = kinds.get(Kind.ENGAGEMENT, 0.0) > kinds.get(Kind.NEUTRAL, 0.0)
    return facts_of(
        reading,
        max(_KINDS, key=lambda kind: kinds.get(kind, 0.0)),
        post.attachments,
        fingerprint_of(reading, post.key),
        otherwise=Kind.ENGAGEMENT if engages else Kind.NEUTRAL,
    )


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
