"""Applying fixes to a draft."""

import re
from collections.abc import Iterable

from bot.rules.finding import Finding, Fix
from bot.text.spans import Span

_REMOVED = "[removed]"
_SPACES = re.compile(r"(?<=\S)[ \t]{2,}(?=\S)")
_SPACE_BEFORE_MARK = re.compile(r"(?<=\w)[ \t]+(?=[.,;!?](?:\s|$))")


def chosen_fixes(findings: Iterable[Finding]) -> tuple[Fix, ...]:
    """Return the fixes of all findings in order, leaving out those that overlap an earlier finding's."""
    fixes: list[Fix] = []
    for found in findings:
        fixes.extend(fix for fix in found.fixes if not any(map(fix.collides, fixes)))
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


def rewritten(text: str, findings: Iterable[Finding], secrets: Iterable[Span] = ()) -> str | None:
    """Return the draft with every fix applied, the gaps closed and no secret left; None without a fix.

    Args:
        text: the draft.
        findings: the findings whose fixes to apply.
        secrets: spans that the rewrite must not repeat.
    """
    fixes = chosen_fixes(findings)
    if not fixes:
        return None
    masks = [Fix(*span, _REMOVED) for span in secrets]
    result = applied(text, [*masks, *(fix for fix in fixes if not any(map(fix.collides, masks)))])
    result = _SPACE_BEFORE_MARK.sub("", _SPACES.sub(" ", result)).strip()
    return result if result and result != text else None
