"""Whether a draft shows somebody in danger: then the coach does not coach.

The signs are words in `signs.txt`: what people say about dying, hurting themselves, taking leave, being
attacked or being afraid at home, and what speaks against it (jest, stories, news, games, machines). A small
trained table (`bot.model.care`) and the reader's encoder have opinions of their own; the three together
decide. In doubt it is care: an unneeded kind sentence costs little (rules.md, "When the coach does not
coach").
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.coach.signs import Phrases, Section, Signs, load_signs
from bot.model.care import CareTable, care_table
from bot.text.masking import quotes_lines
from bot.text.reading import Reading
from bot.text.spans import Span
from bot.text.tokens import find_words

CARE_SENTENCE = "This sounds really hard, and it matters more than any wording."
"""What the coach says instead of coaching."""

CARE_WITHOUT_CONTACT = (
    "If you are in danger, please call your local emergency number, or talk to somebody you trust right now."
)
"""What it adds where the community has set no help contact."""

SIGNS_SPEAK = 8.0
"""What the signs add to the log-odds where they add up. Between 3 and 8 it changes little on authors left
out; 8 lets one plain sentence be heard at the end of a long post."""

_DIGITS = 3
_ENOUGH = 0.7  # one plain sign, or two veiled ones
_ROUNDING = 1e-9
_WINDOW = 40  # words; longer sentences are read in pieces
_STEP = 28  # words from one piece to the next, so that no phrase falls between two
_BESIDE = 8  # characters around a sentence in which a laughing face belongs to it
_MOST_QUOTATIONS = 20
_PLANS = frozenset({"direct", "means", "better-without"})
_QUOTED_PLAN = "quotedplan"  # stands in a sentence for somebody's quoted words that are a sign themselves
_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence, or forty words of one: where it stands, and its words put right."""

    span: Span
    words: tuple[str, ...]


def distress(reading: Reading, heard: float | None = None, table: CareTable | None = None) -> bool:
    """Tell whether a draft shows its author, or somebody it speaks of, in danger.

    Signs of self-harm, of suicidal thoughts and of being in danger from somebody count, plain or veiled;
    idioms, stories, news and grief told calmly do not. What is quoted counts only as something that
    somebody else has just said.

    Args:
        reading: the draft taken apart; code and quotations are not read as the author's words.
        heard: the reader's opinion (`Opinion.care`), in log-odds; without one the signs and the table
            decide, and either is enough.
        table: another table than the one that ships, to measure it.

    Returns:
        True where the coach should offer care and nothing else. Never raises.
    """
    table = table or care_table()
    if heard is None:
        return signed(reading) or table.alarmed(reading)
    return round(heard + told(reading, table), _DIGITS) >= 0


def told(reading: Reading, table: CareTable) -> float:
    """Return what the signs and the table speak for care, in log-odds."""
    return table.log_odds(reading) + SIGNS_SPEAK * signed(reading)


def signed(reading: Reading) -> bool:
    """Tell whether the signs alone add up to distress; see `distress`."""
    signs = load_signs("bot.coach", "signs.txt")
    spelled = {word: _spelled(word) for word in {token.lower for token in reading.tokens}}
    words = [(token.span.start, spelled[token.lower]) for token in reading.tokens]
    words += [(start, _QUOTED_PLAN) for start in _quoted_plans(reading, signs)]
    if signs.telling.by_word.keys().isdisjoint(word for _, word in words):
        return False
    pieces = _pieces(reading, sorted(words))
    found = _found(signs.telling, pieces)
    return any(found) and _weight(reading.draft.text, signs, pieces, found) + _ROUNDING >= _ENOUGH


def _found(phrases: Phrases, pieces: Sequence[_Piece]) -> list[frozenset[Section]]:
    """Return for each piece the sections of which a phrase stands in it; equal pieces are read once."""
    read: dict[tuple[str, ...], frozenset[Section]] = {}
    for piece in pieces:
        if piece.words not in read:
            read[piece.words] = phrases.found(piece.words)
    return [read[piece.words] for piece in pieces]


def _weight(text: str, signs: Signs, pieces: Sequence[_Piece], found: Sequence[frozenset[Section]]) -> float:
    """Return what the signs add up to, less what speaks against them."""
    besides = _found(signs.besides, pieces)
    sections = {section for here in found for section in here}
    sections.update(section for here in besides for section in here if not section.near)
    marks = {mark: section for mark, section in signs.marks.items() if mark in text}
    sections.update(section for section in marks.values() if not section.near)
    for index, piece in enumerate(pieces):
        if not found[index]:
            continue
        if marks:
            around = text[max(0, piece.span.start - _BESIDE) : piece.span.end + _BESIDE]
            sections.update(section for mark, section in marks.items() if section.near and mark in around)
        for here in besides[max(0, index - 1) : index + 2]:
            sections.update(section for section in here if section.near)
    names = {section.name for section in sections}
    sections = {section for section in sections if section.beside is None or section.beside in names}
    return _sum(sections, "grave") + max(0.0, _sum(sections, "sign") - _sum(sections, "damp"))


def _sum(sections: Iterable[Section], role: str) -> float:
    return sum(section.weight for section in sections if section.role == role)


def _pieces(reading: Reading, words: Sequence[tuple[int, str]]) -> list[_Piece]:
    """Return the sentences that hold words, long ones in pieces that overlap."""
    pieces: list[_Piece] = []
    index = 0
    for sentence in reading.sentences:
        first = index
        while index < len(words) and words[index][0] < sentence.end:
            index += 1
        for start in range(first, index, _STEP):
            end = min(start + _WINDOW, index)
            spoken = tuple(word for _, word in words[start:end])
            span = sentence if index - first <= _WINDOW else Span(words[start][0], words[end - 1][0])
            pieces.append(_Piece(span, spoken))
            if end == index:
                break
    return pieces


def _quoted_plans(reading: Reading, signs: Signs) -> list[int]:
    """Return where somebody's words stand in quotation marks that would be a sign if the author said them."""
    plans: list[int] = []
    for span in reading.quotations[:_MOST_QUOTATIONS]:
        if quotes_lines(reading.draft.text, span):
            continue
        quoted = span.of(reading.draft.text)
        words = [_spelled(word.lower()) for word in find_words(quoted[: _WINDOW * 10])][:_WINDOW]
        if any(section.name in _PLANS for section in signs.telling.found(words)):
            plans.append(span.start)
    return plans


def _spelled(word: str) -> str:
    """Return a word without apostrophes, put right where its spelling is a known short form or slip."""
    bare = word.replace("'", "")
    known = _respellings()
    if bare in known:
        return known[bare]
    if _DRAWN_OUT.search(bare):
        once, twice = _DRAWN_OUT.sub(r"\1", bare), _DRAWN_OUT.sub(r"\1\1", bare)
        return twice if twice in load_signs("bot.coach", "signs.txt").words else known.get(once, once)
    return bare


@cache
def _respellings() -> dict[str, str]:
    """Load the words for every spelling in `respellings.txt`."""
    content = files("bot.coach").joinpath("respellings.txt").read_text(encoding="utf-8")
    lines = [line.partition(":") for line in content.splitlines() if not line.startswith("#")]
    return {spelling: word for word, _, spellings in lines for spelling in spellings.split()}
