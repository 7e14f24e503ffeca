"""Cuts words into the pieces the encoder knows, as BERT's uncased tokenizer does (longest match first)."""

import unicodedata
from collections.abc import Sequence
from typing import Final

PAD, UNKNOWN, CLASS, SEPARATOR = "[PAD]", "[UNK]", "[CLS]", "[SEP]"

_LONGEST_WORD: Final = 60
_MOST_REMEMBERED: Final = 20_000


class WordPiece:
    """Turns text into piece numbers; remembers the words it has seen, which changes speed and nothing else.

    Attributes:
        class_: number of the piece that opens an input.
        separator: number of the piece that closes a part of it.
    """

    __slots__ = ("_pieces", "_remembered", "_unknown", "class_", "separator")

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self._pieces = {piece: number for number, piece in enumerate(vocabulary)}
        self._unknown = self._pieces[UNKNOWN]
        self.class_ = self._pieces[CLASS]
        self.separator = self._pieces[SEPARATOR]
        self._remembered: dict[str, tuple[int, ...]] = {}

    def encode(self, text: str) -> list[int]:
        """Return the numbers of the pieces of `text`."""
        numbers: list[int] = []
        for word in words(text):
            numbers += self._word(word)
        return numbers

    def _word(self, word: str) -> tuple[int, ...]:
        known = self._remembered.get(word)
        if known is None:
            known = self._cut(word)
            if len(self._remembered) < _MOST_REMEMBERED:
                self._remembered[word] = known
        return known

    def _cut(self, word: str) -> tuple[int, ...]:
        if len(word) > _LONGEST_WORD:
            return (self._unknown,)
        numbers: list[int] = []
        start = 0
        while start < len(word):
            end = len(word)
            prefix = "##" if start else ""
            while end > start and prefix + word[start:end] not in self._pieces:
                end -= 1
            if end == start:
                return (self._unknown,)
            numbers.append(self._pieces[prefix + word[start:end]])
            start = end
        return tuple(numbers)


def words(text: str) -> list[str]:
    """Return the words and marks of `text` in lower case, accents removed; each mark stands alone."""
    text = text.lower()
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFD", text) if unicodedata.category(c) != "Mn")
    found: list[str] = []
    current = ""
    for character in text:
        if character.isalnum():
            current += character
            continue
        group = " " if character.isspace() else unicodedata.category(character)[0]
        if group == "C":
            continue
        if group in " PSZ":
            if current:
                found.append(current)
                current = ""
            if group in "PS":
                found.append(character)
        else:
            current += character
    if current:
        found.append(current)
    return found
