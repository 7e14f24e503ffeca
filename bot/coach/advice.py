"""The coach's whole answer to one draft."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from bot.rules.finding import Finding
from bot.text.kind import Kind
from bot.text.spans import Span


class Care(StrEnum):
    """Why the coach does not coach."""

    DISTRESS = "distress"


@dataclass(frozen=True, slots=True)
class Advice:
    """What the coach says about one draft.

    Attributes:
        kind: what the draft is for.
        kind_scores: a score between 0 and 1 for each kind; they sum to 1 within rounding.
        findings: sorted by severity, then confidence, then catalogue order.
        strengths: ids of what works in the draft (rules.md, "Strengths, by id").
        praise: one sentence for each strength, about this draft.
        rewrite: the draft with every fix applied, or None where there is nothing to apply.
        language: the ISO 639-1 code of the draft's language; `und` where it is too short to tell.
        limited: the engine does not read that language; only language-independent rules ran.
        care: set where the draft shows somebody in danger; then nothing else is said.
        secrets: spans of the draft to mask wherever it is quoted back.
    """

    kind: Kind
    kind_scores: Mapping[Kind, float]
    findings: tuple[Finding, ...] = ()
    strengths: tuple[str, ...] = ()
    praise: tuple[str, ...] = ()
    rewrite: str | None = None
    language: str = "en"
    limited: bool = False
    care: Care | None = None
    secrets: tuple[Span, ...] = ()
