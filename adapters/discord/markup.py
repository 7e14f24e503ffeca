"""Texts in Discord's markup and back.

What a member wrote is escaped, so that it pings nobody, unfurls nothing and formats nothing.
A draft with its evidence marked can be read back exactly: every mark of ours is one that escaped
text cannot contain.
"""

import re
from collections.abc import Sequence

from bot.text.spans import Span, merged

OPENING = "**__"
CLOSING = "__**"

_KEPT = re.compile(r"<(?:@[!&]?|#)\d{15,21}>|<a?:\w{2,32}:\d{15,21}>")
_ACTIVE = re.compile(
    r"[\\*_~`|<>\[\]@]"
    r"|^[ \t]*(?:\#|-|\d{1,9}\.(?=[ \t]))"  # headings, small print and lists
    r"|:(?=//)"
    r"|discord(?:\.gg|(?:app)?\.com)/",  # an invite needs no scheme
    re.MULTILINE | re.IGNORECASE,
)
_OPENABLE = re.compile(r"<#\d{15,21}>|https?://[^\s<>|]{0,1000}[^\s<>|.,;:!?'\"”’)\]*_~`]", re.IGNORECASE)
_MARKED = re.compile(r"\\([^0-9A-Za-z\s])|\*\*__|__\*\*", re.DOTALL)


def plain(text: str) -> str:
    """Return `text` so that it pings nobody, unfurls nothing and formats nothing.

    Links can be followed and channels opened: a help contact may be one.
    """
    pieces: list[str] = []
    position = 0
    for match in _OPENABLE.finditer(text):
        pieces += _characters(text[position : match.start()])
        found = match.group()
        pieces.append(found if found.startswith("<") else f"<{found}>")
        position = match.end()
    return "".join([*pieces, *_characters(text[position:])])


def marked(text: str, evidence: Sequence[Span]) -> str:
    """Return a draft as shown in an embed, with the evidence in bold and underlined.

    Mentions and emoji keep their form: nothing in an embed pings, and the member sees names
    instead of numbers. `unmarked` gives the draft back.

    Args:
        text: the draft.
        evidence: spans of `text`, in code points.
    """
    spans = _whole_tokens(text, evidence)
    shown = _characters(text)
    for start, end in _tokens(text):
        shown[start:end] = text[start:end]
    for start, end in spans:
        shown[start] = OPENING + shown[start]
        shown[end - 1] += CLOSING
    return "".join(shown)


def unmarked(shown: str) -> str:
    """Return the draft that `marked` was given."""
    return _MARKED.sub(lambda match: match.group(1) or "", shown)


def _tokens(text: str) -> list[Span]:
    return [Span(*match.span()) for match in _KEPT.finditer(text)]


def _whole_tokens(text: str, evidence: Sequence[Span]) -> tuple[Span, ...]:
    """Widen the evidence so that it never cuts a mention in two."""
    tokens = _tokens(text)
    widened = [
        Span(
            min([span.start, *(token.start for token in tokens if token.overlaps(span))]),
            max([span.end, *(token.end for token in tokens if token.overlaps(span))]),
        )
        for span in evidence
        if span.start < span.end
    ]
    return merged(widened)


def _characters(text: str) -> list[str]:
    """Return each character of `text` with the backslash it needs; a longer match needs it at its end."""
    shown = list(text)
    for match in _ACTIVE.finditer(text):
        shown[match.end() - 1] = "\\" + shown[match.end() - 1]
    return shown


def units(text: str) -> int:
    """Return the length of `text` in UTF-16 code units, the most Discord could count."""
    return len(text) + sum(1 for character in text if character > "\uffff")
