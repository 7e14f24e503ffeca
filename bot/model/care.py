"""A second opinion on whether somebody is in danger: a small table of weights over words and characters.

The signs of `bot.coach.care` know what people often say; the table knows from written cases how the rest of
a draft speaks for or against it. It reads the draft as a whole, each sentence and each two neighbours, and
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

from bot.model.hashing import BITS, Columns, columns, pairs, word_codes, words_of
from bot.model.plain import straight
from bot.text.reading import Reading

FILE: Final = "care.npz"
FORMAT: Final = 1
WORDS: Final = 1.5  # what all word features of a passage count together, against 1 for its characters
SIGN: Final = 0.5  # what one sign counts; both chosen by cross-validation by author
STEPS: Final = 127

_GRAM_LENGTHS: Final = (2, 3, 4, 5)
_MIX = np.uint64(0xC2B2AE3D27D4EB4F)  # odd, with well-spread bits (xxHash)
_SPACE = 32
_THOUSAND = 1000

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


def passages(reading: Reading) -> Passages:
    """Return the features of a draft, sentence by sentence; code and quotations are not read."""
    spoken = [straight(reading.prose[span.start : span.end]) for span in reading.sentences]
    parts = [" ".join(words_of(text)) for text in spoken]
    parts = [part for part in parts if part]
    counts = [part.count(" ") + 1 for part in parts]
    words, word_owner = _word_columns(word_codes(" ".join(parts).split(" ") if parts else ()), counts)
    characters, character_owner = _character_columns(parts)
    return Passages(len(parts), words, word_owner, characters, character_owner)


def sign_columns(signs: Sequence[str]) -> Columns:
    """Return the columns of the signs found in a draft, by their names."""
    return columns(word_codes(signs), 301)


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

    def score(self, reading: Reading, signs: Sequence[str]) -> int:
        """Return the log-odds, in thousandths, that somebody is in danger.

        Args:
            reading: the draft, taken apart.
            signs: names of what the signs found in it.

        Returns:
            The same whole number on every machine: sums of whole numbers, rounded.
        """
        signed = float(self.weights[sign_columns(signs)].sum(dtype=np.int64)) * SIGN if signs else 0.0
        found = passages(reading)
        strongest = 0.0
        if found.sentences:
            strongest = float(self.of_passages(found).max())
        return round(((strongest + signed) * self.unit + self.bias) * _THOUSAND)

    def of_passages(self, found: Passages) -> Floats:
        """Return what every passage adds, in units of weight: see `sums` for their order."""
        words, word_counts = sums(self.weights[found.words], found.word_owner, found.sentences)
        letters, counts = sums(self.weights[found.characters], found.character_owner, found.sentences)
        return WORDS * words / np.sqrt(word_counts) + letters / np.sqrt(counts)


def sums(weights: NDArray[Any], owner: Columns, sentences: int) -> tuple[Floats, Floats]:
    """Return the sum of the weights and their number (at least 1) for every passage.

    The passages are each sentence, then each two neighbours, then (where there are more than two sentences)
    the whole draft.
    """
    one = np.bincount(owner, weights, sentences)
    number = np.bincount(owner, minlength=sentences)
    total, count = [one], [number]
    if sentences > 1:
        total.append(one[:-1] + one[1:])
        count.append(number[:-1] + number[1:])
    if sentences > 2:  # noqa: PLR2004 - two sentences are each other's neighbours
        total.append(one.sum(keepdims=True))
        count.append(number.sum(keepdims=True))
    return np.concatenate(total), np.maximum(np.concatenate(count), 1).astype(np.float64)


def save(path: Path, weights: Floats, bias: float, enough: int) -> None:
    """Write the table: each weight in a byte, finer near zero; the same content gives the same bytes."""
    greatest = max(float(np.abs(weights).max()), 1e-9)
    steps = np.rint(np.sqrt(np.abs(weights) / greatest) * STEPS) * np.sign(weights)
    about = {"format": FORMAT, "greatest": greatest, "bias": bias, "enough": enough}
    packed = np.frombuffer(json.dumps(about).encode(), np.uint8)
    np.savez_compressed(path, about=packed, weights=steps.astype(np.int8))


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
    return CareTable(
        np.sign(wide) * wide * wide, about["greatest"] / STEPS**2, about["bias"], int(about["enough"])
    )


@cache
def care_table() -> CareTable:
    """Return the table that comes with the package, loaded once."""
    return load()


def _word_columns(codes: NDArray[np.uint64], counts: Sequence[int]) -> tuple[Columns, Columns]:
    """Return the columns of words and of what stands beside them, and the sentence of each."""
    owner = np.repeat(np.arange(len(counts)), counts)
    two = pairs(codes[:-1], codes[1:])
    kinds = (
        columns(codes, 21),
        columns(two, 22),
        columns(pairs(two[:-1], codes[2:]), 23),
        columns(pairs(codes[:-2], codes[2:]), 24),
    )
    return np.concatenate(kinds), np.concatenate([owner[: kind.size] for kind in kinds])


def _character_columns(parts: Sequence[str]) -> tuple[Columns, Columns]:
    """Return the columns of runs of characters within a word and its edges, and the sentence of each."""
    flat = f" {' '.join(parts)} "
    letters = np.frombuffer(flat.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    ends = np.cumsum([1, *(len(part) + 1 for part in parts)])
    owner = np.repeat(np.arange(len(parts)), np.diff(ends)) if parts else np.zeros(0, np.int64)
    owner = np.concatenate((owner[:1], owner))  # the space before the first word
    spaces = np.concatenate(([0], np.cumsum(letters == _SPACE)))
    found: list[Columns] = []
    owners: list[Columns] = []
    codes = letters
    for length in _GRAM_LENGTHS:
        starts = len(flat) - length + 1
        if starts <= 0:
            break
        codes = codes[:starts] * _MIX + letters[length - 1 :]
        inner = spaces[length - 1 : len(flat)] == spaces[1 : starts + 1]
        found.append(columns(codes[inner], 30 + length))
        owners.append(owner[:starts][inner])
    return np.concatenate(found), np.concatenate(owners)
