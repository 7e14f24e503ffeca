"""More promotion than the window bears.

Notices:
    The draft is promotion, and with it the share of promotion among the author's posts in the window is
    above the upper bound (10% by default), or between the lower (5%) and the upper. With fewer than 10
    posts in the window it is always a suggestion.

Why it matters:
    Only 5% to 10% of what one posts should be about one's own things (Nellie Akalp). The rest is what
    makes people listen: answers, useful information, being somebody others can ask.

Stays quiet when:
    The draft is no promotion, the share stays below the lower bound, or the record does not say.

Known misses:
    Posts in places the coach does not see.
"""

from collections.abc import Iterator
from fractions import Fraction

from bot.rules.finding import Finding, Severity
from bot.rules.rule import Rule, Subject
from bot.text.kind import Kind
from bot.text.share import exact, percent

RULE = Rule(
    id="promo-balance",
    tip=12,
    title="Give before you ask",
    severity=Severity.WARNING,
    citation="only 5% to 10% of your social media activity should be self-promotional",
    document=__doc__,
    reads_record=True,
)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding where this promotion would take too large a share of the window."""
    history = subject.reading.draft.history
    if subject.kind is not Kind.PROMOTION or history is None:
        return
    if history.posts is None or history.promotion is None:
        return
    promotion, posts = history.promotion + 1, history.posts + 1
    share = Fraction(promotion, posts)
    upper, lower = subject.upper, subject.lower
    would = f"This would make it {promotion} of {posts} posts ({percent(share, upper)})"
    if history.posts < subject.minimum_posts:
        severity = Severity.SUGGESTION
        message = (
            f"This would be promotion number {promotion} among {posts} posts of yours: give before you ask."
        )
        if posts == 1:
            message = "Your first post in this window would be promotion: give before you ask."
    elif share > upper:
        severity = Severity.WARNING
        message = f"{would}; you aim for at most {exact(upper)}."
    elif share >= lower:
        severity = Severity.SUGGESTION
        where = "just the" if share == upper else "close to the"
        message = f"{would}, {where} {exact(upper)} you aim for at most."
    else:
        return
    yield Finding(
        rule=RULE.id,
        tip=RULE.tip,
        severity=severity,
        confidence=1.0,
        spans=(),
        message=message,
        advice="Answering somebody would help most: look for a question you know something about.",
    )
