from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.summaries.counts import FIGURES, Figure, MemberCounts, WeekCounts, sum_of
from bot.summaries.point import FEWEST, Point, point_of, rounded

members = st.builds(
    lambda promotion, rest, *more: MemberCounts(promotion + rest, promotion, *more),
    *[st.integers(0, 30)] * 2,
    *[st.sampled_from([0, 0, 1, 7])] * 6,
)
BUSY = sum_of([MemberCounts(10, 1, 2, 3, 1, 1, 2, 1)] * 12)


@given(st.integers(0, 10_000))
def test_every_count_shown_is_a_multiple_of_five_and_at_most_two_away(count):
    assert rounded(count) % 5 == 0
    assert abs(rounded(count) - count) <= 2


@given(st.lists(members, max_size=12), st.integers(-3, 12))
def test_no_figure_over_fewer_than_five_people_is_ever_shown(people, floor):
    counts = sum_of(people)
    point = point_of(counts, floor)
    for name in Point.__slots__:
        if getattr(point, name) is not None:
            figure = counts.posts if name == "members" else getattr(counts, name)
            assert figure.people >= FEWEST
            assert getattr(point, name) % 5 == 0
    if point.promotion is not None:
        assert counts.giving.people >= FEWEST


@pytest.mark.parametrize("people", [0, 1, 4])
def test_below_five_members_nothing_is_published(people):
    assert point_of(sum_of([MemberCounts(20, 5, 5, 5)] * people)) == Point()


def test_the_floor_can_be_raised_but_not_lowered():
    assert point_of(BUSY, 13) == Point()
    assert point_of(BUSY, 12).members == 10
    assert point_of(sum_of([MemberCounts(9)] * 4), 1) == Point()


def test_one_diligent_member_shows_in_no_figure_of_their_own():
    people = [MemberCounts(3)] * 11 + [MemberCounts(30, 10, answering=15, sharing=12)]
    point = point_of(sum_of(people))
    assert point.posts == 65
    assert (point.promotion, point.answering, point.sharing, point.share) == (None, None, None, None)


def test_a_share_is_not_shown_where_it_would_tell_of_the_few_who_only_give():
    point = point_of(sum_of([MemberCounts(4, 4)] * 6 + [MemberCounts(5)]))
    assert (point.posts, point.promotion) == (30, None)


def test_a_member_named_with_their_own_count_does_not_give_away_the_others():
    counts = replace(WeekCounts(), posts=Figure(60, 8), giving=Figure(60, 8), answering=Figure(30, 8))
    assert point_of(counts, named={"answering": 3}).answering == 30
    assert point_of(counts, named={"answering": 4}).answering is None
    assert point_of(counts, named={"answering": 8}).answering == 30


def test_the_share_follows_from_what_is_published_and_nothing_else():
    assert Point(10, 60, 5).share == 8
    assert Point(10, 0, 0).share is None
    assert Point(10, 60).share is None
    assert Point(10, 5, 10).share == 100


def test_a_sum_knows_how_many_people_stand_behind_it():
    counts = sum_of([MemberCounts(5, 2, asking=1), MemberCounts(3), MemberCounts()])
    assert (counts.posts, counts.promotion, counts.giving) == (Figure(8, 2), Figure(2, 1), Figure(6, 2))
    assert counts.asking == Figure(1, 1)
    assert len(FIGURES) == 9
