"""The coach's answer before a platform gives it a shape.

Texts in a card are plain: no markup of any platform. A renderer escapes them, so that nothing a
member wrote can ping anybody, unfurl or change the layout.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.rules.finding import Severity
from bot.summaries.chart import Chart
from bot.text.draft import Draft
from bot.text.spans import Span

MASK = "•"
"""Stands for every character of a secret wherever a draft is quoted back."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The first line of a card."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A few plain sentences."""

    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """An aside in small print."""

    text: str


@dataclass(frozen=True, slots=True)
class QuotedDraft:
    """The member's own draft with the evidence marked.

    Attributes:
        text: the draft; every secret already replaced by `MASK`, one for each code point.
        evidence: what the findings shown beside it point at; offsets into `text`.
        masked: whether something was replaced, so that the draft cannot be read back from here.
    """

    text: str
    evidence: tuple[Span, ...]
    masked: bool = False


@dataclass(frozen=True, slots=True)
class Tip:
    """One finding as a member reads it.

    Attributes:
        number: counts from 1 in the order shown.
        rule: the rule's id.
        severity: how grave it is.
        message: what was noticed.
        advice: what to do.
    """

    number: int
    rule: str
    severity: Severity
    message: str
    advice: str


@dataclass(frozen=True, slots=True)
class ReadyToCopy:
    """A text the member may want to copy as it is."""

    text: str


@dataclass(frozen=True, slots=True)
class ConsentOffer:
    """The question whether posts may be counted, asked only inside an answer the member started.

    Attributes:
        channels: platform ids of the channels that are recorded in the community where it is asked;
            empty where none is. An agreement holds in every community, so the words say so.
        days: how long an entry is kept.
        again: whether the member agreed to earlier words, under which nothing is counted any more.
    """

    channels: tuple[str, ...]
    days: int
    again: bool = False

    def words(self, channel_names: Sequence[str]) -> str:
        """Return the question, naming each channel as the platform writes it.

        Args:
            channel_names: one name for each of `channels`, ready for the platform.
        """
        counted = (
            f"May I count your future posts in {_listed(channel_names)}, and in the channels that your other "
            "communities with me chose for it?"
            if channel_names
            else "May I count the posts you tell me about, and your future posts in the channels that your "
            "communities chose for it?"
        )
        changed = "What I keep has changed since you agreed, so I've stopped counting. " if self.again else ""
        return f"{changed}{counted} {self.terms}"

    @property
    def terms(self) -> str:
        """Return what a member agrees to."""
        return (
            "I keep the time, the type, the channel and coded ids, and how many drafts you "
            f"check, never the words, for {self.days} days. Administrators can't see it in the app; "
            "whoever runs me technically could. "
            "You can stop or erase it at any time. If you are under your country's age of consent, "
            "please say no."
        )


def _listed(names: Sequence[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart: an image with its text alternative where the platform shows images, lines elsewhere."""

    chart: Chart


Block = Heading | Paragraph | Note | QuotedDraft | Tip | ReadyToCopy | ConsentOffer | Drawing


class Action(StrEnum):
    """What a button does.

    Four are the adapter's: `AGAIN` opens the draft for editing, `TRY` opens an empty window for one,
    `SITES` opens the member's own sites for editing and `QUIET` their quiet hours, each where the platform
    has windows.
    """

    APPLY = "apply"
    AGAIN = "again"
    MORE = "more"
    WHY = "why"
    DONE = "done"
    LATER = "later"
    MUTE = "mute"
    UNMUTE = "unmute"
    SET = "set"
    POSTED = "posted"
    CONSENT_YES = "consent-yes"
    CONSENT_NO = "consent-no"
    OWN = "own"
    NOT_OWN = "not-own"
    CORRECT = "correct"
    AS_REPLY = "as-reply"
    AS_DIRECT = "as-direct"
    TRY = "try"
    SITES = "sites"
    QUIET = "quiet"
    BALANCE = "balance"
    SETTINGS = "settings"
    EXPORT = "export"
    FORGET = "forget"


@dataclass(frozen=True, slots=True)
class Button:
    """One button.

    Attributes:
        action: what it does.
        label: what it says, at most 40 characters.
        argument: a rule id for `MUTE` and `UNMUTE`, for `DONE` and `LATER` with what was set aside
            before (`adapters.kit.aside`); what was set aside for `MORE`; `widen-circle=on` and the like
            for `SET`; the number of the draft's own place for `OWN` and `NOT_OWN`; a number and the
            code of a post for `CORRECT`; `posted` for a consent asked by "I posted this"; `sure` for a
            confirmed `FORGET`; empty otherwise.
        primary: the one a renderer may emphasise.
    """

    action: Action
    label: str
    argument: str = ""
    primary: bool = False


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a card.

    Attributes:
        name: the file's name.
        content: its bytes.
        description: the text alternative.
    """

    name: str
    content: bytes
    description: str


@dataclass(frozen=True, slots=True)
class Card:
    """One private answer.

    Attributes:
        blocks: what it says, top to bottom.
        buttons: what can be done next.
        draft: the draft the buttons act on; the adapter keeps it on the platform's own message or in
            memory for at most 15 minutes, never in the database.
        attachment: a file, such as an export.
        secret: whether the draft holds a secret: then the adapter keeps it in memory only, and never in
            a button or a message of its own.
        replaces: whether it takes the place of the answer whose button was pressed, where the platform
            can do that.
    """

    blocks: tuple[Block, ...]
    buttons: tuple[Button, ...] = ()
    draft: Draft | None = None
    attachment: Attachment | None = None
    secret: bool = False
    replaces: bool = False


def masked(text: str, secrets: Sequence[Span]) -> str:
    """Return `text` with every code point inside `secrets` replaced; offsets stay the same."""
    characters = list(text)
    for start, end in secrets:
        characters[start:end] = MASK * (min(end, len(characters)) - start)
    return "".join(characters)
