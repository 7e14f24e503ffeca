"""What a member hands to the coach before posting it: the draft and where it is meant to go."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

_BLANKS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs that show nothing: the Hangul fillers and the empty Braille pattern."""


class Surface(StrEnum):
    """Where the draft is meant to be posted."""

    CHANNEL = "channel"
    REPLY = "reply"
    DIRECT = "direct"


@dataclass(frozen=True, slots=True)
class ReplyTo:
    """The post a draft answers.

    Attributes:
        author: the answered member's id on the platform; None where it is not known.
        text: what was answered; empty where it is not known.
    """

    author: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Author:
    """What the coach may know about the writer of the draft.

    Attributes:
        id: the writer's id on the platform; None where it is not known.
        display_name: the name other members see; None silences `real-name`.
        own_domains: sites, accounts and invites the writer registered as their own, such as
            `ana.example`, `github.com/ana` or `discord.gg/abc`.
    """

    id: str | None = None
    display_name: str | None = None
    own_domains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """The writer's record over the balance window, this draft not included.

    Every field may be None: an absent field silences the rules that need it and never means zero
    (spec: contract.md, "A draft").

    Attributes:
        posts: how many posts counted.
        promotion: how many of them were promotion.
        engagement: how many of them were engagement.
        directed: how many were directed at somebody (reply or mention).
        people: how many directed posts went to each person, by an opaque key.
        shares_of_others: how many shared or credited somebody else's work.
        recent: texts the writer recently posted elsewhere, for finding near-repeats.
        repeats_recent: whether a keyed fingerprint of this draft matched a recent post; for the
            ledger, which keeps no text. None where that is not known.
    """

    posts: int | None = None
    promotion: int | None = None
    engagement: int | None = None
    directed: int | None = None
    people: Mapping[str, int] | None = None
    shares_of_others: int | None = None
    recent: tuple[str, ...] = ()
    repeats_recent: bool | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """One draft, as every adapter hands it to the coach.

    Attributes:
        text: the draft as written, in code points; never stored and never logged.
        surface: where it is meant to go. `reply_to` implies REPLY unless the surface is DIRECT.
        reply_to: the post it answers, if any.
        author: what is known about the writer.
        history: the writer's record; None silences the rules about the record.
    """

    text: str
    surface: Surface = Surface.CHANNEL
    reply_to: ReplyTo | None = None
    author: Author = field(default_factory=Author)
    history: History | None = None

    def __post_init__(self) -> None:
        """Make a draft that answers somebody a reply, unless it is a direct message."""
        if self.reply_to is not None and self.surface is not Surface.DIRECT:
            object.__setattr__(self, "surface", Surface.REPLY)


def is_blank(text: str) -> bool:
    """Tell whether a reader would see nothing: spaces, control and zero-width characters only."""
    return all(
        character.isspace() or character in _BLANKS or unicodedata.category(character) in {"Cc", "Cf"}
        for character in text
    )
