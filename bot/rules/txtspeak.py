"""Finding txt-speak among the words of a draft, and writing it out."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from bot.rules.finding import Fix
from bot.rules.letters import stands_for_word
from bot.text.reading import Reading
from bot.text.spans import Span
from bot.text.tokens import Token


class Slang(NamedTuple):
    """A token of txt-speak.

    Attributes:
        span: where it stands.
        weight: 1 where it is hard to read, less where many read it.
        words: what it stands for; empty where that is not known.
    """

    span: Span
    weight: float
    words: str


class _Entry(NamedTuple):
    weight: float
    words: str


_ARTICLES = frozenset(
    "a an the not so such too very really nt gna gonna going still just jst bein all one".split()
)
_AFTER_TOO = frozenset({"", "much", "many", "late", "l8", "long"})
_PREDICATES = frozenset(
    "late early right wrong welcome mad crazy funny cute sick tired ready done gone off out here there lucky "
    "sweet kidding awesome amazing great gr8 l8 nuts joking safe hired fired".split()
)
_CLAUSE_END = re.compile(r"[.,;:!?\n]")
_HASHES = "#$&@/\\_-+.=<>%'"
_CLOSERS = ".'-"  # after a word they may end a sentence or a quotation as well


def find_slang(reading: Reading) -> tuple[Slang, ...]:
    """Return the txt-speak of a draft, in order; names, code, hashtags and units are left alone."""
    return tuple(_find(reading.tokens, reading.draft.text))


def _find(tokens: Sequence[Token], text: str) -> Iterator[Slang]:
    lexicon = _lexicon()
    for index, token in enumerate(tokens):
        entry = lexicon.get(token.lower)
        if entry is None or not entry.weight or not _is_prose(token, text):
            continue
        before, after = _neighbours(tokens, index, text)
        if len(token.lower) <= 1 and not stands_for_word(token.lower, before, after):
            continue
        yield Slang(token.span, entry.weight, _words(token, entry.words, after))


def _neighbours(tokens: Sequence[Token], index: int, text: str) -> tuple[str, str]:
    """Return the words before and after in the same clause, in lower case; empty where there are none."""
    here = tokens[index].span
    before = after = ""
    if index and not _CLAUSE_END.search(text, tokens[index - 1].span.end, here.start):
        before = tokens[index - 1].lower
    if index + 1 < len(tokens) and not _CLAUSE_END.search(text, here.end, tokens[index + 1].span.start):
        after = tokens[index + 1].lower
    return before, after


def _is_prose(token: Token, text: str) -> bool:
    """Tell whether a token is a word of a sentence, and not part of a tag, a path, a name or a quotation."""
    start, end = token.span
    before = text[start - 1 : start]
    after = text[end : end + 1]
    if before and before in _HASHES:
        return False
    if after and after in _HASHES and (after not in _CLOSERS or text[end + 1 : end + 2].isalnum()):
        return False
    if before and before in '“"(' and after and after in '”")':
        return False
    shouted = token.text.isupper() and token.text.isalpha() and not text.isupper()
    return not shouted or (token.text == "U" and _starts_sentence(text, start))


def _starts_sentence(text: str, start: int) -> bool:
    lead = text[:start].rstrip()
    return not lead or lead[-1] in ".!?" or "\n" in text[len(lead) : start]


def _words(token: Token, words: str, after: str) -> str:
    """Return what a token stands for, in its place in the sentence and with its capital letter."""
    choices = words.split("|")
    states = token.lower == "ur" and (after in _ARTICLES or after in _PREDICATES or after.endswith("ing"))
    too = token.lower == "2" and after in _AFTER_TOO
    word = choices[-1 if states or too else 0]
    capital = token.text[0].isupper() and (len(token.text) == 1 or not token.text.isupper())
    return word[0].upper() + word[1:] if capital else word


def expansions(slang: Sequence[Slang]) -> tuple[Fix, ...]:
    """Return the edits that write every token out."""
    return tuple(Fix(item.span.start, item.span.end, item.words) for item in slang if item.words)


@cache
def _lexicon() -> dict[str, _Entry]:
    """Load the list of tokens."""
    entries: dict[str, _Entry] = {}
    for line in files("bot.rules").joinpath("txtspeak.txt").read_text(encoding="utf-8").splitlines():
        match = re.fullmatch(r"(\S+) ([\d.]+) (.+)", line)
        if match and not line.startswith(";"):
            entries[match[1]] = _Entry(float(match[2]), match[3])
    return entries
