"""A draft laid out for looking up phrases: its words, and the short passages they stand in."""

from dataclasses import dataclass

from bot.text.reading import Reading
from bot.text.spans import Span
from bot.text.tokens import plain

_LONGEST = 400  # characters; phrases are shorter, and short passages keep the search linear


@dataclass(frozen=True, slots=True)
class Passages:
    """The words of a reading with the passages that hold them.

    Attributes:
        prose: the reading's prose, of the same length, with typographic apostrophes made plain.
        words: for each word its lower-case text and the index of its passage.
        spans: the passages: sentences, cut where they grow too long.
    """

    prose: str
    words: tuple[tuple[str, int], ...]
    spans: tuple[Span, ...]


def lay_out(reading: Reading) -> Passages:
    """Return the passages of a reading: sentences, or pieces of at most a few hundred characters."""
    sentences = reading.sentences
    spans: list[Span] = []
    words: list[tuple[str, int]] = []
    index = 0
    start = end = -1
    for token in reading.tokens:
        here = token.span.start
        while index < len(sentences) - 1 and here >= sentences[index].end:
            index += 1
        sentence = sentences[index]
        if here >= end:
            start = max(sentence.start, end) if sentence.start <= here else here
            end = min(sentence.end, start + _LONGEST)
            end = max(end, token.span.end)
            spans.append(Span(start, end))
        words.append((token.lower, len(spans) - 1))
    return Passages(plain(reading.prose), tuple(words), tuple(spans))


def words_by_passage(passages: Passages) -> dict[int, list[str]]:
    """Return the words of every passage that has any, by the passage's index, in order."""
    found: dict[int, list[str]] = {}
    for word, index in passages.words:
        found.setdefault(index, []).append(word)
    return found
