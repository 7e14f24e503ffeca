"""Turns words and characters into column numbers of one weight table, the same on every machine."""

import re
import zlib
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint64]
Columns = NDArray[np.int64]

BITS: Final = 19
NONE: Final[Columns] = np.zeros(0, np.int64)

_SHIFT = np.uint64(64 - BITS)
_MIX = np.uint64(0x9E3779B97F4A7C15)  # odd constants with well-spread bits (golden ratio, xxHash)
_STEP = np.uint64(0xC2B2AE3D27D4EB4F)
_FOLD = np.uint64(31)
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[!?.]+|[^\w\s]|_+")
_LONGEST_WORD = 40
_SHORTEST_GRAM, _LONGEST_GRAM = 2, 5
_SPACE = 32


def words_of(text: str) -> list[str]:
    """Return the words and marks of a text in lower case; a run of `!`, `?` and `.` counts as one mark."""
    return _WORD.findall(text.lower())


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


def distinct_columns(codes: Codes) -> Columns:
    """Return the columns of codes that are salted already, each column once and in order."""
    found = columns(codes)
    found.sort()
    return found[_changes(found)]


def _changes(ordered: Columns) -> NDArray[np.bool_]:
    """Tell for each number whether it differs from the one before."""
    changes = np.ones(ordered.size, np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=changes[1:])
    return changes


def pairs(first: Codes, second: Codes) -> Codes:
    """Return one code for each pair of neighbours, which tells their order."""
    return (first * _STEP) ^ (second * _MIX + (first >> _FOLD))


def grams(text: str) -> Codes:
    """Return the codes of all runs of two to five characters that lie within a word and its edges."""
    flat = f" {' '.join(text.lower().split())} "
    characters = np.frombuffer(flat.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    spaces = np.concatenate(([0], np.cumsum(characters == _SPACE)))
    found: list[Codes] = []
    codes = characters
    for length in range(_SHORTEST_GRAM, min(_LONGEST_GRAM, len(flat)) + 1):
        starts = len(flat) - length + 1
        codes = codes[:starts] * _STEP + characters[length - 1 :]
        inner = spaces[length - 1 : len(flat)] - spaces[1 : starts + 1]
        found.append(codes[inner == 0] + np.uint64(length))
    return np.concatenate(found)
