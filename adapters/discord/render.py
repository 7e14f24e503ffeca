"""From card to Discord's messages; pure.

Words go into the content, which everybody sees, and the member's draft into embeds, where nothing
pings or unfurls. Limits: https://discord.com/developers/docs/resources/message (2,000 characters
of content, 4,096 in an embed's description, 6,000 in all embeds, 25 buttons).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import discord

from adapters.discord.custom_ids import PressId, Source
from adapters.discord.markup import marked, plain, units
from adapters.discord.splitting import split
from adapters.kit.card import (
    Attachment,
    Block,
    Button,
    Card,
    ConsentOffer,
    Heading,
    Note,
    Paragraph,
    QuotedDraft,
    ReadyToCopy,
    Tip,
)
from bot.rules.finding import Severity
from bot.text.draft import Surface
from bot.text.spans import Span

CONTENT_LIMIT = 2000
DESCRIPTION_LIMIT = 4096
EMBEDS_LIMIT = 6000
BUTTON_LIMIT = 25

_ECHO_BUDGET = EMBEDS_LIMIT - 200  # room for a title
_PIECE = 1000  # even if every character needs a backslash, with marks, it fits one embed
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
    quoted = _quoted(card)
    embeds = [] if quoted is None else _echo(quoted)
    files = [card.attachment] if card.attachment else []
    for block in card.blocks:
        if isinstance(block, ReadyToCopy):
            embed = _copy_embed(
                block.text, EMBEDS_LIMIT - sum(units(each.description or "") for each in embeds)
            )
            if embed is not None:
                embeds.append(embed)
            else:
                files.append(_copy_file(block.text))
    surface = card.draft.surface if card.draft is not None else Surface.CHANNEL
    source = _source(card, quoted)
    buttons = tuple(
        (button, PressId(button.action, button.argument, surface, source, key))
        for button in card.buttons[:BUTTON_LIMIT]
    )
    contents = split("\n".join(_lines(card.blocks)), CONTENT_LIMIT)
    last = Payload(contents[-1], tuple(embeds), buttons, tuple(files))
    return (*(Payload(content) for content in contents[:-1]), last)


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
            case QuotedDraft() | ReadyToCopy():
                continue


def _quoted(card: Card) -> QuotedDraft | None:
    """Return the draft to show: what the card quotes, else the draft that its buttons act on."""
    for block in card.blocks:
        if isinstance(block, QuotedDraft):
            return block
    if card.draft is None or card.secret or not card.buttons:
        return None
    return QuotedDraft(card.draft.text, ())


def _source(card: Card, quoted: QuotedDraft | None) -> Source:
    if card.secret or (quoted is not None and quoted.masked):
        return Source.HIDDEN
    if quoted is not None and units(marked(quoted.text, quoted.evidence)) <= DESCRIPTION_LIMIT:
        return Source.SHOWN
    return Source.MEMORY


def _echo(quoted: QuotedDraft) -> list[discord.Embed]:
    """Return the embeds that show the draft with its evidence, the first one titled."""
    whole = marked(quoted.text, quoted.evidence)
    if units(whole) <= DESCRIPTION_LIMIT:
        title = "Your draft, with the secret hidden" if quoted.masked else "Your draft"
        return [discord.Embed(title=title, description=whole, colour=_COLOUR)]
    embeds: list[discord.Embed] = []
    start, room = 0, _ECHO_BUDGET
    for piece in split(quoted.text, _PIECE):
        evidence = [
            Span(max(span.start - start, 0), min(span.end - start, len(piece)))
            for span in quoted.evidence
            if span.start < start + len(piece) and span.end > start
        ]
        shown = marked(piece, evidence)
        room -= units(shown)
        if room < 0 or units(shown) > DESCRIPTION_LIMIT:
            break
        embeds.append(discord.Embed(description=shown, colour=_COLOUR))
        start += len(piece)
    if not embeds:
        return [discord.Embed(title="Your draft is too long to show", colour=_COLOUR)]
    embeds[0].title = "Your draft" if start == len(quoted.text) else "How your draft begins"
    return embeds


def _copy_embed(text: str, room: int) -> discord.Embed | None:
    """Return a text in a code block, which Discord offers to copy; None where that cannot hold it."""
    description = f"{_FENCE}\n{text}\n{_FENCE}"
    if _FENCE in text or units(description) > min(DESCRIPTION_LIMIT, room):
        return None
    return discord.Embed(description=description, colour=_COLOUR)


def _copy_file(text: str) -> Attachment:
    return Attachment("draft.txt", text.encode(), "The draft with the fixes applied")
