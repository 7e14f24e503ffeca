import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.summaries.compose import compose, rounded
from bot.summaries.counts import WeekCounts
from bot.summaries.week import Week

BOUNDS = (Fraction(1, 20), Fraction(1, 10))
WEEK = Week(2026, 47)
LIVELY = WeekCounts(members=23, posts=212, promotion=19, asking=41, answering=63, thanking=18, sharing=12)


def words(counts: WeekCounts, before: WeekCounts | None = None, minimum_members: int = 5) -> str:
    summary = compose("discord:1", WEEK, counts, before, BOUNDS, minimum_members)
    return "\n".join((summary.headline, *summary.paragraphs, summary.tip or ""))


def test_a_lively_week_says_how_much_was_given_and_how_much_promoted():
    text = words(LIVELY)
    assert "16–22 November 2026" in text
    assert "Among the 25 or so members taking part: about 210 posts, about 9% of them promotion" in text
    assert "about 40 questions asked, about 65 answers, about 20 thanks" in text


def test_a_week_across_two_months_names_both():
    assert "28 September – 4 October 2026" in compose("x", Week(2026, 40), LIVELY, None, BOUNDS).headline


@pytest.mark.parametrize("members", [0, 1, 4])
def test_below_five_members_no_figure_is_shown(members):
    text = words(WeekCounts(members=members, posts=97, promotion=31, asking=12))
    assert "Fewer than 5 members" in text
    assert not re.search(r"97|31|12\b", text)


def test_the_floor_can_be_raised_but_not_lowered():
    assert "Fewer than 30 members" in words(LIVELY, minimum_members=30)
    assert "Fewer than 5 members" in words(WeekCounts(members=4, posts=50), minimum_members=1)


def test_too_much_promotion_leads_to_a_tip_with_its_source_and_no_blame():
    text = words(WeekCounts(members=9, posts=60, promotion=20, asking=5, answering=5))
    assert "tip 6" in text
    assert "too much" not in text.lower()


def test_the_week_before_is_compared_in_words_only():
    before = WeekCounts(members=20, posts=180, answering=30)
    assert "More questions found an answer" in words(LIVELY, before)


@given(st.integers(0, 10_000))
def test_every_count_shown_is_a_multiple_of_five_and_at_most_two_away(count):
    assert rounded(count) % 5 == 0
    assert abs(rounded(count) - count) <= 2


@given(st.builds(WeekCounts, *[st.integers(0, 400)] * 7))
def test_every_figure_in_the_text_is_rounded(counts):
    summary = compose("discord:1", WEEK, counts, None, BOUNDS)
    text = " ".join(summary.paragraphs).replace("5–10%", "")
    shown = [int(figure) for figure in re.findall(r"about (\d+) ", text)]
    assert all(figure % 5 == 0 for figure in shown)
