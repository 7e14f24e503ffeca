"""What the ledger keeps of a post's content: a handful of facts, never a word of it."""

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.text.accounts import is_shortened
from bot.text.draft import Surface
from bot.text.kind import Kind
from bot.text.masking import blank, emoji_code_spans
from bot.text.reading import Reading
from bot.text.tokens import find_words

WORDS_THAT_COUNT = 3
"""A post of fewer words, without a link or an attachment, is filler (contract.md)."""

_THANKS = frozenset(
    "thanks thank thx thanx ty tysm cheers grateful appreciate appreciated congrats congratulations kudos "
    "welcome bravo".split()
)
_CREDIT = re.compile(
    r"\b(?:credit(?:s)?\s+(?:to|goes)|shout[\s-]?out\s+to|hat\s+tip|h/t|props\s+to|kudos\s+to|"
    r"(?:written|made|built|drawn|recorded|posted|shared|found|recommended)\s+by\s+(?!me\b|us\b|my\b|our\b)|via\s+@)",
    re.IGNORECASE,
)
_CREDITED = ("credit", "shout", "tip", "h/t", "props", "kudos", "by", "via")
"""One of these stands in whatever `_CREDIT` finds, and is found far sooner."""

_OPENING_WORDS = 12


class Act(StrEnum):
    """What an engaging post does for somebody else (issue of the balance: "What counts")."""

    ASKING = "asking"
    ANSWERING = "answering"
    THANKING = "thanking"
    SHARING = "sharing"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is kept of one version of a post's content.

    Attributes:
        kind: what the post is for.
        act: what it does for somebody else; None unless it is engagement, or promotion that would be
            engagement if the member says that it is no promotion.
        substance: it has three words, a link or an attachment; without them it is filler.
        shares_others: it shares or credits somebody else's work.
        unread: it is in a language the engine does not read.
        fingerprint: the keyed fingerprint of its text; None where there is too little text.
    """

    kind: Kind
    act: Act | None = None
    substance: bool = True
    shares_others: bool = False
    unread: bool = False
    fingerprint: bytes | None = None


def facts_of(
    reading: Reading,
    kind: Kind,
    attachments: int = 0,
    fingerprint: bytes | None = None,
    *,
    otherwise: Kind = Kind.NEUTRAL,
) -> Facts:
    """Return what the ledger keeps of a post.

    Args:
        reading: the post, taken apart.
        kind: its kind, by the same reader that the check of a draft uses.
        attachments: how many files or images it carries.
        fingerprint: the keyed fingerprint of its text.
        otherwise: what it would be, according to that reader, if it is no promotion.
    """
    shares = _shares_others(reading, kind)
    return Facts(
        kind=kind,
        act=_act(reading, shares=shares)
        if Kind.ENGAGEMENT in {kind, otherwise} and kind is not Kind.NEUTRAL
        else None,
        substance=bool(attachments or reading.links) or len(ledger_words(reading)) >= WORDS_THAT_COUNT,
        shares_others=shares,
        unread=not reading.language.read,
        fingerprint=fingerprint,
    )


def ledger_words(reading: Reading) -> tuple[str, ...]:
    """Return the words the ledger counts: outside links, mentions and emoji codes only.

    Code and quotations count here, unlike in the words that rules judge (contract.md, "Filler").
    """
    text = spoken(reading)
    return reading.words if text == reading.prose else find_words(text)


def spoken(reading: Reading) -> str:
    """Return the text with links, mentions and emoji codes blanked."""
    if reading.prose == reading.draft.text:
        return reading.prose  # nothing is blanked
    text = blank(reading.draft.text, [*(link.span for link in reading.links), *reading.mentions])
    return blank(text, emoji_code_spans(text))


def _shares_others(reading: Reading, kind: Kind) -> bool:
    lower = reading.draft.text.lower()
    if any(cue in lower for cue in _CREDITED) and _CREDIT.search(reading.draft.text):
        return True
    if not reading.links:
        return False
    # In a promotion a link is the author's own unless somebody is credited, registered or not; and a
    # shortened one may be anybody's.
    own = {link.span for link in reading.own_links}
    return kind is not Kind.PROMOTION and any(
        link.span not in own and not is_shortened(link) for link in reading.links
    )


def _act(reading: Reading, *, shares: bool) -> Act:
    if not _THANKS.isdisjoint(map(str.lower, reading.words[:_OPENING_WORDS])):
        return Act.THANKING
    if "?" in reading.prose or "？" in reading.prose:
        return Act.ASKING
    if reading.draft.surface is Surface.REPLY:
        return Act.ANSWERING
    return Act.SHARING if shares else Act.OTHER
