"""Talking to the same two people.

Notices:
    At least 10 of the author's posts in the window were directed at somebody, and the two people
    addressed most got at least 80% of them.

Why it matters:
    New ideas come from the edge of one's circle, and newcomers are met by those who look up from it.

Stays quiet when:
    Fewer posts were directed at anybody, they went to more people, or the record does not say.

Known misses:
    None that are known: the condition is exact.
"""

from collections.abc import Iterator
from fractions import Fraction

from bot.rules.finding import Finding, Severity
from bot.rules.rule import Rule, Subject

RULE = Rule(
    id="widen-circle",
    tip=5,
    title="Talk to somebody new",
    severity=Severity.HINT,
    citation="Explore comments and posts from individuals with varied interests.",
    document=__doc__,
    reads_record=True,
    needs_language=False,
)

_FEWEST = 10
_TOP = 2
_BOUND = Fraction(4, 5)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding where two people got most of what the author directed at anybody."""
    history = subject.reading.draft.history
    if history is None or history.directed is None or history.people is None or history.directed < _FEWEST:
        return
    most = [count for count in sorted(history.people.values(), reverse=True)[:_TOP] if count]
    top = sum(most)
    who = "One person" if len(most) == 1 else "Two people"
    share = Fraction(top, history.directed)
    if share < _BOUND:
        return
    yield Finding(
        rule=RULE.id,
        tip=RULE.tip,
        severity=RULE.severity,
        confidence=1.0,
        spans=(),
        message=f"{who} got {top} of your last {history.directed} replies and mentions.",
        advice="Answer somebody you have not talked to yet; a newcomer's question is a good place to start.",
    )
