"""The draft quoted back with its evidence in bold; of a long draft, only what surrounds the evidence."""

import json
from typing import Any

from adapters.kit.card import QuotedDraft
from adapters.slack.elements import styled
from bot.text.spans import Span, merged

WHOLE = 1_500
"""Characters up to which a draft is quoted whole."""

AROUND = 80
"""Characters shown on either side of the evidence in a longer one."""

MARKED = 20
"""Evidence in bold at most; every change of style takes room in a message that has little."""

GAP = " … "
_CONTROLS = dict.fromkeys([*range(9), *range(11, 32)], "\ufffd")
_ENDS = ("\n\n", "\n", " ")


def quoted(block: QuotedDraft) -> list[dict[str, Any]]:
    """Return the rich-text elements of a quoted draft."""
    block = QuotedDraft(block.text.translate(_CONTROLS), block.evidence[:MARKED], block.masked)
    length = len(block.text)
    if length <= WHOLE:
        return _elements(block, Span(0, length))
    elements: list[dict[str, Any]] = []
    windows = merged(
        Span(max(0, span.start - AROUND), min(length, span.end + AROUND)) for span in block.evidence
    )
    room = WHOLE
    shown_to = 0
    for window in windows:
        if window.start > shown_to:
            elements.append(styled(GAP))
        shown = Span(window.start, min(window.end, window.start + room))
        elements += _elements(block, shown)
        room -= shown.end - shown.start
        shown_to = shown.end
        if room <= 0:
            break
    if shown_to < length:
        elements.append(styled(GAP))
    return elements


def _elements(block: QuotedDraft, window: Span) -> list[dict[str, Any]]:
    """Return a part of the draft as elements, none of them empty, which Slack would refuse."""
    elements: list[dict[str, Any]] = []
    position = window.start
    for span in block.evidence:
        start, end = max(span.start, window.start), min(span.end, window.end)
        if start >= end:
            continue
        if start > position:
            elements.append(styled(block.text[position:start]))
        elements.append(styled(block.text[start:end], bold=True))
        position = end
    if position < window.end:
        elements.append(styled(block.text[position : window.end]))
    return elements


def weight(text: str) -> int:
    """Return the length of `text` as Slack counts at most: UTF-16 code units, escaped as in JSON."""
    written = json.dumps(text, ensure_ascii=False)
    return len(written.encode("utf-16-le", "surrogatepass")) // 2 - len('""')


def beginning(text: str, limit: int) -> str:
    """Return as much of `text` as weighs at most `limit`."""
    total = 0
    for number, character in enumerate(text):
        total += _weight(character)
        if total > limit:
            return text[:number]
    return text


def pieces(text: str, limit: int) -> list[str]:
    """Return parts that weigh at most `limit`, none empty, cut at a paragraph, a line or a word."""
    parts: list[str] = []
    while text:
        part = beginning(text, limit)
        if len(part) < len(text):
            part = part[: _cut(part)]
        parts.append(part)
        text = text[len(part) :]
    return parts


def _cut(text: str) -> int:
    for ending in _ENDS:
        found = text.rfind(ending, len(text) // 2)
        if found != -1:
            return found + len(ending)
    return len(text)


def _weight(character: str) -> int:
    if character < " ":
        return 2 if character in "\b\f\n\r\t" else 6
    return 2 if character in '"\\' or character > "\uffff" else 1
