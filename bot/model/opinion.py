"""What a trained reader thinks of a draft, before the rules decide what to say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bot.text.kind import Kind
from bot.text.reading import Reading
from bot.text.spans import Span


@dataclass(frozen=True, slots=True)
class Opinion:
    """Scores of one draft.

    Attributes:
        rules: for each text rule the reader knows, the probability between 0 and 1 that it
            should fire; an absent rule means the reader has no opinion on it.
        fires: the text rules whose probability reaches the threshold chosen when the reader was trained.
        kinds: a score between 0 and 1 for each kind, summing to 1 within rounding.
        evidence: for rules in `fires`, the spans that spoke for it most; may be missing.
        care: how much more than enough, in log-odds, the draft sounds like somebody in danger; None
            where the reader has no opinion on that.
    """

    kinds: Mapping[Kind, float]
    rules: Mapping[str, float] = field(default_factory=dict)
    fires: frozenset[str] = frozenset()
    evidence: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    care: float | None = None

    @property
    def kind(self) -> Kind:
        """Return the kind with the highest score; on equal scores the first in `Kind`'s order."""
        return max(Kind, key=lambda kind: self.kinds.get(kind, 0.0))


class Reader(Protocol):
    """Scores a reading: deterministic, without I/O, the same alone or in a batch."""

    def opinion(self, reading: Reading) -> Opinion:
        """Return the scores of every rule and kind."""
        ...

    def kinds(self, readings: Sequence[Reading]) -> Sequence[Mapping[Kind, float]]:
        """Return the kind scores alone, of many: the ledger's cheap path, equal to `opinion(…).kinds`."""
        ...
