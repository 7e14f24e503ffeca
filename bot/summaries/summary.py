"""A community's week, ready for any platform to show."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Summary:
    """What the community is told about its week; nobody is named.

    All texts are plain: no markup, no mentions.

    Attributes:
        community: the ledger's name, `PLATFORM:ID`.
        week: the ISO week, such as `2026-W47`.
        headline: the first line.
        paragraphs: what happened, a few sentences each.
        tip: one thing to try, with its citation; None in an unremarkable week.
    """

    community: str
    week: str
    headline: str
    paragraphs: tuple[str, ...]
    tip: str | None = None
