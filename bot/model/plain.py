"""The text as the reader reads it: in sentences, links and mentions as one word, code left out.

Quoted lines ("> …") are what the draft answers, not what it says.
"""

import html
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

from bot.text.masking import quotes_lines
from bot.text.reading import Reading
from bot.text.spans import Span

OWN_LINK = " mylink "
OTHER_LINK = " weblink "
MENTION = " @user "
CODE = " "  # code says nothing about manners, and secrets in it are found by patterns

LONGEST = 8_000  # code points; of a longer draft the beginning and the end are read
_TAIL = 2_000
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "…": "..."})
_QUOTE_MARK = re.compile(r"^[ \t]*(?:>{1,3}|&gt;)[ \t]?", re.MULTILINE)
_FIRST_PICTURE = 0x2190  # arrows, dingbats and emoji start here


def plain_sentences(reading: Reading) -> tuple[tuple[Span, str], ...]:
    """Return the sentences of a draft with their spans, links, mentions and code blanked to a word each.

    Quoted lines are left out, unless there is nothing else.

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
    for span in _said(reading) or reading.sentences:
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


def answered(reading: Reading) -> str:
    """Return what a draft answers: the post it replies to, or the lines it quotes."""
    if reading.draft.reply_to is not None and reading.draft.reply_to.text:
        return reading.draft.reply_to.text
    return "\n".join(_QUOTE_MARK.sub("", line.of(reading.draft.text)) for line in _quoted_lines(reading))


def straight(text: str) -> str:
    """Return `text` with HTML entities resolved and typographic quotation marks made plain."""
    resolved = html.unescape(text) if "&" in text else text
    return resolved if resolved.isascii() else resolved.translate(_QUOTES)


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


def _said(reading: Reading) -> Sequence[Span]:
    """Return the sentences that stand on no quoted line."""
    quoted = _quoted_lines(reading)
    if not quoted:
        return reading.sentences
    starts = [line.start for line in quoted]
    before = [bisect_left(starts, span.end) for span in reading.sentences]
    return [
        span
        for span, count in zip(reading.sentences, before, strict=True)
        if not count or quoted[count - 1].end <= span.start
    ]


def _quoted_lines(reading: Reading) -> list[Span]:
    return [span for span in reading.quotations if quotes_lines(reading.draft.text, span)]


def _marks(reading: Reading) -> list[tuple[Span, str]]:
    own = {link.span for link in reading.own_links}
    marks = [(link.span, OWN_LINK if link.span in own else OTHER_LINK) for link in reading.links]
    marks += [(span, MENTION) for span in reading.mentions]
    marks += [(span, CODE) for span in reading.code]
    marks.sort()
    return marks
