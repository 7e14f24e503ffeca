"""Keyed fingerprints that find a post nearly repeating another of the same author, without its text.

A text becomes a set of hashed word pairs; the fingerprint keeps, for each of 32 keyed orders, one
byte of the first pair in that order (b-bit minwise hashing: Li and König, "b-Bit Minwise Hashing",
WWW 2010). Two texts agree in as many bytes as their sets overlap. Without the key nothing can be
looked up, and with another author's key nothing can be compared. Fingerprints expire with the row
they stand in.
"""

import hashlib
import re
import struct
import unicodedata

import numpy as np
import numpy.typing as npt

from bot.balance.facts import ledger_words, spoken
from bot.text.reading import Reading
from bot.text.tokens import find_words

SIZE = 32
"""The bytes of a fingerprint, one for each order."""

ALIKE = 15
"""Two fingerprints that agree in so many bytes are near-repeats: two texts that share about six in ten
of their word pairs. Measured on the pairs of tests/balance/cases/near_repeats.yaml, most of them written
after it was chosen: 99 of 100 near-repeats are found, and 997 of 1,000 found are near-repeats."""

_BANDS = struct.Struct("<16H")
_ROOM = 64
"""Posts for which there is room at first; doubled as they come."""

_GREETINGS = frozenset(
    "hi hey hello hiya heya yo hola howdy greetings dear morning afternoon evening good all "
    "everyone everybody folks team friends guys people there y'all yall gang peeps world channel "
    "community happy monday tuesday wednesday thursday friday saturday sunday".split()
)
_WORDS_WITHOUT_LINKS = 5
# What Unicode calls default-ignorable: it shows nothing where a font does not know it.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)

# Letters of chat keyboards that look like Latin ones in every font: from Unicode's confusables.txt (UTS #39).
_LOOKALIKES = str.maketrans(
    {
        **dict(zip("аеорсухѕіјһԁԛԝѵү", "aeopcyxsijhdqwvy", strict=True)),
        **dict(zip("АВЕЅІЈКМНОРСТУХԌԜѴҮ", "ABESIJKMHOPCTYXGWVY", strict=True)),
        **dict(zip("αιονρυγ", "aiovpuy", strict=True)),
        **dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX", strict=True)),
        **dict(zip("ɑɡ", "ag", strict=True)),
    }
)
_GREEK_OR_CYRILLIC = re.compile("[\u0370-\u052f]")


def fingerprint_of(reading: Reading, key: bytes) -> bytes | None:
    """Return the fingerprint of a text under one author's key.

    The opening greeting and, where there are words enough, the links do not matter; nor does what cannot
    be seen, such as a space without width, a letter in another form of itself or one of another alphabet
    that looks the same.

    Args:
        reading: the text, taken apart.
        key: the author's own fingerprint key, at most 64 bytes.

    Returns:
        `SIZE` bytes; None where there are no words and no links to tell texts apart.
    """
    words = _words(reading)
    while words and words[0] in _GREETINGS and len(words) > _WORDS_WITHOUT_LINKS:
        words.pop(0)
    if len(words) < _WORDS_WITHOUT_LINKS:
        words += [f"{link.host}{link.path}?{link.query}" for link in reading.links]
    if not words:
        return None
    pairs = {f"{first} {second}" for first, second in zip(["", *words], [*words, ""], strict=True)}
    keyed = hashlib.blake2b(digest_size=2 * SIZE, key=key)
    digests: list[bytes] = []
    for pair in pairs:
        digest = keyed.copy()
        digest.update(pair.encode("utf-8", "surrogatepass"))
        digests.append(digest.digest())
    orders = np.frombuffer(b"".join(digests), "<u2").reshape(-1, SIZE)
    return np.minimum.reduce(orders).astype(np.uint8).tobytes()


def _words(reading: Reading) -> list[str]:
    """Return the words of a text as they look, in lower case."""
    if reading.draft.text.isascii():
        return [word.lower() for word in ledger_words(reading)]
    seen = _as_seen(spoken(reading))
    words = ledger_words(reading) if seen is None else find_words(seen)
    return [_latin(word).lower() for word in words]


def _as_seen(text: str) -> str | None:
    """Return a text as it looks, without what nobody sees; None where that is how it is written."""
    if not _UNSEEN.search(text) and unicodedata.is_normalized("NFKC", text):
        return None
    return unicodedata.normalize("NFKC", _UNSEEN.sub("", text))


def _latin(word: str) -> str:
    """Return a word in Latin letters where each of its letters is or looks like one, else as it is."""
    if word.isascii():
        return word
    looks = word.translate(_LOOKALIKES)
    return word if _GREEK_OR_CYRILLIC.search(looks) else looks


def alike(first: bytes, second: bytes) -> bool:
    """Tell whether two fingerprints under the same key are of texts that nearly repeat each other."""
    return sum(a == b for a, b in zip(first, second, strict=True)) >= ALIKE


class Repeats:
    """Finds, post by post in order of time, the latest earlier post that each one nearly repeats.

    Two posts are compared where they share a pair of bytes of their fingerprints; texts as much alike as
    `ALIKE` asks share at least one such pair 97 times in a hundred.
    """

    __slots__ = ("_bands", "_prints", "_times")

    def __init__(self) -> None:
        self._bands: tuple[set[int], ...] = tuple(set() for _ in range(SIZE // 2))
        self._prints = np.empty((SIZE, _ROOM), np.uint8)  # a column for each post
        self._times: list[int] = []

    def latest(self, fingerprint: bytes | None, at: int) -> int | None:
        """Return when the latest post before this one that is alike was posted, and remember this one.

        Args:
            fingerprint: the post's fingerprint; None is like nothing.
            at: when it was posted, in microseconds since 1970 in UTC; not before the last one asked for.
        """
        if fingerprint is None:
            return None
        values = _BANDS.unpack(fingerprint)
        column = np.frombuffer(fingerprint, np.uint8)
        # Most posts share no band with any other, which is known far sooner.
        shared = any(value in band for band, value in zip(self._bands, values, strict=True))
        found = self._compared(column) if shared else None
        for band, value in zip(self._bands, values, strict=True):
            band.add(value)
        self._remember(column, at)
        return found

    def _compared(self, column: npt.NDArray[np.uint8]) -> int | None:
        """Compare with every earlier post at once: a member's posts may all follow one template."""
        same = self._prints[:, : len(self._times)] == column[:, np.newaxis]
        paired = (same[::2] & same[1::2]).any(axis=0)
        found = np.flatnonzero(paired & (same.sum(axis=0, dtype=np.uint8) >= ALIKE))
        return self._times[found[-1]] if found.size else None

    def _remember(self, column: npt.NDArray[np.uint8], at: int) -> None:
        number = len(self._times)
        if number == self._prints.shape[1]:
            self._prints = np.concatenate((self._prints, np.empty_like(self._prints)), axis=1)
        self._prints[:, number] = column
        self._times.append(at)
