"""The draft quoted back with its evidence in bold; of a long draft, only what surrounds the evidence."""

from typing import Any

from adapters.kit.card import QuotedDraft
from adapters.slack.elements import styled
from bot.text.spans import Span, code_point_offset, merged, utf16_offset

WHOLE = 1_500
"""Characters up to which a draft is quoted whole."""

AROUND = 80
"""Characters shown on either side of the evidence in a longer one."""

GAP = " … "
_ENDS = ("\n\n", "\n", " ")


def quoted(block: QuotedDraft) -> list[dict[str, Any]]:
    """Return the rich-text elements of a quoted draft."""
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


def units(text: str) -> int:
    """Return the length of `text` in UTF-16 code units, the most Slack could count."""
    return utf16_offset(text, len(text))


def pieces(text: str, limit: int) -> list[str]:
    """Return parts of at most `limit` UTF-16 units, none empty, cut at a paragraph, a line or a word."""
    parts: list[str] = []
    while units(text[:limit]) > limit or len(text) > limit:
        end = _cut(text, code_point_offset(text[:limit], limit - 1))
        parts.append(text[:end])
        text = text[end:]
    return [*parts, text] if text else parts


def beginning(text: str, limit: int) -> str:
    """Return as much of `text` as `limit` UTF-16 units hold."""
    return text[: code_point_offset(text[:limit], limit - 1)] if units(text) > limit else text


def _cut(text: str, limit: int) -> int:
    for ending in _ENDS:
        found = text.rfind(ending, limit // 2, limit)
        if found != -1:
            return found + len(ending)
    return limit
