"""The features of drafts: columns of the weight table, in four families.

Many drafts are taken at once, because the ledger reads every message and each step costs nearly the same for
one draft as for a hundred. A draft's features are the same alone and among others.
"""

import zlib
from collections.abc import Sequence
from functools import cache
from typing import Final

import numpy as np

from bot.model.hashing import Codes, Columns, Filed, Owners, filed, grams, owned, pairs, word_codes, words_of
from bot.model.plain import answered, straight
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
_SIGNAL_THERE = np.uint64(200)  # and the surface
_OPENING = 4
_ANSWERED_LONGEST = 600


def features(reading: Reading, sentences: Sequence[str]) -> tuple[Columns, ...]:
    """Return the columns of each family: words, characters, structure, what the draft answers.

    Args:
        reading: the draft, taken apart.
        sentences: its plain sentences.
    """
    return tuple(family.columns for family in features_of([reading], [sentences]))


def features_of(readings: Sequence[Reading], sentences: Sequence[Sequence[str]]) -> tuple[Filed, ...]:
    """Return the features of many drafts, family by family; see `features`."""
    texts = ["\n".join(parts) for parts in sentences]
    surfaces = np.array([_SURFACE[reading.draft.surface] for reading in readings], np.uint64)
    return (
        word_features(texts, surfaces),
        character_features(texts),
        _structure_features(readings, surfaces),
        _answered_features(readings),
    )


def word_features(texts: Sequence[str], surfaces: Codes | None = None) -> Filed:
    """Return the features of single words, of neighbours in pairs and triples, and of the opening."""
    codes, owners = _spelled(texts)
    together, thirds = owners[:-1] == owners[1:], owners[:-2] == owners[2:]
    place = np.arange(codes.size) - np.searchsorted(owners, owners)
    opening, first = place < _OPENING, together & (place[:-1] == 0)
    neighbours = pairs(codes[:-1], codes[1:])
    found = [
        (codes + _WORD, owners),
        (neighbours[together] + _PAIR, owners[:-1][together]),
        ((pairs(neighbours[:-1], codes[2:]) + _TRIPLE)[thirds], owners[2:][thirds]),
        ((pairs(codes[:-2], codes[2:]) + _SKIPPING)[thirds], owners[2:][thirds]),
        (pairs(codes[opening], place[opening].astype(np.uint64)) + _PLACED, owners[opening]),
        (neighbours[first] + _FIRST, owners[:-1][first]),
    ]
    if surfaces is not None:
        found.append((codes + surfaces[owners], owners))
    return _together(found)


def character_features(texts: Sequence[str]) -> Filed:
    """Return the features of runs of characters."""
    codes, owners = grams(texts)
    return filed(codes + _GRAM, owners)


def _structure_features(readings: Sequence[Reading], surfaces: Codes) -> Filed:
    spoken = [[*map(_signal_code, signals(reading))] for reading in readings]
    owners = owned([len(codes) for codes in spoken])
    codes = np.array([code for codes in spoken for code in codes], np.uint64)
    return _together([(codes + _SIGNAL, owners), (codes + (_SIGNAL_THERE + surfaces)[owners], owners)])


@cache
def _signal_code(signal: tuple[str, int]) -> int:
    name, step = signal
    return zlib.crc32(f"{name}={step}".encode())


def _answered_features(readings: Sequence[Reading]) -> Filed:
    codes, owners = _spelled([straight(answered(reading)[:_ANSWERED_LONGEST]) for reading in readings])
    together = owners[:-1] == owners[1:]
    neighbours = pairs(codes[:-1], codes[1:])[together]
    return _together([(codes + _ANSWERED_WORD, owners), (neighbours + _ANSWERED_PAIR, owners[:-1][together])])


def _spelled(texts: Sequence[str]) -> tuple[Codes, Owners]:
    """Return the codes of the words of all texts, and which text each stands in."""
    spelled = [words_of(text) for text in texts]
    return word_codes([word for words in spelled for word in words]), owned([len(words) for words in spelled])


def _together(found: Sequence[tuple[Codes, Owners]]) -> Filed:
    codes, owners = zip(*found, strict=True)
    return filed(np.concatenate(codes), np.concatenate(owners))
