"""One community's week in words: kind, short, and about nobody in particular."""

from collections.abc import Sequence
from fractions import Fraction

from bot.summaries.change import changes, unremarkable
from bot.summaries.chart import WEEKS, Bar, Chart
from bot.summaries.point import FEWEST, Point
from bot.summaries.summary import Kudos, Summary
from bot.summaries.tip import tip_of
from bot.summaries.week import Week


def compose(
    community: str,
    week: Week,
    points: Sequence[Point],
    bounds: tuple[Fraction, Fraction],
    floor: int = FEWEST,
    kudos: Sequence[Kudos] = (),
) -> Summary:
    """Return a community's summary of one week.

    Args:
        community: the ledger's name.
        week: the week that is over.
        points: what is published of the weeks up to this one, oldest first, one for each week; the
            last one is this week's.
        bounds: lower and upper bound of the promotion share the community aims for.
        floor: how many members the community wants before figures are shown; at least five.
        kudos: thanks to members who agreed to be named, in no order of merit.
    """
    now = points[-1]
    before = points[-2] if len(points) > 1 else Point()
    if now.members is None:
        quiet = (
            f"Fewer than {max(FEWEST, floor)} members took part, so there are no figures this week. "
            "See you in the next one."
        )
        return Summary(community, str(week), f"The week of {_days(week)}", (quiet,))
    headline = f"Among the {now.members} members taking part, {_days(week)}"
    if not kudos and unremarkable(now, before, bounds[1]):
        return Summary(
            community, str(week), headline, (f"{_share(now, bounds)[:-1]}; much like the week before.",)
        )
    paragraphs = (_share(now, bounds), _given(now), _checks(now), changes(now, before))
    return Summary(
        community,
        str(week),
        headline,
        tuple(paragraph for paragraph in paragraphs if paragraph),
        tip_of(now, bounds[1]),
        _chart(week, points[-WEEKS:], bounds),
        tuple(kudos),
    )


def _chart(week: Week, points: Sequence[Point], bounds: tuple[Fraction, Fraction]) -> Chart | None:
    if all(point.share is None for point in points):
        return None
    first = week.ordinal - len(points) + 1
    bars = tuple(
        Bar(f"W{Week.at(first + index).number:02}", point.share) for index, point in enumerate(points)
    )
    lower, upper = bounds
    return Chart(bars, float(lower * 100), float(upper * 100))


def _days(week: Week) -> str:
    monday = week.monday()
    sunday = week.after().monday().fromordinal(week.after().monday().toordinal() - 1)
    if monday.month == sunday.month:
        return f"{monday.day}–{sunday.day} {sunday:%B %Y}"
    return f"{monday.day} {monday:%B} – {sunday.day} {sunday:%B %Y}"


def _share(point: Point, bounds: tuple[Fraction, Fraction]) -> str:
    lower, upper = (f"{float(bound * 100):g}" for bound in bounds)
    posts = f"About {point.posts} posts"
    if point.share is None:
        return f"{posts}. Too few members stand behind the share of promotion for it to be shown."
    return f"{posts}, about {point.share}% of them promotion; the aim is {lower}–{upper}%."


def _given(point: Point) -> str:
    parts = [
        f"about {count} {what}"
        for count, what in (
            (point.asking, "questions asked"),
            (point.answering, "answers"),
            (point.thanking, "thanks"),
            (point.sharing, "times others' work was shared"),
        )
        if count
    ]
    return f"There were {_listed(parts)}." if parts else ""


def _checks(point: Point) -> str:
    if not point.checked:
        return ""
    better = f"; about {point.improved} were checked again with less left to mend" if point.improved else ""
    return f"About {point.checked} drafts were checked before posting{better}."


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
