"""Posts that showcase the author.

Notices:
    Boasts, awards and numbers about oneself, strings of I, me and my with nothing in it for the reader.

Why it matters:
    One-way communication is a display window: people look and walk on. What was learned, who helped and
    what others can use of it is what they stop for.

Stays quiet when:
    It tells a story that teaches something, credits others, introduces oneself when asked, or asks for
    help.

Known misses:
    Boasts by way of a friend's mouth; modesty so well played that only the record shows through.
"""

from collections.abc import Iterator

from bot.rules.finding import Finding, Severity
from bot.rules.rule import Rule, Subject
from bot.rules.shape import first_person
from bot.rules.telling import telling_words
from bot.rules.verdict import decide, quoting
from bot.text.draft import Surface
from bot.text.lexicon import Hit

RULE = Rule(
    id="self-focus",
    tip=14,
    title="Give the reader a part in it",
    severity=Severity.SUGGESTION,
    citation="don't forget to talk to people, too",
    document=__doc__,
)

_MESSAGE = {
    "boast": (
        "{quote} puts the spotlight on you and leaves the reader watching.",
        "{quote} asks to be admired more than answered.",
    ),
    "record": (
        "{quote} lists what you achieved, and not yet what anybody can take from it.",
        "The figures in {quote} are about you; there is nothing in them for the reader yet.",
    ),
    "": ("{quote} keeps the reader outside and looking in.",),
}
_ADVICE = (
    "Tell what you learned on the way, or who made it possible.",
    "Keep the news in one line and give the rest to something others can use.",
    "Add what did not work at first: that is the part people learn from.",
)
_REPLY_FACTOR = 0.8
_GENEROUS = 0.45


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding where the draft showcases the author."""
    verdict = decide(subject, RULE.id, _hits(subject), telling_words(RULE.id))
    if verdict is not None:
        yield quoting(RULE, verdict, subject, _MESSAGE, _ADVICE)


def _hits(subject: Subject) -> list[Hit]:
    """Return boasts and records, weighed less where somebody is credited or something is taught."""
    found = subject.hits("self-focus")
    speaks_of_self = first_person([word.lower() for word in subject.reading.words])
    factor = _GENEROUS if any(hit.case == "quiet" for hit in found) or subject.reading.mentions else 1.0
    factor *= _REPLY_FACTOR if subject.surface is not Surface.CHANNEL else 1.0
    if not speaks_of_self:
        factor *= 0.85
    return [Hit(hit.span, hit.case, hit.weight * factor) for hit in found if hit.case != "quiet"]
