"""Introducing oneself under a handle.

Notices:
    A draft that introduces the author or approaches somebody, under a display name that is plainly a
    handle: digits or underscores mixed in, decoration (xX…Xx), "anonymous", "user1234".

Why it matters:
    A name is easier to answer than a number, and easier to remember.

Stays quiet when:
    The name is in any script, a single name, initials or hyphenated; the draft introduces nobody; when
    in doubt.

Known misses:
    Handles that look like names.
"""

import re
from collections.abc import Iterator

from bot.rules.finding import Finding, Severity
from bot.rules.rule import Rule, Subject

RULE = Rule(
    id="real-name",
    tip=7,
    title="Sign with your name",
    severity=Severity.HINT,
    citation="A name reflects a person with values, personality.",
    document=__doc__,
    reads_record=True,
)

_HANDLE = re.compile(
    r"(?i:^x{2,}.+x{2,}$)|(?i:^(?:anon|anonymous|anonym|user|guest|member|nobody|unknown|admin|test|player)[\W_]*\d*$)"
    r"|\w_\w|^_|_$|[^\W\d_]\d|\d[^\W\d_]|^\d+$"
)
_ORDINAL = re.compile(r"^\d+(?:st|nd|rd|th)$", re.IGNORECASE)


def check(subject: Subject) -> Iterator[Finding]:
    """Yield a finding where an introduction or approach stands under a handle."""
    name = subject.reading.draft.author.display_name
    if name is None or not is_handle(name) or not _introduces(subject):
        return
    yield Finding(
        rule=RULE.id,
        tip=RULE.tip,
        severity=RULE.severity,
        confidence=0.6,
        spans=(),
        message="This introduces you, and the name beside it is a handle.",
        advice="Sign with the name you like to be called by, if you are comfortable with that.",
    )


def is_handle(name: str) -> bool:
    """Tell whether a display name is plainly a handle; when in doubt it is a name."""
    name = name.strip()
    words = [word for word in name.split() if not _ORDINAL.match(word)]
    return bool(words) and bool(_HANDLE.search(" ".join(words)))


def _introduces(subject: Subject) -> bool:
    return bool(subject.hits("introductions"))
