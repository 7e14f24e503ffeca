"""What a rule has to say about a draft."""

from dataclasses import dataclass
from enum import StrEnum

from bot.text.spans import Span


class Severity(StrEnum):
    """How much a finding would cost the author (rules.md, "Severity")."""

    WARNING = "warning"
    SUGGESTION = "suggestion"
    HINT = "hint"

    @property
    def rank(self) -> int:
        """Return 0 for the gravest severity, counting up."""
        return ("warning", "suggestion", "hint").index(self.value)

    def lowered(self) -> "Severity":
        """Return the next milder severity; a hint stays a hint."""
        return (Severity.SUGGESTION, Severity.HINT, Severity.HINT)[self.rank]


@dataclass(frozen=True, slots=True)
class Fix:
    """One edit of the draft: put `replacement` in place of `[start, end)` (code points)."""

    start: int
    end: int
    replacement: str

    def collides(self, other: "Fix") -> bool:
        """Tell whether the two edits can't both be made: they share characters, or insert at one place."""
        overlap = self.start < other.end and other.start < self.end
        return overlap or (self.start, self.end) == (other.start, other.end)


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule's answer on one draft.

    Attributes:
        rule: the rule's public id, such as `own-links`.
        tip: the number of the tip it rests on (source-tips.md).
        severity: how grave it is.
        confidence: between 0 and 1, rounded to two decimals.
        spans: the evidence in the draft; empty only for rules about the record.
        message: one kind sentence: what was noticed in this draft.
        advice: one sentence: what to do next.
        fixes: edits that would do it, none overlapping another; may be empty.
    """

    rule: str
    tip: int
    severity: Severity
    confidence: float
    spans: tuple[Span, ...]
    message: str
    advice: str
    fixes: tuple[Fix, ...] = ()
