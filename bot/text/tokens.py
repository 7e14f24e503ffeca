"""Words of a text, by Unicode's word segmentation (UAX #29)."""

from collections.abc import Iterator

import regex

from bot.text.reading import Token
from bot.text.spans import Span

_SEGMENT = regex.compile(r"(?w)\b(?=\w).+?\b", regex.DOTALL)
_APOSTROPHES = str.maketrans("’‘ʼ＇", "''''")


def find_tokens(prose: str) -> tuple[Token, ...]:
    """Return the words of `prose`: Unicode word segments that hold a letter or a digit."""
    return tuple(_tokens(prose))


def _tokens(prose: str) -> Iterator[Token]:
    straight = plain(prose)
    for match in _SEGMENT.finditer(prose):
        word: str = match.group()
        if word.isalnum() or any(map(str.isalnum, word)):
            start, end = match.span()
            yield Token(Span(start, end), word, straight[start:end].lower())


def plain(text: str) -> str:
    """Return `text` in the same length with typographic apostrophes made plain."""
    return text.translate(_APOSTROPHES)
