"""Turns words and characters into column numbers of one weight table, the same on every machine."""

import re
import zlib
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint64]
Columns = NDArray[np.int64]
Owners = NDArray[np.int64]
"""For each number, the index of the text it comes from."""

BITS: Final = 19
NONE: Final[Columns] = np.zeros(0, np.int64)

_SHIFT = np.uint64(64 - BITS)
_MIX = np.uint64(0x9E3779B97F4A7C15)  # odd constants with well-spread bits (golden ratio, xxHash)
_STEP = np.uint64(0xC2B2AE3D27D4EB4F)
_FOLD = np.uint64(31)
_WORD = re.compile(r"[^\W_]++(?:'[^\W_]++)*+|[!?.]++|[^\w\s]|_++")
# The same in lower case where every character is ASCII, which most messages are; found sooner.
_PLAIN_WORD = re.compile(r"[a-z0-9]++(?:'[a-z0-9]++)*+|[!?.]++|[^\w\s]|_++")
_LONGEST_WORD = 40
_SHORTEST_GRAM, _LONGEST_GRAM = 2, 5
_SPACE = 32
_COLUMN = (1 << BITS) - 1


def words_of(text: str) -> list[str]:
    """Return the words and marks of a text in lower case; a run of `!`, `?` and `.` counts as one mark."""
    lower = text.lower()
    return (_PLAIN_WORD if lower.isascii() else _WORD).findall(lower)


def word_codes(words: Sequence[str]) -> Codes:
    """Return one number for each word: CRC-32 of its UTF-8 bytes."""
    return np.array(
        [zlib.crc32(w[:_LONGEST_WORD].encode("utf-8", "surrogatepass")) for w in words], np.uint64
    )


def columns(codes: Codes, salt: int = 0) -> Columns:
    """Return the column of each code, in the codes' order; `salt` keeps kinds of features apart."""
    mixed = (codes + np.uint64(salt)) * _MIX
    mixed ^= mixed >> _FOLD
    mixed *= _STEP
    mixed >>= _SHIFT
    return mixed.astype(np.int64)


class Filed(NamedTuple):
    """The features of many texts: columns, and the text each belongs to; in order, each once in a text."""

    columns: Columns
    owners: Owners


def filed(codes: Codes, owners: Owners) -> Filed:
    """Return the columns of codes that are salted already."""
    found = columns(codes)
    found |= owners << BITS
    found.sort()
    found = found.compress(_changes(found))
    return Filed(found & _COLUMN, found >> BITS)


def _changes(ordered: Columns) -> NDArray[np.bool_]:
    """Tell for each number whether it differs from the one before."""
    changes = np.ones(ordered.size, np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=changes[1:])
    return changes


def pairs(first: Codes, second: Codes) -> Codes:
    """Return one code for each pair of neighbours, which tells their order."""
    return (first * _STEP) ^ (second * _MIX + (first >> _FOLD))


def owned(counts: Sequence[int]) -> Owners:
    """Return the owners of numbers that stand text by text, so many of each."""
    return np.repeat(np.arange(len(counts)), counts)


def grams(texts: Sequence[str]) -> tuple[Codes, Owners]:
    """Return the codes of all runs of two to five characters that lie within a word and its edges."""
    flats = [f" {' '.join(text.lower().split())} " for text in texts]
    owners = owned([len(flat) for flat in flats])
    everything = "".join(flats).encode("utf-32-le", "surrogatepass")
    characters = np.frombuffer(everything, np.uint32).astype(np.uint64)
    spaces = np.concatenate(([0], np.cumsum(characters == _SPACE)))
    found: list[Codes] = []
    places: list[Owners] = []
    codes = characters
    for length in range(_SHORTEST_GRAM, min(_LONGEST_GRAM, len(characters)) + 1):
        starts = len(characters) - length + 1
        codes = codes[:starts] * _STEP + characters[length - 1 :]
        inner = spaces[length - 1 : len(characters)] - spaces[1 : starts + 1]
        within = np.flatnonzero((inner == 0) & (owners[:starts] == owners[length - 1 :]))
        found.append(codes.take(within) + np.uint64(length))
        places.append(owners.take(within))
    if not found:
        return characters, owners
    return np.concatenate(found), np.concatenate(places)
