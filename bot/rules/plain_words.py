"""Txt-speak and home-made abbreviations.

Notices:
    Two or more tokens such as "u", "gr8", "b4" or "ppl", or a whole phrase of them ("idk wat 2 do").

Why it matters:
    Readers who did not grow up with the same abbreviations, or who read in a second language, stop at
    every one of them. A word everybody knows costs three more letters and loses nobody.

Stays quiet when:
    The abbreviations are ones that everybody reads (ok, FYI, asap, lol), or names, units, code,
    tickers, hashtags, or the field's own acronyms; a dialect is written as it is spoken; there is a
    single slip.

Known misses:
    Abbreviations made up on the spot that are in no list; letters of a code that look like "u" or "r".
"""

from collections.abc import Iterator

from bot.rules.finding import Finding, Severity
from bot.rules.rule import Rule, Subject
from bot.rules.txtspeak import Slang, expansions, find_slang
from bot.rules.verdict import decide, finding
from bot.rules.wording import chosen, quote
from bot.text.lexicon import Hit
from bot.text.spans import Span

RULE = Rule(
    id="plain-words",
    tip=9,
    title="Use words others can understand",
    severity=Severity.SUGGESTION,
    citation="Use words others can understand.",
    document=__doc__,
)

_ENOUGH = 2.0
_SURE = 3.0
_SHOWN = 3
_STRETCH = 14  # characters between two tokens that still make one stretch
_ADVICE = (
    "Write the words out: it takes a moment, and everybody can follow.",
    "Spell these out, so that readers who text differently can follow.",
    "Put full words in their place; the sentence stays yours and more people get it.",
)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding where txt-speak makes the draft hard to read."""
    slang = find_slang(subject.reading)
    verdict = decide(subject, RULE.id, _hits(slang))
    if verdict is None:
        return
    words: list[str] = []
    for item in slang:
        shown = quote(subject, item.span)
        if shown not in words:
            words.append(shown)
    if not words:
        words = [quote(subject, verdict.spans[0])]
    listed = ", ".join(words[:_SHOWN])
    message = f"Not everybody reads {listed} at a glance."
    if len(words) > _SHOWN:
        message = f"{listed} and {len(words) - _SHOWN} more may stop some readers."
    yield finding(RULE, verdict, message, chosen(_ADVICE, listed), expansions(slang))


def _hits(slang: tuple[Slang, ...]) -> list[Hit]:
    """Weigh the tokens found: one alone is a slip, two are a habit."""
    total = sum(item.weight for item in slang)
    clear = sum(item.weight >= 1 for item in slang)
    if not clear:
        weight = 0.1
    elif total >= _SURE:
        weight = 0.95
    elif total >= _ENOUGH:
        weight = 0.85
    else:
        weight = 0.4
    return [Hit(span, "txt", weight) for span in _runs(slang)]


def _runs(slang: tuple[Slang, ...]) -> tuple[Span, ...]:
    """Return the tokens joined to the stretches they make hard to read."""
    runs: list[Span] = []
    for item in slang:
        if runs and item.span.start - runs[-1].end <= _STRETCH:
            runs[-1] = Span(runs[-1].start, item.span.end)
        else:
            runs.append(item.span)
    return tuple(runs)
