from bot.summaries.counts import MemberCounts
from bot.summaries.kudos import deed_of


def test_a_deed_is_concrete():
    assert deed_of(MemberCounts(20, answering=9, thanking=2)) == ("answering", "answered 9 questions")


def test_too_little_is_no_public_word():
    assert deed_of(MemberCounts(40, answering=2, thanking=2)) is None


def test_of_two_equal_ones_the_harder_counts():
    assert deed_of(MemberCounts(40, answering=5, thanking=5, sharing=5)) == (
        "answering",
        "answered 5 questions",
    )
