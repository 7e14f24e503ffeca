"""Applying fixes to a draft."""

import re
from collections.abc import Iterable

from bot.rules.finding import Finding, Fix

_SPACES = re.compile(r"(?<=\S)[ \t]{2,}(?=\S)")
_SPACE_BEFORE_MARK = re.compile(r"(?<=\w)[ \t]+(?=[.,;!?](?:\s|$))")


def chosen_fixes(findings: Iterable[Finding]) -> tuple[Fix, ...]:
    """Return the fixes of all findings in order, leaving out those that overlap an earlier finding's."""
    fixes: list[Fix] = []
    for found in findings:
        fixes.extend(fix for fix in found.fixes if not any(_collide(fix, other) for other in fixes))
    return tuple(sorted(fixes, key=lambda fix: (fix.start, fix.end)))


def applied(text: str, fixes: Iterable[Fix]) -> str:
    """Return `text` with fixes that do not overlap put in."""
    pieces: list[str] = []
    position = 0
    for fix in sorted(fixes, key=lambda fix: (fix.start, fix.end)):
        pieces.append(text[position : fix.start])
        pieces.append(fix.replacement)
        position = fix.end
    pieces.append(text[position:])
    return "".join(pieces)


def rewritten(text: str, findings: Iterable[Finding]) -> str | None:
    """Return the draft with every fix applied and the gaps closed; None where there is nothing to apply."""
    fixes = chosen_fixes(findings)
    if not fixes:
        return None
    result = applied(text, fixes)
    result = _SPACE_BEFORE_MARK.sub("", _SPACES.sub(" ", result)).strip()
    return result if result and result != text else None


def _collide(one: Fix, other: Fix) -> bool:
    overlap = one.start < other.end and other.start < one.end
    return overlap or (one.start, one.end) == (other.start, other.end)
