"""The balance as a card: what it says, and what it never says."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from adapters.kit.balance_card import balance_card, chart_of
from adapters.kit.balance_words import next_step
from adapters.kit.card import Action, Drawing, Note, Paragraph
from adapters.kit.chart_image import png
from bot.balance.balance import Balance, WhatIf
from bot.services.balance_history import Past, Promotion

NOW = datetime(2026, 11, 17, 12, tzinfo=UTC)
TENTH = Fraction(1, 10)
EMPTY = Balance(28, NOW, 0, 0, 0, 0, 0, 0, 0, Fraction(1, 20), TENTH)
FULL = replace(
    EMPTY,
    posts=17,
    promotion=2,
    engagement=12,
    neutral=3,
    acts={"asking": 4, "answering": 6, "thanking": 1, "sharing": 1, "other": 0},
    directed=10,
    people={"a": 5, "b": 2, "c": 3},
)
NEXT = WhatIf(3, 18, TENTH, above=True, give_first=False, frees_at=datetime(2026, 12, 3, tzinfo=UTC))
PAST = Past(
    (*(replace(EMPTY, until=NOW - timedelta(days=28 * back)) for back in range(7, 0, -1)), FULL),
    NEXT,
    (Promotion("ab" * 16, NOW), Promotion("cd" * 16, NOW - timedelta(days=9))),
)


def said(past: Past | None) -> str:
    return "\n".join(b.text for b in balance_card(past).blocks if not isinstance(b, Drawing))


def test_the_card_says_where_one_stands_and_what_the_rest_was_made_of() -> None:
    text = said(PAST)
    assert "2 of 17 posts in the last 28 days are promotion (12%); you aim for 5–10%." in text
    assert "The rest: 4 asking, 6 answering, 1 thanking, 1 sharing others' work, 3 other news." in text
    assert "3 people directly, in 10 posts; 80% of them went to the same two." in text
    assert "What comes next: answering somebody would help most." in text
    assert "on 3 December the window frees it by itself" in text


def test_the_circle_is_only_told_of_where_it_is_kept() -> None:
    assert "hints about your circle" not in said(PAST)
    off = replace(FULL, directed=None, people=None)
    assert "I don't keep whom you speak to" in said(replace(PAST, windows=(*PAST.windows[:-1], off)))


def test_eight_windows_are_drawn_with_words_for_who_cannot_see_them() -> None:
    chart = chart_of(PAST.windows)
    assert len(chart.bars) == 8
    assert chart.bars[-1].percent == 12
    assert "17 Nov 12%" in chart.alternative
    assert "No posts: 5 May, " in chart.alternative
    assert chart.lines()[1] == " 5 May  no posts"
    assert chart.lines()[-1] == "17 Nov  ███ 12% above the aim"
    assert png(chart).startswith(b"\x89PNG")


def test_a_share_just_above_the_band_is_drawn_above_it() -> None:
    just_above, just_below = replace(FULL, posts=48, promotion=5), replace(FULL, posts=51, promotion=5)
    chart = chart_of((just_above, just_below))
    assert [bar.percent for bar in chart.bars] == [11, 10]


def test_each_promotion_can_be_said_to_be_none() -> None:
    buttons = balance_card(PAST).buttons
    assert [button.label for button in buttons] == [
        "17 Nov 12:00 UTC was no promotion",
        "8 Nov 12:00 UTC was no promotion",
    ]
    assert {button.action for button in buttons} == {Action.CORRECT}
    assert all(len(button.label) <= 40 and len(button.argument) <= 40 for button in buttons)


def test_without_a_record_no_share_is_shown() -> None:
    card = balance_card(None)
    assert Paragraph("No record yet: I only count posts you let me count.") in card.blocks
    assert not any(isinstance(block, Drawing | Note) for block in card.blocks)


def test_without_any_posts_there_is_no_chart() -> None:
    card = balance_card(replace(PAST, windows=(EMPTY,) * 8, promotions=()))
    assert not any(isinstance(block, Drawing) for block in card.blocks)


def test_the_number_of_posts_needed_is_never_said() -> None:
    needed = FULL.next_promotion_after
    assert needed == 12
    assert f"{needed} more" not in said(PAST)
    assert f"{needed} posts" not in said(PAST)


def test_what_comes_next_depends_on_where_one_stands() -> None:
    assert "give first" in next_step(replace(NEXT, give_first=True))
    assert "there is room" in next_step(replace(NEXT, above=False, frees_at=None, promotion=1, posts=40))
    assert "window" not in next_step(replace(NEXT, frees_at=None))
