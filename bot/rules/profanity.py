"""Softening profanity without changing what is said."""

import re

from bot.rules.finding import Fix
from bot.rules.rule import Subject

# Intensifiers are dropped or replaced; insults to a person are left to the author, who knows what they mean.
_INTENSIFIER = re.compile(
    r"(?<!\w)(?:mother)?(?:fuck(?:ing|in)?|f\*{2,4}ing|f\*\*king|effing|goddamn(?:ed)?|bloody)\s(?=\w)",
    re.IGNORECASE,
)
_AIMED = re.compile(r"(?<!\w)(?:fuck|f\*{3}|f\*\*k|screw)\s+(?:this|that|it)(?!\w)", re.IGNORECASE)


def softened(subject: Subject) -> tuple[Fix, ...]:
    """Return edits that take the profanity out where the sentence stands without it."""
    prose = subject.reading.prose
    fixes = [Fix(*match.span(), "I am done with it") for match in _AIMED.finditer(prose)]
    taken = [(fix.start, fix.end) for fix in fixes]
    fixes.extend(
        Fix(*match.span(), "")
        for match in _INTENSIFIER.finditer(prose)
        if not any(start < match.end() and match.start() < end for start, end in taken)
    )
    return tuple(sorted(fixes, key=lambda fix: fix.start))
