"""A summary as text for a terminal, and as Markdown."""

from bot.summaries.summary import Summary


def in_text(summary: Summary) -> str:
    """Return a summary as paragraphs, with the chart in lines of one width of letter."""
    chart = "\n".join(summary.chart.lines()) if summary.chart else None
    parts = (summary.headline, *summary.paragraphs, *_kudos(summary), chart, summary.tip)
    return "\n\n".join(part for part in parts if part)


def in_markdown(summary: Summary) -> str:
    """Return a summary as Markdown, with the chart as a table."""
    chart = None
    if summary.chart is not None:
        rows = (f"| {bar.label} | {_percent(bar.percent)} |" for bar in summary.chart.bars)
        aim = f"The aim is {summary.chart.lower:g}–{summary.chart.upper:g}%."
        chart = "\n".join(("| week | share of promotion |", "| --- | ---: |", *rows)) + f"\n\n{aim}"
    kudos = "\n".join(f"- {line}" for line in _kudos(summary))
    tip = f"> {summary.tip}" if summary.tip else None
    parts = (f"## {summary.headline}", *summary.paragraphs, kudos, chart, tip)
    return "\n\n".join(part for part in parts if part)


def _kudos(summary: Summary) -> list[str]:
    return [f"{one.person} {one.deed}" for one in summary.kudos]


def _percent(percent: int | None) -> str:
    return "not shown" if percent is None else f"{percent}%"
