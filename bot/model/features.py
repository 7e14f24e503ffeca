"""The features of a draft: columns of the weight table, in four families."""

import zlib
from collections.abc import Sequence
from typing import Final

import numpy as np

from bot.model.hashing import NONE, Columns, columns, grams, pairs, word_codes, words_of
from bot.model.plain import straight
from bot.model.signals import signals
from bot.text.draft import Surface
from bot.text.reading import Reading

WORDS: Final = 0
CHARACTERS: Final = 1
STRUCTURE: Final = 2
ANSWERED: Final = 3

_SURFACE = {Surface.CHANNEL: 101, Surface.REPLY: 102, Surface.DIRECT: 103}
_OPENING = 4
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
    kinds = [
        columns(codes, 1),
        columns(neighbours, 2),
        columns(pairs(neighbours[:-1], codes[2:]), 3),
        columns(pairs(codes[:-2], codes[2:]), 4),
        columns(pairs(codes[:_OPENING], np.arange(min(_OPENING, codes.size), dtype=np.uint64)), 5),
        columns(neighbours[:1], 6),
    ]
    if surface:
        kinds.append(columns(codes, surface))
    return np.unique(np.concatenate(kinds))


def character_columns(text: str) -> Columns:
    """Return the columns of runs of characters."""
    return np.unique(columns(grams(text), 7))


def _structure_columns(reading: Reading, surface: int) -> Columns:
    names = [f"{name}={step}" for name, step in signals(reading)]
    codes = np.array([zlib.crc32(name.encode()) for name in names], np.uint64)
    return np.unique(np.concatenate([columns(codes, 8), columns(codes, 200 + surface)]))


def _answered_columns(reading: Reading) -> Columns:
    answered = reading.draft.reply_to
    if answered is None or not answered.text:
        return NONE
    codes = word_codes(words_of(straight(answered.text[:_ANSWERED_LONGEST])))
    return np.unique(np.concatenate([columns(codes, 9), columns(pairs(codes[:-1], codes[1:]), 10)]))
