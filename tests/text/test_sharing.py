"""Whether a draft passes on what somebody else made."""

import pytest

from bot.text.draft import Author, Draft
from bot.text.read import read
from bot.text.sharing import shares_others


def shares(text: str) -> bool:
    return shares_others(read(Draft(text, author=Author(own_domains=("ana.example",)))))


@pytest.mark.parametrize(
    "text",
    [
        "Worth a read: https://essays.example/salt",
        "h/t Femke for the idea",
        "Drawn by Odile over two winters",
        "All credit to the night shift",
        "Her latest book is worth every page",
        "RT @marshwatch the geese are back",
        "https://ana.example and https://essays.example/salt",
    ],
)
def test_shares(text: str):
    assert shares(text)


@pytest.mark.parametrize(
    "text",
    [
        "https://ana.example/new",
        "Made by me",
        "Morning!",
        "Thank you all",
        "`https://essays.example`",
        "https://amzn.to/3xYz",
        "https://www.awin1.com/cread.php?x=1",
        "his book is late",
    ],
)
def test_does_not_share(text: str):
    assert not shares(text)
