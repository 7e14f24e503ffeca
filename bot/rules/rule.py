"""What every rule file provides, and what a rule looks at."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from bot.model.opinion import Opinion
from bot.rules.finding import Finding, Severity
from bot.text.draft import Surface
from bot.text.kind import Kind
from bot.text.lexicon import Hit, load_lexicon
from bot.text.masking import quoted_word_spans
from bot.text.passages import Passages, lay_out
from bot.text.reading import Reading
from bot.text.spans import Span


@dataclass(frozen=True, slots=True)
class Subject:
    """What a rule looks at.

    Attributes:
        reading: the draft, taken apart.
        opinion: the trained reader's scores.
        kind: the draft's kind.
        secrets: spans that must not be repeated in any message.
        lower: the least share of promotion the member aims for.
        upper: the greatest share of promotion the member aims for.
        minimum_posts: with fewer posts in the window, the advice is to give first.
        passages: the draft laid out for looking up phrases.
    """

    reading: Reading
    opinion: Opinion
    kind: Kind
    secrets: tuple[Span, ...] = ()
    lower: Fraction = Fraction(1, 20)
    upper: Fraction = Fraction(1, 10)
    minimum_posts: int = 10
    passages: Passages = field(init=False)

    def __post_init__(self) -> None:
        """Lay the draft out once for all rules."""
        object.__setattr__(self, "passages", lay_out(self.reading))

    @property
    def text(self) -> str:
        """Return the draft as written."""
        return self.reading.draft.text

    @property
    def surface(self) -> Surface:
        """Return where the draft is meant to go."""
        return self.reading.draft.surface

    def hits(self, lexicon: str) -> tuple[Hit, ...]:
        """Return the phrases of `bot/rules/phrases/<lexicon>.txt` found in the draft, not in quotes."""
        found = load_lexicon("bot.rules.phrases", f"{lexicon}.txt").hits(self.passages)
        if not found:
            return ()
        quoted = quoted_word_spans(self.reading.prose)
        return tuple(hit for hit in found if not any(span.covers(hit.span) for span in quoted))


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule says about itself.

    Attributes:
        id: the public id, such as `own-links`.
        tip: the number of the tip it rests on (source-tips.md).
        title: the rule in a few words, as an imperative.
        severity: the usual severity.
        citation: the article's words.
        document: the rule file's docstring, from which its page is made.
        reads_record: the rule reads the record, not the draft; its findings have no spans.
        needs_language: the rule reads words, so it is silent on languages the engine does not read.
    """

    id: str
    tip: int
    title: str
    severity: Severity
    citation: str
    document: str | None
    reads_record: bool = False
    needs_language: bool = True


Check = Callable[[Subject], Iterator[Finding]]


class Entry(NamedTuple):
    """One line of the catalogue: a rule, and the generator that yields its findings.

    The generator is pure and never raises, whatever the draft holds.
    """

    rule: Rule
    check: Check
