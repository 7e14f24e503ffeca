"""Decides which posts of a member count, and as what."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from bot.balance.fingerprint import Repeats
from bot.balance.post import Post
from bot.text.kind import Kind

_DEEPEST = 1_000
"""A chain of replies longer than this is followed no further."""


class Standing(StrEnum):
    """Whether a post counts, and if not, why not."""

    COUNTED = "counted"
    FILLER = "filler"
    EXEMPT = "exempt"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Judged:
    """A post with everything decided but the near-repeats, which depend on the window.

    Attributes:
        post: the post; it counts as posted and not deleted.
        kind: what it is now.
        standing: whether it counts, near-repeats aside.
        repeats: when the latest earlier post that it nearly repeats was posted, in microseconds
            since 1970 in UTC; None where it repeats nothing. Always None for promotion.
    """

    post: Post
    kind: Kind
    standing: Standing
    repeats: int | None = None

    def standing_after(self, start: int) -> Standing:
        """Return the standing in a window that starts after `start`.

        A near-repeat is filler while the post it repeats is in the window too.
        """
        if self.standing is Standing.COUNTED and self.repeats is not None and self.repeats > start:
            return Standing.FILLER
        return self.standing


def judged(
    posts: Iterable[Post],
    parents: Mapping[bytes, bytes | None] | None = None,
    exempt: AbstractSet[int] = frozenset(),
    promotions: AbstractSet[bytes] = frozenset(),
) -> tuple[Judged, ...]:
    """Judge one member's posts in one community, in the order they were posted.

    Args:
        posts: the member's posts, those of the window at least; others are skipped if they do not stand.
        parents: what else is known of who answers what: for a coded message id the one it answers,
            posts of other members and older ones of this member included.
        exempt: the channels the community exempted.
        promotions: coded ids of this member's promotion before the given posts.
    """
    ordered = sorted(posts, key=lambda post: (post.posted, post.message))
    standing = [post for post in ordered if post.counts]
    links: dict[bytes, bytes | None] = {**(parents or {}), **{post.message: post.parent for post in ordered}}
    own = {post.message for post in standing if post.is_promotion} | promotions
    repeats = Repeats()
    result: list[Judged] = []
    for post in standing:
        kind = post.kind or Kind.NEUTRAL
        fingerprint = post.facts.fingerprint if post.facts else None
        earlier = repeats.latest(fingerprint, post.posted)
        result.append(
            Judged(
                post,
                kind,
                _standing(post, kind, links, own, exempt),
                None if kind is Kind.PROMOTION else earlier,
            )
        )
    return tuple(result)


def _standing(
    post: Post,
    kind: Kind,
    links: Mapping[bytes, bytes | None],
    own: AbstractSet[bytes],
    exempt: AbstractSet[int],
) -> Standing:
    if post.channel in exempt:
        return Standing.EXEMPT
    if post.facts is None or post.facts.unread:
        return Standing.UNREAD
    if kind is Kind.PROMOTION:
        return Standing.COUNTED
    if not post.facts.substance or _beneath(post.parent, links, own):
        return Standing.FILLER
    return Standing.COUNTED


def _beneath(parent: bytes | None, links: Mapping[bytes, bytes | None], own: AbstractSet[bytes]) -> bool:
    for _ in range(_DEEPEST):
        if parent is None or not own:
            return False
        if parent in own:
            return True
        parent = links.get(parent)
    return False
