"""Sentences and lines of a text."""

import regex

from bot.text.spans import Span

_BREAK = regex.compile(r"\n+|(?<![.!?…])[.!?…]++[\"'”’)\]*_~]*+(?=\s)|[。！？]++")
_ABBREVIATIONS = frozenset(
    "e.g i.e eg ie mr mrs ms dr prof st vs etc approx no vol dept inc ltd jr sr fig cf ca al pls".split()
)
_LONGEST_ABBREVIATION = 7


def find_sentences(text: str) -> tuple[Span, ...]:
    """Return the spans of sentences, trimmed and not empty; a line break always ends one.

    Blank code and links before calling, with letters and not with spaces, so that their dots end nothing.
    """
    spans: list[Span] = []
    start = 0
    for match in _BREAK.finditer(text):
        if match.group() == "." and _abbreviates(text, start, match.start()):
            continue
        _append(spans, text, start, match.end())
        start = match.end()
    _append(spans, text, start, len(text))
    return tuple(spans)


def _abbreviates(text: str, start: int, dot: int) -> bool:
    """Tell whether the full stop at `dot` belongs to an abbreviation or to the number of a list item."""
    before = text[max(start, dot - _LONGEST_ABBREVIATION) : dot].split()
    if not before:
        return False
    word = before[-1].lower().lstrip("([\"'")
    return word in _ABBREVIATIONS or (
        word.isdigit() and not text[start:dot].strip(" \t\n").lstrip("0123456789")
    )


def _append(spans: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append(Span(start, end))
