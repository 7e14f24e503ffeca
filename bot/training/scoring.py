"""Compares advice with labels, as the project's scorer does: `may` is neither right nor wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.coach.check import check
from bot.model.opinion import Reader
from bot.text.draft import Draft
from bot.text.kind import Kind
from bot.text.spans import Span
from bot.training.labelled import RULES, Labelled

WARNINGS = frozenset(("criticism", "think-first", "bait", "unfollow"))


@dataclass(frozen=True, slots=True)
class Answer:
    """What the coach says about one draft: its kind, and the evidence of each text rule that fired."""

    kind: Kind
    fired: Mapping[str, tuple[Span, ...]]
    warned: bool


@dataclass(slots=True)
class Count:
    """Right answers, false alarms and misses of one rule."""

    hits: int = 0
    alarms: int = 0
    misses: int = 0

    @property
    def precision(self) -> float:
        """Return the share of findings that are right; 1 without findings."""
        return self.hits / (self.hits + self.alarms) if self.hits + self.alarms else 1.0

    @property
    def recall(self) -> float:
        """Return the share of what had to be found; 1 where there was nothing."""
        return self.hits / (self.hits + self.misses) if self.hits + self.misses else 1.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of both."""
        return 2 * self.hits / max(2 * self.hits + self.alarms + self.misses, 1)


@dataclass(slots=True)
class Score:
    """The figures of one labelled set.

    Attributes:
        rules: counts by rule.
        drafts: how many drafts.
        clean: how many of them are harmless.
        quiet: how many of the harmless got no finding.
        kinds: how many kinds are right.
        judged: how many drafts have a kind that careful readers agree on.
        pointed: findings of rules in `must` whose evidence overlaps the annotated spans.
        annotated: findings of rules in `must` that have annotated spans.
    """

    rules: dict[str, Count] = field(default_factory=lambda: {rule: Count() for rule in RULES})
    drafts: int = 0
    clean: int = 0
    quiet: int = 0
    kinds: int = 0
    judged: int = 0
    pointed: int = 0
    annotated: int = 0

    @property
    def macro_f1(self) -> float:
        """Return the mean F1 of the rules."""
        return sum(count.f1 for count in self.rules.values()) / len(self.rules)

    @property
    def micro_f1(self) -> float:
        """Return the F1 of all findings together."""
        counts = self.rules.values()
        return Count(*(sum(getattr(c, name) for c in counts) for name in ("hits", "alarms", "misses"))).f1


def ask(draft: Draft, reader: Reader) -> Answer:
    """Return what the whole coach says about a draft."""
    advice = check(draft, reader=reader)
    fired = {finding.rule: finding.spans for finding in advice.findings if finding.rule in RULES}
    warned = any(f.severity == "warning" and f.rule in RULES for f in advice.findings)
    return Answer(advice.kind, fired, warned)


def score(rows: Sequence[Labelled], answers: Sequence[Answer]) -> Score:
    """Return the figures of a labelled set."""
    result = Score(drafts=len(rows))
    for row, answer in zip(rows, answers, strict=True):
        for rule, count in result.rules.items():
            if rule in row.must:
                count.hits += rule in answer.fired
                count.misses += rule not in answer.fired
            else:
                count.alarms += rule in answer.fired and rule not in row.may
        result.kinds += answer.kind is row.kind and not row.arguable
        result.judged += not row.arguable
        result.clean += row.clean
        result.quiet += row.clean and not answer.fired
        for rule, spans in answer.fired.items():
            shown = annotated(row, rule)
            if shown:
                result.annotated += 1
                result.pointed += any(span.overlaps(other) for span in spans for other in shown)
    return result


def annotated(row: Labelled, rule: str) -> list[Span]:
    """Return every place of the substrings that show a rule, in code points."""
    text = row.draft.text
    found: list[Span] = []
    for part in row.spans.get(rule, ()) if rule in row.must else ():
        start = text.find(part)
        while part and start != -1:
            found.append(Span(start, start + len(part)))
            start = text.find(part, start + 1)
    return found
