import pytest

from bot.coach.check import check
from bot.coach.readers import default_reader
from bot.text.draft import Draft


def rules(text: str) -> set[str]:
    return {finding.rule for finding in check(Draft(text), reader=default_reader()).findings}


@pytest.mark.parametrize(
    "text",
    [
        'He said "you are a worthless idiot" and I want to discuss why that is not okay.',
        "Somebody wrote “you are all pathetic losers” under the new post. How do we answer that kindly?",
    ],
)
def test_an_insult_that_is_quoted_to_be_discussed_is_nobodys_insult(text):
    assert "criticism" not in rules(text)


def test_the_same_words_in_ones_own_voice_are():
    assert "criticism" in rules("You are a worthless idiot and I want to discuss why nobody told you.")


def test_an_insult_beside_a_quotation_still_counts():
    assert "criticism" in rules('You wrote "this is fine for now" because you are a lazy, worthless idiot.')
