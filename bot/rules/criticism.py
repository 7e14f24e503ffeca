"""Disparaging a person, a group, or somebody's identifiable work.

Notices:
    Insults, put-downs, mockery, sarcasm at somebody's expense, public shaming.

Why it matters:
    What was said about somebody stays, and it is read as a portrait of whoever said it. The same point
    made about the matter can be answered.

Stays quiet when:
    An idea is disagreed with and the reason given; a bug or a bad experience is reported in fair words;
    the author laughs at themselves; criticism is quoted to discuss it; nobody is meant; harassment,
    discrimination, danger or misconduct is reported, or pay and conditions are discussed.

Known misses:
    Sarcasm that reads as praise to anybody who was not there.
"""

from collections.abc import Iterator

from bot.rules.finding import Finding, Severity
from bot.rules.rule import Rule, Subject
from bot.rules.telling import telling_words
from bot.rules.verdict import decide, quoting
from bot.text.lexicon import Hit

RULE = Rule(
    id="criticism",
    tip=1,
    title="Leave the person out of it",
    severity=Severity.WARNING,
    citation="Negative criticism can come back to haunt you.",
    document=__doc__,
)

_MESSAGE = {
    "insult": (
        "{quote} is aimed at the person and not at the matter.",
        "{quote} will be read as an insult, and remembered longer than your point.",
    ),
    "mockery": (
        "{quote} gets its laugh at somebody's expense.",
        "{quote} sounds like mockery, whatever the point behind it.",
    ),
    "": (
        "{quote} may land as a put-down.",
        "{quote} says more against somebody than about the matter.",
    ),
}
_ADVICE = (
    "Say what happened and what you would want instead; leave out what it says about them.",
    "Keep the fact you object to and drop the verdict on whoever did it.",
    "Name the one thing you would change, in words you could say to their face.",
)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding where the draft disparages somebody."""
    verdict = decide(subject, RULE.id, _hits(subject), telling_words(RULE.id))
    if verdict is not None:
        yield quoting(RULE, verdict, subject, _MESSAGE, _ADVICE)


def _hits(subject: Subject) -> list[Hit]:
    """Return put-downs; those at oneself, in affection or in a report of harassment are none."""
    found = subject.hits("criticism")
    quiet = [hit.span for hit in found if hit.case == "quiet"]
    return [
        Hit(hit.span, hit.case, hit.weight * (0.3 if quiet else 1.0))
        for hit in found
        if hit.case != "quiet" and not any(span.overlaps(hit.span) for span in quiet)
    ]
