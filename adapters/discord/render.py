"""From card to Discord's messages; pure.

Words go into the content, which everybody sees, and the member's draft into embeds, where nothing
pings or unfurls. Limits: https://discord.com/developers/docs/resources/message (2,000 characters
of content, 4,096 in an embed's description, 6,000 in all embeds, 25 buttons).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import discord

from adapters.discord.custom_ids import PressId, Source
from adapters.discord.markup import marked, plain, units, unmarked
from adapters.discord.splitting import split
from adapters.kit.card import (
    Action,
    Attachment,
    Block,
    Button,
    Card,
    ConsentOffer,
    Drawing,
    Heading,
    Note,
    Paragraph,
    QuotedDraft,
    ReadyToCopy,
    Tip,
)
from adapters.kit.chart_image import NAME, png
from bot.rules.finding import Severity
from bot.summaries.chart import Chart
from bot.text.draft import ReplyTo, Surface
from bot.text.spans import Span

CONTENT_LIMIT = 2000
DESCRIPTION_LIMIT = 4096
DESCRIPTION_OF_FILE_LIMIT = 1024
EMBEDS_LIMIT = 6000
PIECES_LIMIT = 8
"""Embeds that show a draft at most; Discord takes ten, and others may stand beside them."""

ROW_LIMIT = ROWS_LIMIT = 5
BUTTON_LIMIT = ROW_LIMIT * ROWS_LIMIT
MESSAGES_LIMIT = 6
"""An answer and the 5 follow-ups that Discord allows where only the member installed the coach."""

ANSWERED_TITLE = "What it answers"

_ANSWERED_SHOWN = 1000  # code points of the answered post that are shown, and found again
_ECHO_BUDGET = EMBEDS_LIMIT - 200  # room for a title
_PIECE = 1000  # even if every character needs a backslash, with marks, it fits one embed
_EDGE = "\u200b"  # at both ends of a piece, since Discord takes white space away there
_FENCE = "```"
_COLOUR = 0x5B7DB1
_SIGNS = {Severity.WARNING: "🔸", Severity.SUGGESTION: "🔹", Severity.HINT: "▫️"}


@dataclass(frozen=True, slots=True)
class Payload:
    """One message.

    Attributes:
        content: the words, in Discord's markup; may be empty.
        embeds: the draft and texts to copy.
        buttons: each button with its custom id.
        files: what is attached.
    """

    content: str = ""
    embeds: tuple[discord.Embed, ...] = ()
    buttons: tuple[tuple[Button, PressId], ...] = ()
    files: tuple[Attachment, ...] = ()


def render(card: Card, key: str = "") -> tuple[Payload, ...]:
    """Return the messages that say what `card` says, in order; the last one has the buttons.

    Args:
        card: the answer.
        key: where the card's draft is kept in memory; empty where it is not.
    """
    copying = [block.text for block in card.blocks if isinstance(block, ReadyToCopy)]
    quoted = _quoted(card, copying)
    embeds, echoed = ([], Source.MEMORY) if quoted is None else _echo(quoted)
    files = [card.attachment] if card.attachment else []
    files += [_drawn(block.chart) for block in card.blocks if isinstance(block, Drawing)]
    for text in copying:
        embed = _copy_embed(text, EMBEDS_LIMIT - _size(embeds))
        if embed is not None:
            embeds.append(embed)
        else:
            files.append(Attachment("draft.txt", text.encode(), "The draft with the fixes applied"))
    if card.buttons and card.draft is not None and card.draft.reply_to is not None:
        embeds += _answered(card.draft.reply_to, EMBEDS_LIMIT - _size(embeds))
    surface = card.draft.surface if card.draft is not None else Surface.CHANNEL
    source = _source(card, quoted, copying, echoed)
    buttons = tuple(
        (button, PressId(button.action, button.argument, surface, source, key))
        for button in card.buttons[:BUTTON_LIMIT]
    )
    contents = split("\n".join(_lines(card.blocks)), CONTENT_LIMIT)
    if len(contents) > MESSAGES_LIMIT:
        rest = "".join(contents[MESSAGES_LIMIT - 1 :])
        contents = [*contents[: MESSAGES_LIMIT - 1], "The rest is in the file."]
        files.append(Attachment("answer.txt", rest.encode(), "The rest of the answer"))
    last = Payload(contents[-1], tuple(embeds), buttons, tuple(files))
    return (*(Payload(content) for content in contents[:-1]), last)


Pressable = tuple[Button, PressId]


def rows(payload: Payload) -> list[list[Pressable]]:
    """Return a message's buttons row by row: those of one finding together where five rows allow it."""
    groups: list[list[Pressable]] = [[]]
    ended = False
    for button, press in payload.buttons:
        if button.action is Action.DONE or ended:
            groups.append([])
        groups[-1].append((button, press))
        ended = button.action is Action.MUTE and len(groups) > 1
    together = [row for group in groups for row in _in_fives(group)]
    return together if len(together) <= ROWS_LIMIT else _in_fives(list(payload.buttons))


def _in_fives(buttons: list[Pressable]) -> list[list[Pressable]]:
    return [buttons[start : start + ROW_LIMIT] for start in range(0, len(buttons), ROW_LIMIT)]


