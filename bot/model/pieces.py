"""What the encoder is given of a draft: where it goes, its sentences, and what it answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.model.plain import answered, spell_emoji, straight
from bot.model.wordpiece import WordPiece
from bot.text.draft import Surface
from bot.text.reading import Reading

LONGEST_DRAFT: Final = 128  # pieces; of a longer draft two thirds are its beginning and a third its end
LONGEST_ANSWERED: Final = 40
POSITIONS: Final = LONGEST_DRAFT + LONGEST_ANSWERED + 5
_SURFACE_WORD = {Surface.CHANNEL: "post", Surface.REPLY: "reply", Surface.DIRECT: "message"}
_ANSWERED_CHARACTERS = 600
_SENTENCE_CHARACTERS = 2_000


@dataclass(frozen=True, slots=True)
class Pieces:
    """The encoder's input.

    Attributes:
        numbers: all pieces.
        drafted: how many of them, from the first, belong to the draft.
        sentence: for each of those, the index of its sentence; -1 for marks that belong to none.
    """

    numbers: list[int]
    drafted: int
    sentence: list[int]


def pieces_of(reading: Reading, sentences: Sequence[str], tokenizer: WordPiece) -> Pieces:
    """Return the pieces of a draft, taken apart; `sentences` are its plain sentences."""
    numbers: list[int] = []
    owners: list[int] = []
    for index, sentence in enumerate(sentences):
        found = tokenizer.encode(spell_emoji(sentence[:_SENTENCE_CHARACTERS]))
        numbers += found
        owners += [index] * len(found)
    opening = [tokenizer.class_, *tokenizer.encode(_SURFACE_WORD[reading.draft.surface]), tokenizer.separator]
    own = [*opening, *_ends(numbers, LONGEST_DRAFT), tokenizer.separator]
    others: list[int] = []
    if text := answered(reading):
        found = tokenizer.encode(spell_emoji(straight(text[:_ANSWERED_CHARACTERS])))
        others = [*_ends(found, LONGEST_ANSWERED), tokenizer.separator]
    marks = [-1] * len(opening)
    return Pieces(own + others, len(own), [*marks, *_ends(owners, LONGEST_DRAFT), -1])


def _ends(numbers: list[int], most: int) -> list[int]:
    if len(numbers) <= most:
        return numbers
    head = most * 2 // 3
    return numbers[:head] + numbers[head - most :]
