"""Interest that is a hook for a pitch.

Notices:
    Feigned interest, flattery or a leading question before an offer; an offer that hides what it is
    ("DM me to learn how"); curiosity for sale ("the one thing nobody tells you", then a comment to
    leave).

Why it matters:
    It is the fishhook: whoever finds it in the worm does not bite twice. Trust comes from saying what
    is offered, by whom and for what.

Stays quiet when:
    An offer says honestly what it is; a compliment or a question is meant; help is offered in private.

Known misses:
    Hooks laid over several messages; pitches that begin only in the answer.
"""

from collections.abc import Iterator

from bot.rules.finding import Finding, Severity
from bot.rules.rule import Rule, Subject
from bot.rules.telling import telling_words
from bot.rules.verdict import decide, quoting
from bot.text.kind import Kind
from bot.text.lexicon import Hit

RULE = Rule(
    id="bait",
    tip=13,
    title="Say openly what you offer",
    severity=Severity.WARNING,
    citation="It's not about you; it's about them.",
    document=__doc__,
)

_MESSAGE = {
    "hidden": (
        "{quote} makes people ask before they learn what is on offer.",
        "{quote} holds back what this is about.",
    ),
    "question": (
        "{quote} sounds like interest, and turns out to lead to an offer.",
        "The question {quote} is there for what comes after it.",
    ),
    "flattery": ("The kind words in {quote} lead straight to an offer.",),
    "money": ("{quote} promises a result and leaves out how.",),
    "": ("{quote} reads as the way into a pitch.",),
}
_ADVICE = (
    "Say openly what you offer, what it costs and that it is yours.",
    "Put the offer itself first: what it is, for whom, and what you get from it.",
    "Name the offer in the first line, so that people can choose with open eyes.",
)
_PROMOTES = 0.25


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding where interest, flattery or curiosity is the hook of a pitch."""
    verdict = decide(subject, RULE.id, _hits(subject), telling_words(RULE.id))
    if verdict is not None:
        yield quoting(RULE, verdict, subject, _MESSAGE, _ADVICE)


def _hits(subject: Subject) -> list[Hit]:
    """Return what was found; questions and compliments are hooks only where something is promoted."""
    found = subject.hits("bait")
    if any(hit.case == "quiet" for hit in found):
        return []
    promotes = subject.kind is Kind.PROMOTION or subject.opinion.kinds.get(Kind.PROMOTION, 0.0) >= _PROMOTES
    hits: list[Hit] = []
    for hit in found:
        sincere = hit.case in {"question", "flattery"} and not promotes
        weight = 0.3 * hit.weight if sincere else hit.weight
        hits.append(Hit(hit.span, hit.case, weight))
    return hits
