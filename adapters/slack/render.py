"""From card to Block Kit; pure.

Everything is written as rich text, whose elements are shown as they stand: no mention, no command,
no emphasis and no preview can hide in them. Limits: 50 blocks a message, 3,000 characters a text
(https://docs.slack.dev/reference/block-kit/blocks), and about 13,200 characters a message in all, in
which Slack counts more than the words (slackapi/bolt-js issue 2509): we count the blocks as JSON.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from adapters.kit import aside
from adapters.kit.card import (
    Action,
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
from adapters.slack import buttons
from adapters.slack.buttons import NO_VALUES, Values
from adapters.slack.elements import clickable, context, preformatted, quotation, rich, section, styled
from adapters.slack.markup import escape
from adapters.slack.quoting import beginning, pieces, quoted, weight
from bot.rules.finding import Severity
from bot.summaries.chart import Chart

BLOCKS_LIMIT = 50
TEXT_LIMIT = 3_000
MESSAGE_LIMIT = 13_000
BUTTONS_LIMIT = 25
LABEL_LIMIT = 75
ALTERNATIVE_LIMIT = 2_000

_SIGNS = {Severity.WARNING: "🔸", Severity.SUGGESTION: "🔹", Severity.HINT: "▫️"}

_ABOUT_ONE = frozenset({Action.DONE, Action.LATER, Action.MUTE})

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Message:
    """One message.

    Attributes:
        text: what notifications and screen readers say, escaped; never a draft.
        blocks: what is seen.
    """

    text: str
    blocks: tuple[Json, ...]

    def payload(self) -> Json:
        """Return the arguments every way of sending a message takes; nothing in it unfurls."""
        return {"text": self.text, "blocks": list(self.blocks), "unfurl_links": False, "unfurl_media": False}


def render(card: Card, values: Values = NO_VALUES, image: str = "") -> tuple[Message, ...]:
    """Return the messages that say what `card` says, in order; the last one has the buttons.

    Args:
        card: the answer.
        values: by which its buttons find the draft again.
        image: the id of the file with the card's drawing; without it the drawing is in lines of text.
    """
    spoken = escape(_spoken(card))
    packed = _packed(_blocks(card, values, image, beside_tips=True))
    if len(packed) > 1:  # a button finds its draft among those of its own message, so they stay together
        packed = _packed(_blocks(card, values, image, beside_tips=False))
    return tuple(Message(spoken, tuple(blocks)) for blocks in packed)


def _packed(blocks: Iterable[Json]) -> list[list[Json]]:
    """Return blocks as messages, each within Slack's limits."""
    messages: list[list[Json]] = [[]]
    room = MESSAGE_LIMIT
    for block in blocks:
        size = weight(json.dumps(block, ensure_ascii=False))
        if messages[-1] and (size > room or len(messages[-1]) >= BLOCKS_LIMIT):
            messages.append([])
            room = MESSAGE_LIMIT
        messages[-1].append(block)
        room -= size
    return [message for message in messages if message]


def _blocks(card: Card, values: Values, image: str, *, beside_tips: bool) -> Iterator[Json]:
    """Return the blocks top to bottom.

    Args:
        card: the answer.
        values: by which its buttons find the draft again.
        image: the id of the file with the drawing; empty where there is none.
        beside_tips: whether the buttons about one finding stand beneath it; at the end otherwise.
    """
    shown = card.buttons[:BUTTONS_LIMIT]
    for block in card.blocks:
        match block:
            case Tip():
                yield _tip(block)
                about = tuple(button for button in shown if beside_tips and _is_about(button, block))
                if about:
                    yield _actions(about, values)
                    values = _further(values, about)
                    shown = tuple(button for button in shown if button not in about)
            case Drawing(chart):
                yield _drawing(chart, image)
            case QuotedDraft():
                yield rich(quotation(*quoted(block)))
            case ConsentOffer():
                words = block.words([f"<#{channel}>" for channel in block.channels])
                yield {"type": "section", "text": {"type": "mrkdwn", "text": beginning(words, TEXT_LIMIT)}}
            case _:
                for piece in pieces(
                    escape(block.text) if isinstance(block, Note) else block.text, TEXT_LIMIT
                ):
                    yield _text(block, piece)
    if shown:
        yield _actions(shown, values)


def _drawing(chart: Chart, image: str) -> Json:
    if not image:
        return rich(preformatted(styled("\n".join(chart.lines()))))
    alternative = chart.alternative[:ALTERNATIVE_LIMIT]
    return {"type": "image", "slack_file": {"id": image}, "alt_text": alternative}


def _is_about(button: Button, tip: Tip) -> bool:
    """Tell whether a button is about one finding."""
    return button.action in _ABOUT_ONE and aside.read(button.argument)[0] == tip.rule


def _further(values: Values, shown: tuple[Button, ...]) -> Values:
    """Return the values for the buttons after `shown`."""
    return Values(values.others, values.others) if any(map(buttons.needs_draft, shown)) else values


def _text(block: Heading | Paragraph | Note | ReadyToCopy, piece: str) -> Json:
    match block:
        case Heading():
            return rich(section(styled(piece, bold=True)))
        case Paragraph():
            return rich(section(*clickable(piece)))
        case Note():
            return context(piece)
        case ReadyToCopy():
            return rich(preformatted(styled(piece)))


def _tip(tip: Tip) -> Json:
    head = f"{_SIGNS[tip.severity]} {tip.number}. {tip.message}"
    return rich(
        section(
            styled(beginning(head, TEXT_LIMIT), bold=True), styled(beginning(f"\n{tip.advice}", TEXT_LIMIT))
        )
    )


def _actions(shown: tuple[Button, ...], values: Values) -> Json:
    elements: list[Json] = []
    value = values.first
    for button in shown:
        element: Json = {
            "type": "button",
            "action_id": buttons.action_id(button),
            "text": {"type": "plain_text", "text": button.label[:LABEL_LIMIT], "emoji": False},
        }
        if value and buttons.needs_draft(button):
            element["value"] = value
            value = values.others
        if button.primary:
            element["style"] = "primary"
        elements.append(element)
    return {"type": "actions", "elements": elements}


def _spoken(card: Card) -> str:
    """Return the card in short for a notification: never the draft, which others might glimpse."""
    headings = [block.text for block in card.blocks if isinstance(block, Heading)]
    said = headings or [block.text for block in card.blocks if isinstance(block, Paragraph)]
    return (" ".join(said) or "Checkpost has an answer for you.")[: TEXT_LIMIT // 6]
