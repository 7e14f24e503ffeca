"""What every rule file provides."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.model.opinion import Opinion
from bot.rules.finding import Finding, Severity
from bot.text.kind import Kind
from bot.text.reading import Reading


@dataclass(frozen=True, slots=True)
class Subject:
    """What a rule looks at.

    Attributes:
        reading: the draft, taken apart.
        opinion: the trained reader's scores.
        kind: the draft's kind.
        lower: the least share of promotion the member aims for.
        upper: the greatest share of promotion the member aims for.
        minimum_posts: with fewer posts in the window, the advice is to give first.
    """

    reading: Reading
    opinion: Opinion
    kind: Kind
    lower: float = 0.05
    upper: float = 0.10
    minimum_posts: int = 10


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the catalogue.

    Attributes:
        id: the public id, such as `own-links`.
        tip: the number of the tip it rests on (source-tips.md).
        title: the rule in a few words, as an imperative.
        severity: the usual severity.
        citation: the article's words.
        reads_record: the rule reads the record, not the draft; its findings have no spans.
        needs_language: the rule reads words, so it is silent on languages the engine does not read.
        check: yields findings; pure, never raises on any text.
        document: the rule file's docstring, from which its page is made.
    """

    id: str
    tip: int
    title: str
    severity: Severity
    citation: str
    check: Callable[[Subject], Iterator[Finding]]
    document: str
    reads_record: bool = False
    needs_language: bool = True
