"""Keyed fingerprints that find a post nearly repeating another of the same author, without its text.

A text becomes a set of hashed word pairs; the fingerprint keeps, for each of 32 keyed orders, one
byte of the first pair in that order (b-bit minwise hashing: Li and König, "b-Bit Minwise Hashing",
WWW 2010). Two texts agree in as many bytes as their sets overlap. Without the key nothing can be
looked up, and with another author's key nothing can be compared. Fingerprints expire with the row
they stand in.
"""

import hashlib
import struct
from typing import Any

from bot.balance.facts import spoken
from bot.text.reading import Reading
from bot.text.tokens import find_tokens

SIZE = 32
"""The bytes of a fingerprint, one for each order."""

ALIKE = 15
"""Two fingerprints that agree in so many bytes are near-repeats: two texts that share about six in ten
of their word pairs. Measured on the pairs of tests/balance/cases/near_repeats.yaml, most of them written
after it was chosen: 99 of 100 near-repeats are found, and 997 of 1,000 found are near-repeats."""

_BANDS = struct.Struct("<16H")
_ORDERS = struct.Struct("<32H")
_GREETINGS = frozenset(
    "hi hey hello hiya heya yo hola howdy greetings dear morning afternoon evening good all "
    "everyone everybody folks team friends guys people there y'all yall gang peeps world channel "
    "community happy monday tuesday wednesday thursday friday saturday sunday".split()
)
_WORDS_WITHOUT_LINKS = 5


def fingerprint_of(reading: Reading, key: bytes) -> bytes | None:
    """Return the fingerprint of a text under one author's key.

    The opening greeting and, where there are words enough, the links do not matter.

    Args:
        reading: the text, taken apart.
        key: the author's own fingerprint key, at most 64 bytes.

    Returns:
        `SIZE` bytes; None where there are no words and no links to tell texts apart.
    """
    words = [token.lower for token in find_tokens(spoken(reading))]
    while words and words[0] in _GREETINGS and len(words) > _WORDS_WITHOUT_LINKS:
        words.pop(0)
    if len(words) < _WORDS_WITHOUT_LINKS:
        words += [f"{link.host}{link.path}?{link.query}" for link in reading.links]
    if not words:
        return None
    pairs = {f"{first} {second}" for first, second in zip(["", *words], [*words, ""], strict=True)}
    digests = (
        hashlib.blake2b(pair.encode("utf-8", "surrogatepass"), digest_size=64, key=key).digest()
        for pair in pairs
    )
    orders = zip(*map(_ORDERS.unpack, digests), strict=True)
    return bytes(min(order) & 0xFF for order in orders)


def alike(first: bytes, second: bytes) -> bool:
    """Tell whether two fingerprints under the same key are of texts that nearly repeat each other."""
    return sum(a == b for a, b in zip(first, second, strict=True)) >= ALIKE


_Link = tuple[int, bytes, Any]
"""When a post was posted, its fingerprint, and the link of the post before it in the same band."""


class Repeats:
    """Finds, post by post in order of time, the latest earlier post that each one nearly repeats.

    Posts are filed under each pair of bytes of their fingerprint; those that share one are compared.
    Texts as much alike as `ALIKE` asks share at least one such pair of bytes 97 times in a hundred.
    """

    __slots__ = ("_bands",)

    def __init__(self) -> None:
        self._bands: tuple[dict[int, _Link], ...] = tuple({} for _ in range(SIZE // 2))

    def latest(self, fingerprint: bytes | None, at: int) -> int | None:
        """Return when the latest post before this one that is alike was posted, and remember this one.

        Args:
            fingerprint: the post's fingerprint; None is like nothing.
            at: when it was posted, in microseconds since 1970 in UTC; not before the last one asked for.
        """
        if fingerprint is None:
            return None
        found: int | None = None
        for band, value in zip(self._bands, _BANDS.unpack(fingerprint), strict=True):
            link = before = band.get(value)
            while link is not None and (found is None or link[0] > found):
                if alike(fingerprint, link[1]):
                    found = link[0]
                link = link[2]
            band[value] = (at, fingerprint, before)
        return found
