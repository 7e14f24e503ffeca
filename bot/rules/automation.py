"""Posts that read as bulk or automatic.

Notices:
    The thanks-for-following message, unfilled merge fields, "this is an automated message", opt-out
    footers, many people addressed at once, and a draft that nearly repeats what the author recently
    posted elsewhere.

Why it matters:
    People answer people. What was plainly sent to everybody gets the answer that a mailing gets: none.

Stays quiet when:
    A single announcement stands in its proper place; a bot's message is quoted; somebody asks how merge
    fields work.

Known misses:
    Copies posted elsewhere that the coach was not shown; templates that were filled in well.
"""

import re
from collections.abc import Iterator, Sequence

from bot.rules.bulk import addressed_at_once, merge_fields, repeats
from bot.rules.finding import Finding, Fix, Severity
from bot.rules.rule import Rule, Subject
from bot.rules.shape import whole
from bot.rules.telling import telling_words
from bot.rules.verdict import PROVEN, Verdict, decide, finding
from bot.rules.wording import chosen, quote
from bot.text.lexicon import Hit

RULE = Rule(
    id="automation",
    tip=6,
    title="Write to people, not to a list",
    severity=Severity.SUGGESTION,
    citation="It's not about you; it's about them.",
    document=__doc__,
    needs_language=False,
)

_TO_SOMEBODY = re.compile(r",?\s+(?!I\b|Don|Check|Here|We\b|DJ\b)[A-Z][a-z]+\b|\s+(?:mate|me back|friend)\b")
_MESSAGE = {
    "field": "The placeholder {quote} has not been filled in.",
    "thanks": "{quote} is how automatic welcome messages begin.",
    "automatic": "{quote} tells people that nobody in particular is writing.",
    "footer": "{quote} is the small print of a mailing.",
    "recipients": "{quote} addresses many people at once.",
    "many": "Many people are tagged at once here, starting with {quote}.",
    "repeat": "This is nearly the same text as one you posted elsewhere, from {quote} on.",
}
_ADVICE = {
    "field": ("Put the person's own name or detail there, or write the line without it.",),
    "thanks": ("Name one thing about the person, or wait until there is something to say.",),
    "many": ("Tag the one or two people this is really for, and say why.",),
    "recipients": ("Write to the one person or the one group this is really for, and say why.",),
    "repeat": (
        "Say what this place in particular would want to know about it, in new words.",
        "Rewrite it for the people here: what does it mean to them?",
    ),
    "": (
        "Write the line you would say to one person, and leave the rest out.",
        "Leave the form letter out and say the one thing this reader needs.",
    ),
}


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding where the draft reads as sent to a list."""
    fields = merge_fields(subject.reading)
    hits = [Hit(span, "field", 0.95) for span, _ in fields]
    if subject.reading.language.read:
        hits.extend(_impersonal(subject, subject.hits("automation")))
    hits.extend(Hit(span, "many", 0.92) for span in addressed_at_once(subject.reading))
    copied = repeats(subject.reading)
    if copied:
        hits.extend(Hit(span, "repeat", PROVEN) for span in whole(subject))
    verdict = decide(subject, RULE.id, hits, telling_words(RULE.id))
    if verdict is None:
        return
    fixes = tuple(Fix(*span, text) for span, text in fields)
    yield finding(RULE, verdict, _message(subject, verdict), _advice(subject, verdict), fixes)


def _impersonal(subject: Subject, found: Sequence[Hit]) -> list[Hit]:
    """Weigh thanks for following less where a name follows or a word about the other's own things."""
    return [
        Hit(hit.span, hit.case, 0.4 * hit.weight)
        if hit.case == "thanks" and _TO_SOMEBODY.match(subject.text, hit.span.end)
        else hit
        for hit in found
    ]


def _message(subject: Subject, verdict: Verdict) -> str:
    template = _MESSAGE.get(verdict.case, "{quote} reads as if it went to a whole list of people.")
    return template.format(quote=quote(subject, verdict.spans[0]))


def _advice(subject: Subject, verdict: Verdict) -> str:
    return chosen(_ADVICE.get(verdict.case, _ADVICE[""]), quote(subject, verdict.spans[0]))
