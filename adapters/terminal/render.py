"""A card as lines for a terminal, with or without colour."""

from rich.text import Text

from adapters.kit.card import (
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
from adapters.terminal.translate import word_for
from bot.rules.finding import Severity

_MARKS = {Severity.WARNING: "!", Severity.SUGGESTION: "·", Severity.HINT: "?"}
_STYLES = {Severity.WARNING: "bold red", Severity.SUGGESTION: "bold yellow", Severity.HINT: "bold cyan"}
_EVIDENCE = "underline bold yellow"


def lines(card: Card, *, colour: bool) -> list[Text]:  # noqa: C901 - one case for each block
    """Return the card as styled paragraphs.

    Args:
        card: what to show.
        colour: whether styles will be seen; without them evidence is set in ‹angle quotes›.
    """
    shown: list[Text] = []
    for block in card.blocks:
        match block:
            case Heading(text):
                shown.append(Text(text, style="bold"))
            case Paragraph(text):
                shown.append(Text(text))
            case Note(text):
                shown.append(Text(text, style="dim"))
            case QuotedDraft():
                shown.append(_quoted(block, colour=colour))
            case Tip():
                shown.append(_tip(block))
            case ReadyToCopy(text):
                shown.append(_bordered(Text(text)))
            case Drawing(chart):
                shown.append(Text("\n".join(chart.lines())))
            case ConsentOffer():
                shown.append(Text(block.words(block.channels)))
    if card.buttons:
        choices = "   ".join(f"[{word_for(button)}] {button.label}" for button in card.buttons)
        shown.append(Text(choices, style="dim"))
    return shown


def _quoted(block: QuotedDraft, *, colour: bool) -> Text:
    text = Text()
    position = 0
    for span in block.evidence:
        text.append(block.text[position : span.start])
        evidence = span.of(block.text)
        text.append(evidence if colour else f"‹{evidence}›", style=_EVIDENCE)
        position = span.end
    text.append(block.text[position:])
    return _bordered(text)


def _bordered(text: Text) -> Text:
    bordered = Text()
    for number, line in enumerate(text.split("\n", allow_blank=True)):
        bordered.append("\n  │ " if number else "  │ ", style="dim")
        bordered.append_text(line)
    return bordered


def _tip(tip: Tip) -> Text:
    text = Text()
    text.append(f"{tip.number}. {_MARKS[tip.severity]} ", style=_STYLES[tip.severity])
    text.append(tip.message)
    text.append(f"\n   → {tip.advice}")
    text.append(f"  ({tip.rule})", style="dim")
    return text
