"""Half-open ranges of a text, counted in Unicode code points."""

from collections.abc import Iterable
from typing import NamedTuple

_LAST_OF_ONE_UNIT = 0xFFFF  # UTF-16 writes code points above it in two units


class Span(NamedTuple):
    """A half-open range `[start, end)` of a text.

    Offsets count Unicode code points of the original text, never bytes, UTF-16 units or
    positions in a masked copy.
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters of `text` that this span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: "Span") -> bool:
        """Tell whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return the spans sorted, with overlapping and touching ones joined and empty ones dropped."""
    result: list[Span] = []
    for span in sorted(spans):
        if span.start >= span.end:
            continue
        if result and span.start <= result[-1].end:
            result[-1] = Span(result[-1].start, max(result[-1].end, span.end))
        else:
            result.append(Span(*span))
    return tuple(result)


def utf16_offset(text: str, offset: int) -> int:
    """Return how many UTF-16 code units stand before code point `offset` of `text`.

    Chat clients count in UTF-16; a code point above U+FFFF takes two units there.
    """
    return offset + sum(1 for character in text[:offset] if ord(character) > _LAST_OF_ONE_UNIT)


def code_point_offset(text: str, units: int) -> int:
    """Return the code point of `text` that starts at or after `units` UTF-16 code units."""
    seen = 0
    for index, character in enumerate(text):
        if seen >= units:
            return index
        seen += 2 if ord(character) > _LAST_OF_ONE_UNIT else 1
    return len(text)
