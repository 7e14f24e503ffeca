"""One community's week in words: kind, short, and about nobody in particular."""

from fractions import Fraction

from bot.summaries.counts import WeekCounts
from bot.summaries.summary import Summary
from bot.summaries.week import Week

FEWEST = 5
"""Fewer contributors than this and no figure is shown, whatever is configured (design.md, "The record")."""

STEP = 5
"""Counts are rounded to this, so that no difference between two weeks points at a person."""

_CITATION = "How to Build Social Media Relationships"


def compose(
    community: str,
    week: Week,
    counts: WeekCounts,
    before: WeekCounts | None,
    bounds: tuple[Fraction, Fraction],
    minimum_members: int = FEWEST,
) -> Summary:
    """Return a community's summary of one week.

    Args:
        community: the ledger's name.
        week: the week that is over.
        counts: its totals.
        before: the totals of the week before; None where it was not complete or below the floor.
        bounds: lower and upper bound of the promotion share the community aims for.
        minimum_members: how many contributors the community wants before figures are shown; it can
            only raise the floor of five.
    """
    headline = f"The week of {_days(week)}"
    floor = max(FEWEST, minimum_members)
    if counts.members < floor:
        quiet = (
            f"Fewer than {floor} members took part, so there are no figures this week. "
            "See you in the next one."
        )
        return Summary(community, str(week), headline, (quiet,))
    paragraphs = [_share(counts, bounds)]
    if given := _given(counts):
        paragraphs.append(given)
    if before is not None and before.members >= floor and (change := _change(counts, before)):
        paragraphs.append(change)
    return Summary(community, str(week), headline, tuple(paragraphs), _tip(counts, bounds))


def rounded(count: int) -> int:
    """Return a count rounded to the nearest five."""
    return STEP * ((count + STEP // 2) // STEP)


def _days(week: Week) -> str:
    monday = week.monday()
    sunday = week.after().monday().fromordinal(week.after().monday().toordinal() - 1)
    if monday.month == sunday.month:
        return f"{monday.day}–{sunday.day} {sunday:%B %Y}"
    return f"{monday.day} {monday:%B} – {sunday.day} {sunday:%B %Y}"


def _share(counts: WeekCounts, bounds: tuple[Fraction, Fraction]) -> str:
    posts = rounded(counts.posts)
    members = rounded(counts.members)
    among = f"Among the {members} or so members taking part: {_about(counts.posts)} posts"
    if not posts:
        return f"{among}."
    share = 100 * rounded(counts.promotion) // posts
    lower, upper = (f"{float(bound * 100):g}" for bound in bounds)
    return f"{among}, about {share}% of them promotion; the aim is {lower}–{upper}%."


def _about(count: int) -> str:
    near = rounded(count)
    return f"about {near}" if near else "a few"


def _given(counts: WeekCounts) -> str:
    parts = [
        f"about {rounded(count)} {what}"
        for count, what in (
            (counts.asking, "questions asked"),
            (counts.answering, "answers"),
            (counts.thanking, "thanks"),
            (counts.sharing, "times others' work was shared"),
        )
        if rounded(count)
    ]
    return f"There were {_listed(parts)}." if parts else ""


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def _change(counts: WeekCounts, before: WeekCounts) -> str:
    now, then = rounded(counts.answering), rounded(before.answering)
    if now > then:
        return "More questions found an answer than the week before."
    if now < then:
        return "Fewer answers than the week before: an open question may be waiting for you."
    return ""


def _tip(counts: WeekCounts, bounds: tuple[Fraction, Fraction]) -> str | None:
    if counts.posts and Fraction(counts.promotion, counts.posts) > bounds[1]:
        idea, words, number = (
            "before the next announcement, answer somebody",
            "It's not about you; it's about them.",
            6,
        )
    elif counts.answering < counts.asking:
        idea, words, number = (
            "pick one open question and answer it",
            "Social media is a two-way street.",
            4,
        )
    elif not rounded(counts.sharing):
        idea, words, number = (
            "share something somebody else made",
            "Sharing information is a great way to learn, enlighten others.",
            11,
        )
    else:
        return None
    return f"One thing to try: {idea}. “{words}” ({_CITATION}, tip {number})"
