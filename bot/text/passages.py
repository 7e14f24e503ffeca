"""A draft laid out for looking up phrases: its words, and the short passages they stand in."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass

from bot.text.phrase import STEM
from bot.text.reading import Reading
from bot.text.spans import Span
from bot.text.tokens import plain

_LONGEST = 400  # characters; phrases are shorter, and short passages keep the search linear


@dataclass(frozen=True, slots=True)
class Passages:
    """The words of a reading with the passages that hold them.

    Attributes:
        prose: the reading's prose, of the same length, with typographic apostrophes made plain.
        spans: the passages, in order: sentences, cut where they grow too long.
        words: the words of each passage, in lower case.
        places: for every word, and for its first letters with `*`, the passages that hold it, in order; of
            passages with the same words only the first.
    """

    prose: str
    spans: tuple[Span, ...]
    words: tuple[tuple[str, ...], ...]
    places: Mapping[str, tuple[int, ...]]

    def at(self, span: Span) -> int:
        """Return the index of the passage in which `span` starts, or of the nearest before it, or 0."""
        return max(0, bisect_right(self.spans, (span.start, len(self.prose) + 1)) - 1)


def lay_out(reading: Reading) -> Passages:
    """Return the passages of a reading: sentences, or pieces of at most a few hundred characters."""
    sentences = reading.sentences
    spans: list[Span] = []
    words: list[list[str]] = []
    index = 0
    end = -1
    for token in reading.tokens:
        here = token.span.start
        if here >= end:
            while index < len(sentences) - 1 and here >= sentences[index].end:
                index += 1
            sentence = sentences[index]
            start = max(sentence.start, end) if sentence.start <= here else here
            end = max(min(sentence.end, start + _LONGEST), token.span.end)
            spans.append(Span(start, end))
            words.append([])
        words[-1].append(token.lower)
    spoken = tuple(map(tuple, words))
    return Passages(plain(reading.prose), tuple(spans), spoken, _places(spoken))


def _places(words: tuple[tuple[str, ...], ...]) -> dict[str, tuple[int, ...]]:
    """Look the passages up by their words; what is said again and again is looked up once."""
    places: dict[str, list[int]] = {}
    said: set[tuple[str, ...]] = set()
    for index, spoken in enumerate(words):
        if spoken in said:
            continue
        said.add(spoken)
        known = set(spoken)
        known.update([word[:STEM] + "*" for word in known if len(word) >= STEM])
        for word in known:
            places.setdefault(word, []).append(index)
    return {word: tuple(indexes) for word, indexes in places.items()}
