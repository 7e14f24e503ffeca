"""One message as the ledger knows it, and how news about it is merged in."""

from dataclasses import dataclass, replace

from bot.balance.facts import Act, Facts
from bot.balance.instant import NEVER
from bot.text.kind import Kind


@dataclass(frozen=True, slots=True, order=True)
class Version:
    """Which of two contents of a message is the later one.

    An edit is later than the posting whatever their clocks say; of two edits the later one, and at
    equal times the one with the greater digest (contract.md, "The arithmetic is exact").

    Attributes:
        edited: whether it came with an edit.
        at: its moment, in microseconds since 1970 in UTC.
        digest: a keyed digest of the event.
    """

    edited: bool
    at: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class Correction:
    """A member's own word on the kind of a post; a later edit of the post is judged anew.

    Attributes:
        kind: the kind the member says the post is.
        at: when they said so, in microseconds since 1970 in UTC.
    """

    kind: Kind
    at: int


@dataclass(frozen=True, slots=True)
class Post:
    """One message of one member: everything the ledger knows, and nothing of its words.

    Attributes:
        message: the coded id of the message.
        channel: the ledger's number of the channel.
        posted: when it was posted, in microseconds since 1970 in UTC; `NEVER` while only an edit or a
            deletion was seen, and then the post does not count: nobody knows when it was posted.
        parent: the coded id of the message it answers.
        version: the latest version of the content that was heard of.
        facts: what is kept of that content; None where there is none or it was deleted.
        answered: the coded id of the person it answers; None while `widen-circle` is off.
        mentioned: the coded id of the first person its content mentions; None while `widen-circle` is off.
        deleted: it was deleted, which is final.
        correction: the member's own correction, if any.
        claimed: the member said "I posted this" and no observed copy was seen.
    """

    message: bytes
    channel: int
    posted: int = NEVER
    parent: bytes | None = None
    version: Version | None = None
    facts: Facts | None = None
    answered: bytes | None = None
    mentioned: bytes | None = None
    deleted: bool = False
    correction: Correction | None = None
    claimed: bool = False

    @property
    def kind(self) -> Kind | None:
        """Return what the post is now: the member's correction, unless a later edit came after it."""
        if self.facts is None:
            return None
        if self.correction and not (
            self.version and self.version.edited and self.version.at > self.correction.at
        ):
            return self.correction.kind
        return self.facts.kind

    @property
    def otherwise(self) -> Kind:
        """Return what the post counts as if its author says that it is no promotion.

        The reader's second choice where its first was promotion, and its first one where that was not.
        """
        facts = self.facts
        if facts is None or facts.act is None or facts.kind is Kind.NEUTRAL:
            return Kind.NEUTRAL
        return Kind.ENGAGEMENT

    @property
    def is_promotion(self) -> bool:
        """Tell whether the post is promotion now; in a language nobody here reads, nothing is."""
        return self.facts is not None and not self.facts.unread and self.kind is Kind.PROMOTION

    @property
    def act(self) -> Act | None:
        """Return what the post does for somebody else; None unless it is engagement.

        An edit may come without word of what the post answers, so the posting's word is kept.
        """
        if self.facts is None or self.kind is not Kind.ENGAGEMENT:
            return None
        act = self.facts.act or Act.OTHER
        return Act.ANSWERING if self.parent and act in {Act.SHARING, Act.OTHER} else act

    @property
    def target(self) -> bytes | None:
        """Return the one person the post counts for: the one answered, else the first one mentioned."""
        return self.answered or self.mentioned

    @property
    def counts(self) -> bool:
        """Tell whether the post stands: its posting was seen, and no deletion."""
        return self.facts is not None and self.posted != NEVER


def merged(first: Post, second: Post) -> Post:
    """Return one post that knows what two records of the same message know.

    The merge is commutative, associative and idempotent, so events may come in any order, any
    number of times, in any grouping.
    """
    origin = _earlier_origin(first, second)
    content = _later_content(first, second)
    deleted = first.deleted or second.deleted
    return replace(
        first,
        posted=origin.posted,
        parent=origin.parent,
        version=content.version,
        facts=None if deleted else content.facts,
        answered=None if deleted else origin.answered,
        mentioned=None if deleted else content.mentioned,
        deleted=deleted,
        correction=None if deleted else _later_correction(first.correction, second.correction),
        claimed=first.claimed and second.claimed,
    )


def _earlier_origin(first: Post, second: Post) -> Post:
    if first.posted != second.posted:
        return first if first.posted < second.posted else second
    if (first.parent or b"", first.answered or b"") >= (second.parent or b"", second.answered or b""):
        return first
    return second


def _later_content(first: Post, second: Post) -> Post:
    if first.version is None or second.version is None:
        return second if first.version is None else first
    return first if first.version >= second.version else second


def _later_correction(first: Correction | None, second: Correction | None) -> Correction | None:
    if first is None or second is None:
        return second if first is None else first
    return max(first, second, key=lambda correction: (correction.at, correction.kind.value))
