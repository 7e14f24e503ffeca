"""Deletions that come before their post, and say nothing of whose it is: they win whatever comes later."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from bot.balance.post import Post, merged
from bot.storage.posts import Entry
from bot.storage.unit_of_work import UnitOfWork


async def settled(
    work: UnitOfWork, fresh: Sequence[Entry], gone: Iterable[bytes], at: int
) -> tuple[list[Entry], int]:
    """Remember deletions of what nobody heard of, and apply those remembered before.

    Call `work.tombstones.wait` first: two processes may hear of a post and of its deletion at once.

    Args:
        work: the transaction.
        fresh: what is about to be merged into the ledger.
        gone: the coded ids of deleted messages whose author is not known.
        at: when, in microseconds since 1970 in UTC.

    Returns:
        What to merge, posts that were deleted before they came among them, as deleted; and how many of
        the deletions were news.
    """
    wanted = set(gone)
    recorded = await work.posts.known(wanted) if wanted else {}
    late = [replace(entry, post=_deleted(entry.post)) for entry in recorded.values()]
    coming = {entry.post.message for entry in fresh}
    new = await work.tombstones.remember(wanted - recorded.keys() - coming, at)
    early = await work.tombstones.among(coming) | (wanted & coming)
    await work.tombstones.drop(early)
    return [*(_retracted(entry) if entry.post.message in early else entry for entry in fresh), *late], new


def _retracted(entry: Entry) -> Entry:
    return replace(entry, post=merged(entry.post, _deleted(entry.post)))


def _deleted(post: Post) -> Post:
    return Post(message=post.message, channel=post.channel, deleted=True)
