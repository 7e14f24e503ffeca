from datetime import UTC, datetime
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from adapters.kit.balance_words import breakdown, outlook, standing
from bot.balance.balance import Balance, WhatIf
from bot.coach.check import check
from bot.coach.kinds import PatternReader
from bot.rules.finding import Severity
from bot.text.draft import Draft, History

LOWER, UPPER = Fraction(1, 20), Fraction(1, 10)
UNTIL = datetime(2026, 11, 22, tzinfo=UTC)


def balance(posts: int, promotion: int, **more) -> Balance:
    engagement = posts - promotion
    return Balance(28, UNTIL, posts, 0, 0, 0, promotion, engagement, 0, LOWER, UPPER, **more)


def test_without_a_record_no_share_is_claimed():
    assert "No record yet" in standing(None)
    assert "%" not in standing(None)


def test_without_posts_no_share_is_claimed():
    assert "no posts counted" in standing(balance(0, 0))
    assert "0%" not in standing(balance(0, 0))


def test_one_in_sixteen_is_six_per_cent():
    assert standing(balance(16, 1)) == (
        "Your balance: 1 of 16 posts in the last 28 days is promotion (6%); you aim for 5–10%."
    )


def test_two_in_seventeen_says_what_would_help_and_when_waiting_is_enough():
    effect = WhatIf(2, 17, UPPER, above=True, give_first=False, frees_at=datetime(2026, 12, 3, tzinfo=UTC))
    assert outlook(effect) == (
        "This would make it 2 of 17 posts (12%); you aim for at most 10%. "
        "Answering somebody would help most; on 3 December the window frees it by itself."
    )


def test_a_member_with_few_posts_is_asked_to_give_first_and_told_no_number_to_reach():
    effect = WhatIf(1, 3, UPPER, above=True, give_first=True, frees_at=None)
    assert "give first" in outlook(effect)
    assert "10 posts" not in outlook(effect)


@given(st.integers(10, 400), st.integers(0, 60), st.integers(1, 60))
def test_the_answer_s_sentence_and_the_rule_s_finding_say_the_same(posts, promotion, bound):
    upper = Fraction(bound, 200)
    promotion = min(promotion, posts)
    share = Fraction(promotion + 1, posts + 1)
    effect = WhatIf(promotion + 1, posts + 1, upper, above=share > upper, give_first=False, frees_at=None)
    draft = Draft(
        "Buy my new book, pre-order now, link in bio!", history=History(posts=posts, promotion=promotion)
    )
    advice = check(draft, reader=PatternReader(), lower=upper / 2, upper=upper, minimum_posts=10)
    found = [finding for finding in advice.findings if finding.rule == "promo-balance"]
    would = outlook(effect).partition(";")[0].removesuffix(".")
    assert len(found) == (share >= upper / 2)
    for finding in found:
        assert finding.message.startswith(would)
        assert (
            (finding.severity is Severity.WARNING) == effect.above == ("there is room" not in outlook(effect))
        )


def test_what_the_rest_was_made_of_is_named():
    assert (
        breakdown(balance(5, 0, acts={"answering": 3, "thanking": 2})) == "The rest: 3 answering, 2 thanking."
    )
    assert breakdown(balance(1, 1)) is None
