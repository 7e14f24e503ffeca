"""A community's week, ready for any platform to show."""

from dataclasses import dataclass

from bot.balance.identity import Member
from bot.summaries.chart import Chart


@dataclass(frozen=True, slots=True)
class Kudos:
    """A word of thanks to a member who agreed to be named.

    Attributes:
        person: who; a platform shows the name the member goes by there, and pings nobody.
        deed: what they did, after the name: `answered 9 questions`.
    """

    person: Member
    deed: str


@dataclass(frozen=True, slots=True)
class Summary:
    """What the community is told about its week; nobody is named but those who agreed.

    All texts are plain: no markup, no mentions.

    Attributes:
        community: the ledger's name, `PLATFORM:ID`.
        week: the ISO week, such as `2026-W47`.
        headline: the first line.
        paragraphs: what happened, a few sentences each.
        tip: one thing to try, with its citation; None in an unremarkable week.
        chart: the last eight weeks; None where there is nothing to draw.
        kudos: thanks to members who agreed to be named, in no order of merit.
    """

    community: str
    week: str
    headline: str
    paragraphs: tuple[str, ...]
    tip: str | None = None
    chart: Chart | None = None
    kudos: tuple[Kudos, ...] = ()
