"""Announcements that leave the reader nothing to do.

Notices:
    A top-level post of more than a dozen words that only announces: no question, no invitation to
    answer, nobody mentioned, thanked or credited, nothing offered that helps the reader.

Why it matters:
    A post that only informs is a poster on a wall. One real question turns its readers into people who
    answer.

Stays quiet when:
    It is a reply or short chatter; it teaches or shares something useful; it asks or invites anything
    genuine.

Known misses:
    Long opinions and stories, which are left alone on purpose; announcements in the words of no list.
"""

from collections.abc import Iterator, Sequence

from bot.rules.finding import Finding, Fix, Severity
from bot.rules.questions import opening_question
from bot.rules.rule import Rule, Subject
from bot.rules.shape import asks, is_top_level
from bot.rules.telling import telling_words
from bot.rules.verdict import decide, finding
from bot.rules.wording import chosen, quote
from bot.text.kind import Kind
from bot.text.lexicon import Hit

RULE = Rule(
    id="engage",
    tip=4,
    title="Leave people something to answer",
    severity=Severity.SUGGESTION,
    citation="Social media is a two-way street.",
    document=__doc__,
)

_DOZEN = 12
_HEADING = 4  # words
_EARLY = 6.0
_MESSAGE = (
    "{quote} tells people something and leaves them nothing to answer.",
    "After {quote} there is no question and nobody spoken to.",
    "{quote} is news, and so far nobody in it but you.",
)
_ADVICE = (
    "End on a question you would really like answered, or credit somebody who helped.",
    "Ask the readers something about it, or tell them what is in it for them.",
    "Add one question that people here could answer from their own experience.",
)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding where a top-level post only announces."""
    if not is_top_level(subject) or len(subject.reading.words) <= _DOZEN:
        return
    if asks(subject) or subject.reading.mentions:
        return
    verdict = decide(subject, RULE.id, _hits(subject), _announcing)
    if verdict is None:
        return
    shown = quote(subject, verdict.spans[0])
    question = opening_question(subject)
    fixes = (Fix(len(subject.text.rstrip()), len(subject.text.rstrip()), question),) if question else ()
    yield finding(RULE, verdict, chosen(_MESSAGE, shown).format(quote=shown), chosen(_ADVICE, shown), fixes)


def _hits(subject: Subject) -> list[Hit]:
    """Return the announcing words; an invitation, a lesson or a thank-you takes their weight away."""
    found = subject.hits("engage")
    quiet = sum(hit.case == "quiet" for hit in found)
    factor = (1.0, 0.5, 0.2)[min(quiet, 2)]
    if subject.kind is Kind.ENGAGEMENT:
        factor *= 0.4
    hits = [hit for hit in found if hit.case != "quiet"]
    return [
        Hit(hit.span, hit.case if index else f"{hit.case}-first", hit.weight * factor, points=False)
        for index, hit in enumerate(hits)
    ]


def _announcing(words: Sequence[str], place: int) -> float:
    """Prefer sentences that announce, and early ones that are more than a heading."""
    early = (_EARLY if len(words) > _HEADING else 1.0) / (place + 1)
    return telling_words(RULE.id)(words, place) + early
