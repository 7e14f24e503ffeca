"""A second opinion on whether somebody is in danger: a small table of weights over words and characters.

The signs of `bot.coach.care` know what people often say; the table has learned from written cases what else
they say. It reads the draft as a whole, each sentence and each two neighbours, and
the strongest of them counts: a plea in the middle of release notes is still a plea.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bot.model.hashing import NONE, Codes, Columns, pairs, word_codes, words_of
from bot.model.plain import straight
from bot.text.reading import Reading

FILE: Final = "care.npz"
FORMAT: Final = 1
WORDS: Final = 1.5  # what all word features of a passage count together, against 1 for its characters
STEPS: Final = 127
BITS: Final = 18

_GRAM_LENGTHS: Final = (2, 3, 4, 5)
_MIX = np.uint64(0x9E3779B97F4A7C15)  # odd, with well-spread bits (golden ratio, xxHash)
_NEXT = np.uint64(0xC2B2AE3D27D4EB4F)
_FOLD = np.uint64(31)
_SHIFT = np.uint64(64 - BITS)
_SPACE = 32
_THOUSAND = 1000
_MANY_WORDS = 180.0  # word features of about sixty words
_MANY_LETTERS = 1000.0  # character features of about as many

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Passages:
    """The features of every sentence of a draft.

    Attributes:
        sentences: how many sentences there are.
        words: the columns of single words, neighbours and triples.
        word_owner: for each of those, the index of the sentence it begins in.
        characters: the columns of runs of two to five characters.
        character_owner: for each of those, the index of its sentence.
    """

    sentences: int
    words: Columns
    word_owner: Columns
    characters: Columns
    character_owner: Columns

    @property
    def passages(self) -> int:
        """Tell how many passages `sums` makes of the sentences; the last is the whole draft."""
        return self.sentences if self.sentences < 2 else 2 * self.sentences - (self.sentences == 2)  # noqa: PLR2004 - two sentences are each other's neighbours

    def columns_of(self, passage: int) -> tuple[Columns, Columns]:
        """Return the columns of the words and characters of one passage, in the order of `sums`."""
        first, last = passage, passage
        if passage >= self.sentences:
            first, last = passage - self.sentences, passage - self.sentences + 1
        if passage > 2 * (self.sentences - 1) or passage < 0:
            first, last = 0, self.sentences
        words = (self.word_owner >= first) & (self.word_owner <= last)
        characters = (self.character_owner >= first) & (self.character_owner <= last)
        return self.words[words], self.characters[characters]


def passages_of(reading: Reading) -> Passages:
    """Return the features of a draft, sentence by sentence; code and quotations are not read."""
    spoken = [straight(reading.prose[span.start : span.end]) for span in reading.sentences]
    parts = [" ".join(words_of(text)) for text in spoken]
    parts = [part for part in parts if part]
    spelled = [part.split(" ") for part in parts]
    codes = word_codes([word for words in spelled for word in words])
    words, word_owner = _word_columns(codes, [len(words) for words in spelled])
    characters, character_owner = _character_columns(parts)
    return Passages(len(parts), words, word_owner, characters, character_owner)


@dataclass(frozen=True, slots=True)
class CareTable:
    """The trained weights.

    Attributes:
        weights: a whole number for each column.
        unit: what one whole number is worth.
        bias: added to every score.
        enough: the score, in thousandths, from which a draft is met with care.
    """

    weights: NDArray[np.int16]
    unit: float
    bias: float
    enough: int

    def alarmed(self, reading: Reading) -> bool:
        """Tell whether the draft is to be met with care; the same on every machine."""
        return self.score(passages_of(reading)) >= self.enough

    def log_odds(self, reading: Reading) -> float:
        """Return how surely the draft is to be met with care: see `score`."""
        return self.score(passages_of(reading)) / _THOUSAND

    def score(self, found: Passages) -> int:
        """Return the log-odds of the strongest passage, in thousandths: sums of whole numbers, rounded."""
        strongest = float(self.of_passages(found).max()) if found.sentences else 0.0
        return round((strongest * self.unit + self.bias) * _THOUSAND)

    def of_passages(self, found: Passages) -> Floats:
        """Return what every passage adds, in units of weight: see `sums` for their order."""
        words, word_counts = sums(self.weights[found.words], found.word_owner, found.sentences)
        letters, counts = sums(self.weights[found.characters], found.character_owner, found.sentences)
        return WORDS * words / _spread(word_counts, _MANY_WORDS) + letters / _spread(counts, _MANY_LETTERS)


def _spread(counts: Floats, many: float) -> Floats:
    """Return what to divide sums by: the root of the count, and beyond `many` in line with it.

    So a passage that repeats itself a thousand times weighs no more than one that does so a few times.
    """
    return np.sqrt(counts) * np.sqrt(np.maximum(counts / many, 1.0))


def sums(weights: NDArray[Any], owner: Columns, sentences: int) -> tuple[Floats, Floats]:
    """Return the sum of the weights and their number (at least 1) for every passage.

    The passages are each sentence, then each two neighbours, then (where there are more than two sentences)
    the whole draft.
    """
    one: Floats = np.bincount(owner, weights, sentences).astype(np.float64)
    number = np.bincount(owner, minlength=sentences)
    total, count = [one], [number]
    if sentences > 1:
        total.append(one[:-1] + one[1:])
        count.append(number[:-1] + number[1:])
    if sentences > 2:  # noqa: PLR2004 - two sentences are each other's neighbours
        total.append(one.sum(keepdims=True))
        count.append(number.sum(keepdims=True))
    return np.concatenate(total), np.maximum(np.concatenate(count), 1).astype(np.float64)


def squeeze(weights: Floats, bias: float, enough: int) -> CareTable:
    """Return the table whose weights each fit a byte: the sign and the square root of the size."""
    greatest = max(float(np.abs(weights).max()), 1e-9)
    steps = np.rint(np.sqrt(np.abs(weights) / greatest) * STEPS) * np.sign(weights)
    return CareTable((steps * np.abs(steps)).astype(np.int16), greatest / STEPS**2, bias, enough)


def save(path: Path, table: CareTable) -> None:
    """Write a table; the same content gives the same bytes."""
    about = {"format": FORMAT, "unit": table.unit, "bias": table.bias, "enough": table.enough}
    packed = np.frombuffer(json.dumps(about).encode(), np.uint8)
    wide = table.weights.astype(np.float64)
    steps = np.rint(np.sqrt(np.abs(wide)) * np.sign(wide)).astype(np.int8)
    np.savez_compressed(path, about=packed, weights=steps)


def load(path: Path | None = None) -> CareTable:
    """Load a table; without a path, the one that comes with the package.

    Raises:
        ValueError: the file is of another format than this version reads.
    """
    content = path.read_bytes() if path else files("bot.model").joinpath(FILE).read_bytes()
    with np.load(BytesIO(content), allow_pickle=False) as stored:
        about: dict[str, Any] = json.loads(stored["about"].tobytes())
        steps: NDArray[np.int8] = stored["weights"]
    if about["format"] != FORMAT or steps.size != 1 << BITS:
        raise ValueError(f"{path or FILE} is of another format; run `python -m bot.training.care`")
    wide = steps.astype(np.int16)
    return CareTable(wide * np.abs(wide), about["unit"], about["bias"], about["enough"])


@cache
def care_table() -> CareTable:
    """Return the table that comes with the package, loaded once."""
    return load()


def _columns(codes: Codes, salt: int) -> Columns:
    """Return the column of each code; `salt` keeps kinds of features apart."""
    mixed = (codes + np.uint64(salt)) * _MIX
    mixed ^= mixed >> _FOLD
    mixed *= _NEXT
    mixed >>= _SHIFT
    return mixed.astype(np.int64)


def _word_columns(codes: Codes, counts: Sequence[int]) -> tuple[Columns, Columns]:
    """Return the columns of words and of what stands beside them, and the sentence of each."""
    owner = np.repeat(np.arange(len(counts)), counts)
    two = pairs(codes[:-1], codes[1:])
    kinds = (
        (codes, 0),
        (two, 1),
        (pairs(two[:-1], codes[2:]), 2),
        (pairs(codes[:-2], codes[2:]), 2),
    )
    found: list[Columns] = []
    owners: list[Columns] = []
    for salt, (kind, reach) in enumerate(kinds, start=2):
        within = owner[: kind.size] == owner[reach : reach + kind.size]
        found.append(_columns(kind[within], salt))
        owners.append(owner[: kind.size][within])
    return np.concatenate(found), np.concatenate(owners)


def _character_columns(parts: Sequence[str]) -> tuple[Columns, Columns]:
    """Return the columns of runs of characters within a word and its edges, and the sentence of each."""
    if not parts:
        return NONE, NONE
    flat = f" {' '.join(parts)} "
    letters = np.frombuffer(flat.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    owner = np.repeat(np.arange(len(parts)), [len(part) + 1 for part in parts])  # each with the space before
    spaces = np.concatenate(([0], np.cumsum(letters == _SPACE)))
    found: list[Columns] = []
    owners: list[Columns] = []
    codes = letters
    for length in _GRAM_LENGTHS:
        starts = len(flat) - length + 1
        if starts <= 0:
            break
        codes = codes[:starts] * _NEXT + letters[length - 1 :]
        inner = spaces[length - 1 : len(flat)] == spaces[1 : starts + 1]
        found.append(_columns(codes[inner], 10 + length))
        owners.append(owner[:starts][inner])
    return np.concatenate(found), np.concatenate(owners)
