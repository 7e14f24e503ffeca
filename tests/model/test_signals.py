import pytest

from bot.model.signals import signals
from bot.text.draft import Draft
from bot.text.read import read


@pytest.mark.parametrize(
    ("text", "name", "step"),
    [
        ("Follow back, mutuals only", "unfollow", 2),
        ("the following day", "unfollow", 0),
        ("what a damn SHITTY idea, f**", "profane", 3),
        ("a classy assembly", "profane", 0),
        ("Sign up, join us, 20% off tickets", "asks", 3),
        ("a sign upon the door", "asks", 0),
        ("$5, 3 %, 1,200 users and 10k", "figures", 3),
        ("€ 9 now", "figures", 1),
        ("10 kites, 5$ each", "figures", 0),
        ("reply stop to opt out", "opt-out", 2),
        ("so → 🎉 é", "emoji", 2),
        ("naïve", "emoji", 0),
    ],
)
def test_what_stands_in_a_draft_is_counted_in_steps(text, name, step):
    assert dict(signals(read(Draft(text))))[name] == step
