"""The features of a draft: columns of the weight table, in four families."""

import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np

from bot.model.hashing import NONE, Columns, distinct_columns, grams, pairs, word_codes, words_of
from bot.model.plain import straight
from bot.model.signals import signals
from bot.text.draft import Surface
from bot.text.reading import Reading

WORDS: Final = 0
CHARACTERS: Final = 1
STRUCTURE: Final = 2
ANSWERED: Final = 3

_SURFACE = {Surface.CHANNEL: 101, Surface.REPLY: 102, Surface.DIRECT: 103}
# added to codes, to keep kinds of features apart
_WORD, _PAIR, _TRIPLE, _SKIPPING, _PLACED, _FIRST, _GRAM, _SIGNAL, _ANSWERED_WORD, _ANSWERED_PAIR = (
    np.uint64(salt) for salt in range(1, 11)
)
_SIGNAL_THERE = 200  # and the surface
_OPENING = 4
_PLACES = np.arange(_OPENING, dtype=np.uint64)
_ANSWERED_LONGEST = 600


def features(reading: Reading, sentences: Sequence[str]) -> tuple[Columns, ...]:
    """Return the columns of each family: words, characters, structure, what the draft answers.

    Args:
        reading: the draft, taken apart.
        sentences: its plain sentences.
    """
    text = "\n".join(sentences)
    surface = _SURFACE[reading.draft.surface]
    return (
        word_columns(text, surface),
        character_columns(text),
        _structure_columns(reading, surface),
        _answered_columns(reading),
    )


def word_columns(text: str, surface: int = 0) -> Columns:
    """Return the columns of single words, of neighbours in pairs and triples, and of the opening."""
    codes = word_codes(words_of(text))
    if not codes.size:
        return NONE
    neighbours = pairs(codes[:-1], codes[1:])
    opening = codes[:_OPENING]
    salted = [
        codes + _WORD,
        neighbours + _PAIR,
        pairs(neighbours[:-1], codes[2:]) + _TRIPLE,
        pairs(codes[:-2], codes[2:]) + _SKIPPING,
        pairs(opening, _PLACES[: opening.size]) + _PLACED,
        neighbours[:1] + _FIRST,
    ]
    if surface:
        salted.append(codes + np.uint64(surface))
    return distinct_columns(np.concatenate(salted))


def character_columns(text: str) -> Columns:
    """Return the columns of runs of characters."""
    return distinct_columns(grams(text) + _GRAM)


def _structure_columns(reading: Reading, surface: int) -> Columns:
    codes = np.array([_signal_code(name, step) for name, step in signals(reading)], np.uint64)
    return distinct_columns(np.concatenate([codes + _SIGNAL, codes + np.uint64(_SIGNAL_THERE + surface)]))


@lru_cache(maxsize=4096)
def _signal_code(name: str, step: int) -> int:
    return zlib.crc32(f"{name}={step}".encode())


def _answered_columns(reading: Reading) -> Columns:
    answered = reading.draft.reply_to
    if answered is None or not answered.text:
        return NONE
    codes = word_codes(words_of(straight(answered.text[:_ANSWERED_LONGEST])))
    return distinct_columns(
        np.concatenate([codes + _ANSWERED_WORD, pairs(codes[:-1], codes[1:]) + _ANSWERED_PAIR])
    )