def copied(shown: str) -> str:
    """Return the text in a code block that was shown to be copied."""
    return shown.removeprefix(f"{_FENCE}\n").removesuffix(f"\n{_FENCE}")


def joined(descriptions: Iterable[str]) -> str:
    """Return the draft whose pieces were shown in embeds, of which some may show something else."""
    shown = (each for each in descriptions if len(each) > 1 and each[0] == each[-1] == _EDGE)
    return "".join(unmarked(each[1:-1]) for each in shown)


def _lines(blocks: tuple[Block, ...]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading(text):
                yield f"**{plain(text)}**"
            case Paragraph(text):
                yield plain(text)
            case Note(text):
                # small print is a property of the line, so a note of two lines needs it twice
                yield from (f"-# {plain(line)}" for line in text.splitlines() if line.strip())
            case Tip():
                yield f"{_SIGNS[block.severity]} **{block.number}. {plain(block.message)}**"
                yield f"{plain(block.advice)}"
            case ConsentOffer():
                yield ""
                yield block.words([f"<#{channel}>" for channel in block.channels])
            case QuotedDraft() | ReadyToCopy() | Drawing():
                continue


def _drawn(chart: Chart) -> Attachment:
    return Attachment(NAME, png(chart), chart.alternative[:DESCRIPTION_OF_FILE_LIMIT])


def _quoted(card: Card, copying: list[str]) -> QuotedDraft | None:
    """Return the draft to show: what the card quotes, else the draft that its buttons act on.

    A draft that stands there to be copied is not shown twice.
    """
    for block in card.blocks:
        if isinstance(block, QuotedDraft):
            return block
    if card.draft is None or card.secret or not card.buttons or _stands_to_copy(card, copying):
        return None
    return QuotedDraft(card.draft.text, ())


def _stands_to_copy(card: Card, copying: list[str]) -> bool:
    """Tell whether the card's draft is its first embed, to be copied."""
    return (
        card.draft is not None
        and copying[:1] == [card.draft.text]
        and _copy_embed(copying[0], EMBEDS_LIMIT) is not None
    )


def _source(card: Card, quoted: QuotedDraft | None, copying: list[str], echoed: Source) -> Source:
    if card.secret or (quoted is not None and quoted.masked):
        return Source.HIDDEN
    if quoted is None:
        return Source.COPIED if _stands_to_copy(card, copying) else Source.MEMORY
    return echoed


def _size(embeds: list[discord.Embed]) -> int:
    return sum(units(embed.description or "") + units(embed.title or "") for embed in embeds)


def _answered(reply_to: ReplyTo, room: int) -> list[discord.Embed]:
    """Return the embed with the post that a draft answers, from which it is found again."""
    whom = f"<@{reply_to.author}>\n" if (reply_to.author or "").isdecimal() else ""
    shown = marked(reply_to.text[:_ANSWERED_SHOWN], ())
    while units(f"{ANSWERED_TITLE}{whom}{shown}") > room and shown:
        shown = marked(unmarked(shown)[: len(shown) // 4], ())
    if not (whom or shown) or units(f"{ANSWERED_TITLE}{whom}{shown}") > room:
        return []
    return [discord.Embed(title=ANSWERED_TITLE, description=f"{whom}{shown}", colour=_COLOUR)]


def _echo(quoted: QuotedDraft) -> tuple[list[discord.Embed], Source]:
    """Return the embeds that show the draft with its evidence, and how it can be read back from them."""
    whole = marked(quoted.text, quoted.evidence)
    if units(whole) <= DESCRIPTION_LIMIT:
        title = "Your draft, with the secret hidden" if quoted.masked else "Your draft"
        return [discord.Embed(title=title, description=whole, colour=_COLOUR)], Source.SHOWN
    embeds: list[discord.Embed] = []
    start, room = 0, _ECHO_BUDGET
    for piece in split(quoted.text, _PIECE):
        evidence = [
            Span(max(span.start - start, 0), min(span.end - start, len(piece)))
            for span in quoted.evidence
            if span.start < start + len(piece) and span.end > start
        ]
        shown = f"{_EDGE}{marked(piece, evidence)}{_EDGE}"
        room -= units(shown)
        if room < 0 or units(shown) > DESCRIPTION_LIMIT or len(embeds) == PIECES_LIMIT:
            break
        embeds.append(discord.Embed(description=shown, colour=_COLOUR))
        start += len(piece)
    if not embeds:
        return [discord.Embed(title="Your draft is too long to show", colour=_COLOUR)], Source.MEMORY
    is_whole = start == len(quoted.text)
    embeds[0].title = "Your draft" if is_whole else "How your draft begins"
    return embeds, Source.PIECES if is_whole else Source.MEMORY


def _copy_embed(text: str, room: int) -> discord.Embed | None:
    """Return a text in a code block, which Discord offers to copy; None where that cannot hold it."""
    description = f"{_FENCE}\n{text}\n{_FENCE}"
    if _FENCE in text or units(description) > min(DESCRIPTION_LIMIT, room):
        return None
    return discord.Embed(description=description, colour=_COLOUR)
