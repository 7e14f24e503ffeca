"""Finding txt-speak among the words of a draft, and writing it out."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from bot.rules.finding import Fix
from bot.text.reading import Reading, Token
from bot.text.spans import Span


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


_BEFORE_LETTER_U = frozenset("vitamin size type class plan option hepatitis".split())
_PRONOUNS = frozenset("i u you we they he she it who wat what how hw there ppl people these those".split())
_AFTER_R = frozenset("u you we they ther there these those the my ur so not nt just jst all my".split())
_ASKING = frozenset(
    "do does did is are r u am can cn would wud dont dnt hav i it they we no that's thats".split()
)
_VERBS = frozenset(
    "do be b go get gt c see hav have hv make mke say tell help hlp know kno knw find work wrk play use try talk tlk "
    "meet come take give giv let leave keep stop stp put think read learn lrn watch listen start ask buy bring send "
    "call join swap lose win eat pay run wait w8 sit sleep hear add ad delete follow flw unfollow".split()
)
_OBJECTS = frozenset(
    "u you me us him her them dem the da d my ur your our his their this dis that dat it every1 evry1 everyone any1 "
    "all a an no sum some work wrk free real sure now nw ever l8 late much many bed mum".split()
)
_AFTER_FOR = _OBJECTS | frozenset(
    "ppl people info sale da de rent 2nite 2day 2moro tmrw salads hrs days weeks".split()
)
_BEFORE_TO = frozenset(
    "want wnt need going goin gna got gt have hav used try tryin trying able like luv love time nice glad hard up due "
    "back bk next nxt come cum go listen listn talk tlk me u it how hw wat what where supposed ready free easy here "
    "refusing happy said sed told close plan new nu belong".split()
)
_UNITS = frozenset(
    "am pm km kg g mg ml cm mm m gb mb tb ghz mhz fps hours hour hrs mins minutes days weeks months years people "
    "times x percent points eggs cups cats dogs kids players stars of and or more".split()
)
_ARTICLES = frozenset(
    "a an the not so such too very really nt gna gonna going still just jst bein all one".split()
)
_HASHES = "#$&@/\\_-+.=<>%'"


def find_slang(reading: Reading) -> tuple[Slang, ...]:
    """Return the txt-speak of a draft, in order; names, code, hashtags and units are left alone."""
    return tuple(_find(reading.tokens, reading.draft.text))


def _find(tokens: Sequence[Token], text: str) -> Iterator[Slang]:
    lexicon = _lexicon()
    for index, token in enumerate(tokens):
        entry = lexicon.get(token.lower)
        if entry is None or not entry.weight or not _is_prose(token, text):
            continue
        before = tokens[index - 1].lower if index else ""
        after = tokens[index + 1].lower if index + 1 < len(tokens) else ""
        if len(token.lower) <= 1 and not _letter_stands_for_word(token.lower, before, after):
            continue
        yield Slang(token.span, entry.weight, _words(token, entry.words, after))


def _is_prose(token: Token, text: str) -> bool:
    """Tell whether a token is a word of a sentence and not part of a tag, a path, a name or a quotation."""
    start, end = token.span
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    if before in _HASHES or (after in _HASHES and not text[end : end + 2].rstrip(".-")[:1].isspace()):
        if (
            not (after in ".'-" and (end + 1 >= len(text) or not text[end + 1].isalnum()))
            or before in _HASHES
        ):
            return False
    if before in '“"(' and after in '”")':
        return False
    return not (token.text.isupper() and token.text.isalpha() and not text.isupper())


def _letter_stands_for_word(letter: str, before: str, after: str) -> bool:
    """Tell from the words around whether a single letter or digit stands for a word."""
    if letter == "u":
        return before not in _BEFORE_LETTER_U
    if letter == "r":
        return before in _PRONOUNS or after in _AFTER_R or (before.endswith("s") and bool(after))
    if letter == "y":
        return after in _ASKING or before in {"know", "kno", "knw", "idk", "that's", "is", "thats", "n"}
    if letter == "n":
        return (
            bool(before) and bool(after) and before[-1].isalpha() and after[0].isalnum() and before != "rock"
        )
    if letter == "c":
        return before in {"u", "i", "2", "to", "can", "cn", "l8r", "will", "il"} and after != "c"
    if letter == "d":
        return (
            bool(after) and after.isalpha() and len(after) > 1 and before not in {"vitamin", "d", "plan", "i"}
        )
    if letter == "b":
        return before in {
            "2",
            "to",
            "wil",
            "will",
            "il",
            "ul",
            "cud",
            "wud",
            "cnt",
            "gna",
            "gonna",
            "must",
            "shud",
        }
    if letter == "m":
        return before in {"i", "n"} and after not in _UNITS
    if letter == "v":
        return before in {"n", "y", "if", "r"} or after in {"nice", "gud", "good", "hv", "r", "cn", "tired"}
    if letter == "2":
        return after not in _UNITS and (
            before in _BEFORE_TO or after in _VERBS or (before == "me" and not after)
        )
    if letter == "4":
        return after not in _UNITS and after in _AFTER_FOR
    return letter in "kw" and bool(before or after)


def _words(token: Token, words: str, after: str) -> str:
    """Return what a token stands for, in its place in the sentence and with its capital letter."""
    choices = words.split("|")
    word = choices[0]
    if token.lower == "ur" and (after in _ARTICLES or after.endswith(("ing", "in"))):
        word = choices[-1]
    elif token.lower == "2" and after in {"", "much", "many", "late", "l8", "long"}:
        word = choices[-1]
    return word[0].upper() + word[1:] if token.text[0].isupper() and not token.text.isupper() else word


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
