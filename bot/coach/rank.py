"""The order in which findings are shown."""

from collections.abc import Iterable

from bot.rules.catalogue import CATALOGUE
from bot.rules.finding import Finding

_PLACE = {entry.rule.id: place for place, entry in enumerate(CATALOGUE)}


def ranked(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings by severity, then confidence, then their place in the catalogue."""
    return tuple(
        sorted(findings, key=lambda found: (found.severity.rank, -found.confidence, _PLACE[found.rule]))
    )
