"""Whether a rule fires: the one place where its own evidence and the trained reader's opinion meet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.rules.finding import Finding, Fix
from bot.rules.rule import Rule, Subject
from bot.rules.shape import whole
from bot.rules.telling import Telling
from bot.rules.wording import chosen, quote
from bot.text.lexicon import Hit
from bot.text.spans import Span, merged

# Without a trained reader the patterns decide alone; with one they only overrule it where they are certain.
FIRES = 0.7
PROVEN = 0.98  # a secret, or a text posted before: a fact, which no opinion overrules
CERTAIN = 0.9
VERY_UNLIKELY = 0.02
UNLIKELY = 0.15
STRONG_EVIDENCE = 0.5
WEAK_CONFIDENCE = 0.55
MOST_SPANS = 4
LONGEST_SENTENCE = 180  # characters; in a longer one the phrase alone is pointed at
FEW_SENTENCES = 3
MANY_SENTENCES = 8
WEIGHT_OF_WEAK_HITS = 3.0


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
    subject: Subject, rule: str, hits: Sequence[Hit], telling: Telling | None = None
) -> Verdict | None:
    """Return the verdict of a rule, or None where it stays quiet.

    Args:
        subject: the draft and the reader's opinion of it.
        rule: the rule's id.
        hits: what the rule's own patterns found, each with its weight.
        telling: scores how telling a sentence is, from its words and its place; sentences are then the
            evidence. Without it the evidence is exactly what was found.
    """
    strength = joined_weight(hits)
    probability = subject.opinion.rules.get(rule)
    fires = rule in subject.opinion.fires and not _only_quoted(subject, rule, hits)
    if probability is None:
        if strength < FIRES:
            return None
        confidence = strength
    elif fires or any(hit.weight >= PROVEN for hit in hits):
        confidence = max(probability, strength)
    elif (strength >= CERTAIN and probability >= VERY_UNLIKELY) or (
        strength >= FIRES and probability >= UNLIKELY
    ):
        confidence = (strength + probability) / 2
    else:
        return None
    spans, pointed = _evidence(subject, rule, hits, telling)
    if not spans:
        return None
    best = max(hits, key=lambda hit: hit.weight, default=None)
    return Verdict(
        round(min(confidence, 0.99), 2),
        spans,
        best.case if best else "",
        weak=confidence < WEAK_CONFIDENCE or not pointed,
    )


def _only_quoted(subject: Subject, rule: str, hits: Sequence[Hit]) -> bool:
    """Tell whether a quoted line or code spoke for the rule, and nothing strong of the author's own."""
    others = (*subject.reading.quotations, *subject.reading.code)
    told = subject.opinion.evidence.get(rule, ())
    return any(other.covers(span) for span in told for other in others) and not any(
        hit.weight >= STRONG_EVIDENCE for hit in hits
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
    subject: Subject, rule: str, hits: Sequence[Hit], telling: Telling | None
) -> tuple[tuple[Span, ...], bool]:
    """Return the spans to point at, and whether anything but the sentence's tone points there."""
    length = len(subject.text)
    strong = [hit.span for hit in hits if hit.weight >= STRONG_EVIDENCE and hit.points]
    told = [span for span in subject.opinion.evidence.get(rule, ()) if 0 <= span.start < span.end <= length]
    if telling is None:
        return merged(strong or told or [hit.span for hit in hits])[:MOST_SPANS], True
    if told and not strong:
        return merged(told)[:MOST_SPANS], True
    found = [hit for hit in hits if hit.weight > 0]
    pointed = [_sentence(subject, span) for span in strong[:MOST_SPANS]]
    return merged([*pointed, *_most_telling(subject, found, telling, len(merged(pointed)))]), bool(found)


def _most_telling(subject: Subject, hits: Sequence[Hit], telling: Telling, pointed: int) -> list[Span]:
    """Return the sentences that score highest: one of a few, two or three of many, less those pointed at."""
    passages = subject.passages
    count = 1 + (len(passages.spans) > FEW_SENTENCES) + (len(passages.spans) > MANY_SENTENCES)
    if pointed >= count:
        return []
    scores = [telling(words, index) for index, words in enumerate(passages.words)]
    for hit in hits if scores else ():
        scores[passages.at(hit.span)] += WEIGHT_OF_WEAK_HITS * hit.weight
    best = sorted(range(len(scores)), key=lambda index: (-scores[index], index))[:count]
    spans = [subject.passages.spans[index] for index in best if scores[index] > 0 or index == best[0]]
    return spans if spans or pointed else list(whole(subject))


def _sentence(subject: Subject, span: Span) -> Span:
    """Return the sentence around a phrase; the phrase itself where the sentence is long."""
    passages = subject.passages
    sentence = passages.spans[passages.at(span)] if passages.spans else span
    if not sentence.overlaps(span) or sentence.end - sentence.start > LONGEST_SENTENCE:
        return span
    return Span(min(sentence.start, span.start), max(sentence.end, span.end))


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


def quoting(
    rule: Rule,
    verdict: Verdict,
    subject: Subject,
    messages: Mapping[str, Sequence[str]],
    advice: Sequence[str],
) -> Finding:
    """Return the finding of a rule whose message quotes its first evidence.

    Args:
        rule: the rule that fired.
        verdict: its verdict.
        subject: the draft.
        messages: wordings for each case, with `{quote}` in them; those of the empty case for all others.
        advice: wordings of what to do; both are chosen by what is quoted, so that they vary with the draft.
    """
    shown = quote(subject, verdict.spans[0])
    message = chosen(messages.get(verdict.case, messages[""]), shown).format(quote=shown)
    return finding(rule, verdict, message, chosen(advice, shown))
