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
    """

    bars: tuple[Bar, ...]
    lower: float
    upper: float
    title: str = "Share of promotion by week"

    @property
    def alternative(self) -> str:
        """Return everything the chart shows, in words."""
        shown = [f"{bar.label} {bar.percent}%" for bar in self.bars if bar.percent is not None]
        hidden = [bar.label for bar in self.bars if bar.percent is None]
        words = f"{self.title}: {', '.join(shown) or 'none to show'}."
        if hidden:
            words += f" No share is shown for {', '.join(hidden)}."
        return f"{words} The aim is {self.lower:g}–{self.upper:g}%."

    def lines(self) -> tuple[str, ...]:
        """Return the chart in lines of one width of letter: a bar for each week, and its figure."""
        drawn = (
            f"{bar.label}  not shown"
            if bar.percent is None
            else f"{bar.label}  {_BLOCK * min(_LONGEST, -(-bar.percent // _PER_BLOCK))} {bar.percent}%"
            + (" above the aim" if bar.percent > self.upper else "")
            for bar in self.bars
        )
        return (f"Share of promotion; the aim is {self.lower:g}–{self.upper:g}%", *drawn)
