"""Greetings, introductions and approaches that would fit anybody.

Notices:
    "Dear Sir/Madam", the stock invitation, an unfilled `{first_name}`; a greeting, an introduction or
    an approach without a word about the recipient or about who is writing.

Why it matters:
    The first line decides whether a stranger reads the second. One detail about them, or about oneself,
    is what makes it a first line to them.

Stays quiet when:
    The person or something of theirs is named, or the draft says who is writing and why they are here.

Known misses:
    Stock phrases with a real name in front; generic approaches in words that no list has.
"""

from collections.abc import Iterator

from bot.rules.finding import Finding, Severity
from bot.rules.rule import Rule, Subject
from bot.rules.telling import telling_words
from bot.rules.verdict import decide, finding
from bot.rules.wording import chosen, quote
from bot.text.draft import Surface
from bot.text.lexicon import Hit

RULE = Rule(
    id="personalize",
    tip=3,
    title="Write to this person",
    severity=Severity.SUGGESTION,
    citation="Make a great first impression.",
    document=__doc__,
)

_MESSAGE = {
    "greeting": (
        "{quote} would fit any reader at all.",
        "The greeting {quote} could open a letter to anybody.",
    ),
    "invitation": ("{quote} is the invitation everybody gets.",),
    "profile": ("{quote} could be said of anybody's page.",),
    "newcomer": ("{quote} says you have arrived, and nothing yet about you.",),
    "anybody": ("{quote} could be sent unchanged to anybody.",),
    "": ("{quote} would fit many other readers as well.",),
}
_ADVICE = {
    "newcomer": (
        "Add who you are in a few words and what brought you here.",
        "Tell people one thing you do and one thing you hope to find here.",
    ),
    "": (
        "Name the person and one thing of theirs you noticed, and say why you are writing.",
        "Start with one detail about them that only they would recognise.",
        "Say in one line who you are and why you chose this person.",
    ),
}
_LONG = 60  # words; an approach that goes on this long usually says something of its own


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding where a greeting, an introduction or an approach would fit anybody."""
    verdict = decide(subject, RULE.id, _hits(subject), telling_words(RULE.id))
    if verdict is None:
        return
    shown = quote(subject, verdict.spans[0])
    message = chosen(_MESSAGE.get(verdict.case, _MESSAGE[""]), shown).format(quote=shown)
    yield finding(RULE, verdict, message, chosen(_ADVICE.get(verdict.case, _ADVICE[""]), shown))


def _hits(subject: Subject) -> list[Hit]:
    """Return what was found, weighed less where the draft says something about people."""
    found = subject.hits("personalize")
    told = sum(hit.case == "quiet" for hit in found) + bool(subject.reading.mentions)
    long = len(subject.reading.words) > _LONG and subject.surface is not Surface.DIRECT
    hits: list[Hit] = []
    for hit in found:
        weight = hit.weight
        if hit.case in {"newcomer", "anybody", "profile", "invitation"}:
            weight *= 0.5 if told or long else 1.0
        if hit.case in {"newcomer", "profile", "invitation"} and subject.surface is Surface.REPLY:
            weight *= 0.6
        if hit.case != "quiet":
            hits.append(Hit(hit.span, hit.case, weight))
    return hits
