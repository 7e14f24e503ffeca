"""Whether a rule fires: the one place where its own evidence and the trained reader's opinion meet."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.rules.finding import Finding, Fix
from bot.rules.rule import Rule, Subject
from bot.text.lexicon import Hit
from bot.text.spans import Span, merged

# Without a trained reader the patterns decide alone; with one they only overrule it where they are certain.
FIRES = 0.7
CERTAIN = 0.9
VERY_UNLIKELY = 0.02
UNLIKELY = 0.15
STRONG_EVIDENCE = 0.5
WEAK_CONFIDENCE = 0.55
MOST_SPANS = 4


@dataclass(frozen=True, slots=True)
class Verdict:
    """A rule that fires.

    Attributes:
        confidence: between 0 and 1.
        spans: the evidence, in order, at least one.
        case: the section of the strongest phrase found, which chooses the words; empty without one.
        weak: the evidence is weak, so the severity goes down one step.
    """

    confidence: float
    spans: tuple[Span, ...]
    case: str
    weak: bool


def decide(
    subject: Subject, rule: str, hits: Sequence[Hit], fallback: Callable[[Subject], Sequence[Span]]
) -> Verdict | None:
    """Return the verdict of a rule, or None where it stays quiet.

    Args:
        subject: the draft and the reader's opinion of it.
        rule: the rule's id.
        hits: what the rule's own patterns found, each with its weight.
        fallback: points at the most telling part of the draft when only the reader's opinion speaks.
    """
    strength = joined_weight(hits)
    probability = subject.opinion.rules.get(rule)
    fires = rule in subject.opinion.fires
    if probability is None:
        if strength < FIRES:
            return None
        confidence = strength
    elif fires:
        confidence = max(probability, strength)
    elif strength >= CERTAIN and probability >= VERY_UNLIKELY:
        confidence = (strength + probability) / 2
    elif strength >= FIRES and probability >= UNLIKELY:
        confidence = (strength + probability) / 2
    else:
        return None
    spans, pointed = _evidence(subject, rule, hits, fallback)
    if not spans:
        return None
    best = max(hits, key=lambda hit: hit.weight, default=None)
    return Verdict(
        round(min(confidence, 0.99), 2),
        spans,
        best.case if best else "",
        weak=confidence < WEAK_CONFIDENCE or not pointed,
    )


def joined_weight(hits: Sequence[Hit]) -> float:
    """Return how surely the hits together mean it, each section counted once with its best phrase."""
    best: dict[str, float] = {}
    for hit in hits:
        best[hit.case] = max(best.get(hit.case, 0.0), hit.weight)
    doubt = 1.0
    for weight in best.values():
        doubt *= 1.0 - weight
    return 1.0 - doubt


def _evidence(
    subject: Subject, rule: str, hits: Sequence[Hit], fallback: Callable[[Subject], Sequence[Span]]
) -> tuple[tuple[Span, ...], bool]:
    """Return the spans to point at, and whether something of the draft's own points there."""
    length = len(subject.text)
    strong = [hit.span for hit in hits if hit.weight >= STRONG_EVIDENCE]
    told = [span for span in subject.opinion.evidence.get(rule, ()) if 0 <= span.start < span.end <= length]
    weak = [hit.span for hit in hits if hit.weight > 0]
    for spans in (strong, told, weak):
        if spans:
            return merged(spans)[:MOST_SPANS], True
    return merged(fallback(subject))[:MOST_SPANS], False


def finding(rule: Rule, verdict: Verdict, message: str, advice: str, fixes: Sequence[Fix] = ()) -> Finding:
    """Return the finding of a rule that fired; its severity goes down a step where the evidence is weak."""
    severity = rule.severity.lowered() if verdict.weak else rule.severity
    return Finding(
        rule=rule.id,
        tip=rule.tip,
        severity=severity,
        confidence=verdict.confidence,
        spans=verdict.spans,
        message=message,
        advice=advice,
        fixes=tuple(fixes),
    )
