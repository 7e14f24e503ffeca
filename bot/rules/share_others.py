"""Never sharing what others made.

Notices:
    At least 10 posts in the window, none of which shared or credited somebody else's work, and a draft
    that does not either.

Why it matters:
    Passing on what others made is how a community learns what it has, and how its makers learn they are
    read.

Stays quiet when:
    There are fewer posts, one of them or this draft shares or credits somebody, or the record does not
    say.

Known misses:
    Credit given in words that name nobody and link nowhere.
"""

from collections.abc import Iterator

from bot.rules.finding import Finding, Severity
from bot.rules.rule import Rule, Subject
from bot.text.sharing import shares_others

RULE = Rule(
    id="share-others",
    tip=11,
    title="Pass on what others made",
    severity=Severity.HINT,
    citation="Sharing information is a great way to learn, enlighten others.",
    document=__doc__,
    reads_record=True,
    needs_language=False,
)

_FEWEST = 10


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding where neither the record nor the draft shares or credits somebody else's work."""
    history = subject.reading.draft.history
    if history is None or history.posts is None or history.shares_of_others is None:
        return
    if history.posts < _FEWEST or history.shares_of_others or shares_others(subject.reading):
        return
    yield Finding(
        rule=RULE.id,
        tip=RULE.tip,
        severity=RULE.severity,
        confidence=1.0,
        spans=(),
        message=f"None of your last {history.posts} posts passed on something somebody else made.",
        advice="Share one thing you liked this week and say who made it.",
    )
