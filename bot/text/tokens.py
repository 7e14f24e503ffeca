"""Words of a text, by Unicode's word segmentation (UAX #29)."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import regex

from bot.text.spans import Span

_SEGMENT = regex.compile(r"(?w)\b(?=\w).+?\b", regex.DOTALL)
_OPENING_QUOTE = re.compile(r"(?<!\w)['’](?=\w)")
# The same segmentation where every character is ASCII, which most messages are, at a fraction of the cost.
_PLAIN_SEGMENT = re.compile(
    r"[A-Za-z0-9_]++(?:[.':,;](?:(?<=[A-Za-z][.':])(?=[A-Za-z])|(?<=[0-9][.',;])(?=[0-9]))[A-Za-z0-9_]++)*+"
)
_APOSTROPHES = str.maketrans("’‘ʼ＇", "''''")


class Token(NamedTuple):
    """One word of a draft, outside code, links, mentions and emoji codes.

    Attributes:
        span: where it stands in the original text.
        text: the word as written.
        lower: the word in lower case, with typographic apostrophes made plain.
    """

    span: Span
    text: str
    lower: str


def find_words(prose: str) -> tuple[str, ...]:
    """Return the words of `prose`: Unicode word segments that hold a letter or a digit.

    They are as written, but for typographic apostrophes, which are made plain.
    """
    if prose.isascii():
        found: list[str] = _PLAIN_SEGMENT.findall(prose)
        return tuple(word for word in found if word.strip("_")) if "_" in prose else tuple(found)
    found = _SEGMENT.findall(_unopened(prose))
    return tuple(plain(word) for word in found if _is_word(word))


def find_tokens(prose: str) -> tuple[Token, ...]:
    """Return the words of `prose` with their places; the same words as `find_words`."""
    straight = plain(prose)
    return tuple(
        Token(span, word, straight[span.start : span.end].lower()) for span, word in _segments(prose)
    )


def _segments(prose: str) -> Iterator[tuple[Span, str]]:
    found = _PLAIN_SEGMENT.finditer(prose) if prose.isascii() else _SEGMENT.finditer(_unopened(prose))
    for match in found:
        word: str = match.group()
        if _is_word(word):
            yield Span(*match.span()), word


def _unopened(prose: str) -> str:
    # The library's segmentation loses words that a quotation mark opens before a vowel: 'ok'.
    return _OPENING_QUOTE.sub(" ", prose)


def _is_word(segment: str) -> bool:
    return segment.isalnum() or any(map(str.isalnum, segment))


def plain(text: str) -> str:
    """Return `text` in the same length with typographic apostrophes made plain."""
    return text if text.isascii() else text.translate(_APOSTROPHES)
