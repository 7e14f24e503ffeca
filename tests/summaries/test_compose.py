import re
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.balance.identity import Member
from bot.summaries.compose import compose
from bot.summaries.counts import FIGURES, Figure, WeekCounts
from bot.summaries.point import Point, point_of
from bot.summaries.summary import Kudos
from bot.summaries.week import Week

BOUNDS = (Fraction(1, 20), Fraction(1, 10))
WEEK = Week(2026, 47)
LIVELY = Point(
    members=25,
    posts=210,
    promotion=20,
    asking=40,
    answering=65,
    thanking=20,
    sharing=10,
    checked=30,
    improved=10,
)
figures = st.builds(
    lambda people, more: Figure(people + more, people), st.integers(0, 40), st.integers(0, 400)
)
weeks = st.builds(WeekCounts, *[figures] * len(FIGURES))


def words(*points: Point, floor: int = 5, kudos: tuple[Kudos, ...] = ()) -> str:
    summary = compose("discord:1", WEEK, points, BOUNDS, floor, kudos)
    return "\n".join((summary.headline, *summary.paragraphs, summary.tip or ""))


def test_a_lively_week_says_how_much_was_given_and_how_much_promoted():
    text = words(LIVELY)
    assert text.startswith("Among the 25 members taking part, 16–22 November 2026")
    assert "About 210 posts, about 10% of them promotion; the aim is 5–10%." in text
    assert (
        "about 40 questions asked, about 65 answers, about 20 thanks and about 10 times others' work" in text
    )
    assert "About 30 drafts were checked before posting; about 10 were checked again with less left" in text


def test_a_week_across_two_months_names_both():
    assert "28 September – 4 October 2026" in compose("x", Week(2026, 40), [LIVELY], BOUNDS).headline


def test_below_the_floor_there_is_a_short_honest_note_and_nothing_else():
    summary = compose("discord:1", WEEK, [LIVELY, Point()], BOUNDS)
    assert len(summary.paragraphs) == 1
    assert "Fewer than 5 members took part" in summary.paragraphs[0]
    assert (summary.tip, summary.chart, summary.kudos) == (None, None, ())
    assert "Fewer than 30 members" in words(Point(), floor=30)


def test_the_week_before_is_compared_in_words_only():
    before = replace(LIVELY, answering=30, promotion=5)
    assert "Compared with the week before: a larger share of promotion and more answers." in words(
        before, LIVELY
    )


def test_a_week_much_like_the_one_before_gets_two_lines():
    summary = compose("discord:1", WEEK, [LIVELY, replace(LIVELY, posts=215, asking=45)], BOUNDS)
    assert len(summary.paragraphs) == 1
    assert summary.paragraphs[0].endswith("much like the week before.")
    assert (summary.tip, summary.chart) == (None, None)


@pytest.mark.parametrize(
    "now", [replace(LIVELY, posts=300), replace(LIVELY, promotion=45), replace(LIVELY, asking=None)]
)
def test_a_week_in_which_something_changed_gets_more_than_two_lines(now):
    assert compose("discord:1", WEEK, [LIVELY, now], BOUNDS).chart is not None


def test_a_week_above_the_aim_is_never_called_unremarkable():
    above = replace(LIVELY, promotion=45)
    summary = compose("discord:1", WEEK, [above, above], BOUNDS)
    assert summary.tip is not None
    assert "too much" not in words(above, above).lower()


def test_after_a_week_without_figures_nothing_is_compared():
    assert "Compared" not in words(Point(), LIVELY)


def test_the_chart_shows_eight_weeks_and_says_all_of_it_in_words():
    points = [Point(), *[replace(LIVELY, promotion=5 * number) for number in range(8)]]
    chart = compose("discord:1", WEEK, points, BOUNDS).chart
    assert chart is not None
    assert [bar.label for bar in chart.bars] == [f"W{number}" for number in range(40, 48)]
    assert chart.alternative.startswith("Share of promotion by week: W40 0%, W41 2%")
    assert chart.alternative.endswith("The aim is 5–10%.")
    assert all(str(bar.percent) in line for bar, line in zip(chart.bars, chart.lines()[1:], strict=True))


def test_a_bar_that_is_not_shown_is_named_as_such():
    chart = compose("discord:1", WEEK, [replace(LIVELY, promotion=None), LIVELY], BOUNDS).chart
    assert chart is not None
    assert "Not shown: W46." in chart.alternative
    assert "W46  not shown" in chart.lines()


def test_kudos_stand_in_the_order_given_and_make_a_week_remarkable():
    kudos = (Kudos(Member("discord", "7"), "answered 9 questions"),)
    assert compose("discord:1", WEEK, [LIVELY, LIVELY], BOUNDS, 5, kudos).kudos == kudos


@given(st.lists(weeks, min_size=1, max_size=2), st.integers(1, 30))
def test_every_figure_in_the_text_is_rounded(counts, floor):
    points = [point_of(week, floor) for week in counts]
    summary = compose("discord:1", WEEK, points, BOUNDS, floor)
    text = " ".join(summary.paragraphs)
    shown = [int(figure) for figure in re.findall(r"[Aa]bout (\d+) ", text)]
    assert all(figure and figure % 5 == 0 for figure in shown)
    if points[-1].members is None:
        assert summary.chart is None
