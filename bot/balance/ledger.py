"""Folds what is known about messages into posts: any order, any number of times, one result."""

from collections.abc import Iterable, Mapping

from bot.balance.post import Post, merged


def fold(records: Iterable[Post], start: Mapping[bytes, Post] | None = None) -> dict[bytes, Post]:
    """Return the posts by coded message id, every record of a message merged into one.

    Args:
        records: what single events say about messages.
        start: posts folded before.
    """
    posts = dict(start or {})
    for record in records:
        known = posts.get(record.message)
        posts[record.message] = record if known is None else merged(known, record)
    return posts
