"""The share of promotion over the last weeks: as figures, as words, and as lines of text."""

from dataclasses import dataclass

WEEKS = 8
"""How many weeks the chart shows."""

_BLOCK = "█"
_PER_BLOCK = 5  # percent
_LONGEST = 20


@dataclass(frozen=True, slots=True)
class Bar:
    """One week.

    Attributes:
        label: the week, short: `W47`.
        percent: the share of promotion as published; None where none was.
    """

    label: str
    percent: int | None


@dataclass(frozen=True, slots=True)
class Chart:
    """The last weeks, oldest first, with the band to aim for.

    Attributes:
        bars: the weeks.
        lower: the lower bound of the band, in percent.
        upper: the upper bound of the band, in percent.
        title: what the bars are.
        missing: what is said in place of a figure that is not there.
    """

    bars: tuple[Bar, ...]
    lower: float
    upper: float
    title: str = "Share of promotion by week"
    missing: str = "not shown"

    @property
    def alternative(self) -> str:
        """Return everything the chart shows, in words."""
        shown = [f"{bar.label} {bar.percent}%" for bar in self.bars if bar.percent is not None]
        hidden = [bar.label for bar in self.bars if bar.percent is None]
        words = f"{self.title}: {', '.join(shown) or 'none to show'}."
        if hidden:
            words += f" {self.missing[:1].upper()}{self.missing[1:]}: {', '.join(hidden)}."
        return f"{words} The aim is {self.lower:g}–{self.upper:g}%."

    def lines(self) -> tuple[str, ...]:
        """Return the chart in lines of one width of letter: a bar for each week, and its figure."""
        widest = max((len(bar.label) for bar in self.bars), default=0)
        drawn = (f"{bar.label:>{widest}}  {self._line(bar.percent)}" for bar in self.bars)
        return (f"Share of promotion; the aim is {self.lower:g}–{self.upper:g}%", *drawn)

    def _line(self, percent: int | None) -> str:
        if percent is None:
            return self.missing
        blocks = _BLOCK * min(_LONGEST, -(-percent // _PER_BLOCK))
        return f"{blocks} {percent}%{' above the aim' if percent > self.upper else ''}"
