"""The text as the reader reads it: in sentences, links and mentions as one word, code left out."""

import html
import unicodedata
from functools import lru_cache

from bot.text.reading import Reading
from bot.text.spans import Span

OWN_LINK = " mylink "
OTHER_LINK = " weblink "
MENTION = " @user "
CODE = " "  # code says nothing about manners, and secrets in it are found by patterns

LONGEST = 8_000  # code points; of a longer draft the beginning and the end are read
_TAIL = 2_000
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "…": "..."})
_FIRST_PICTURE = 0x2190  # arrows, dingbats and emoji start here


def plain_sentences(reading: Reading) -> tuple[tuple[Span, str], ...]:
    """Return the sentences of a draft with their spans, links, mentions and code blanked to a word each.

    Args:
        reading: the draft, taken apart.

    Returns:
        One pair for each sentence that is read: its span in the draft, and the text the features
        are computed from, whose offsets are not those of the draft.
    """
    text = reading.draft.text
    marks = _marks(reading)
    head, tail = LONGEST - _TAIL, len(text) - _TAIL
    bounded = len(text) > LONGEST
    sentences: list[tuple[Span, str]] = []
    mark = 0
    for span in reading.sentences:
        start, end = span
        while mark < len(marks) and marks[mark][0].end <= start:
            mark += 1
        if bounded and head <= start and end <= tail:
            continue
        pieces: list[str] = []
        position = start
        while mark < len(marks) and marks[mark][0].start < end:
            (first, last), word = marks[mark]
            pieces += (text[position : max(position, first)], word)
            position = last
            mark += 1
        pieces.append(text[position:end])
        sentences.append((span, straight("".join(pieces))[:LONGEST]))
    return tuple(sentences)


def straight(text: str) -> str:
    """Return `text` with HTML entities resolved and typographic quotation marks made plain."""
    return (html.unescape(text) if "&" in text else text).translate(_QUOTES)


def spell_emoji(text: str) -> str:
    """Return `text` with each emoji replaced by its Unicode name in words."""
    if text.isascii():
        return text
    return "".join(_spelled(c) if ord(c) >= _FIRST_PICTURE else c for c in text)


@lru_cache(maxsize=2048)
def _spelled(character: str) -> str:
    if unicodedata.category(character) != "So":
        return character
    return f" {unicodedata.name(character, '').lower().replace('-', ' ')} "


def _marks(reading: Reading) -> list[tuple[Span, str]]:
    own = {link.span for link in reading.own_links}
    marks = [(link.span, OWN_LINK if link.span in own else OTHER_LINK) for link in reading.links]
    marks += [(span, MENTION) for span in reading.mentions]
    marks += [(span, CODE) for span in reading.code]
    marks.sort()
    return marks
