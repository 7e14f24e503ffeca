"""Praise is as precise as criticism, and only given where it is true."""

import pytest

from bot.coach.check import check
from bot.coach.kinds import PatternReader
from bot.text.draft import Author, Draft, ReplyTo


def praise(text: str, reply_to: str | None = None) -> dict[str, str]:
    draft = Draft(
        text,
        reply_to=ReplyTo("u2", reply_to) if reply_to else None,
        author=Author("u1", None, ("ana.example",)),
    )
    advice = check(draft, reader=PatternReader())
    return dict(zip(advice.strengths, advice.praise, strict=True))


@pytest.mark.parametrize(
    ("text", "reply_to", "strength", "words"),
    [
        ("Which glue do you use for cedar?", None, "asks-question", "Which glue do you use for cedar?"),
        (
            "Try soaking it overnight, then peel.",
            "How do I get the label off?",
            "answers-somebody",
            "Try soaking it",
        ),
        ("Thank you for the chairs, Odile!", None, "thanks-or-congratulates", "Thank you for"),
        ("Congratulations on the shop!", "We opened today", "thanks-or-congratulates", "Congratulations on"),
        ("Drawn by Odile over two winters.", None, "credits-others", "Drawn by Odile"),
        ("Your talk about tides sent me back to my notes.", None, "personal", "Your talk about"),
        (
            "Here's how I label cables: tape and a soft pencil, the date at each end, off it comes in May.",
            None,
            "useful",
            "Here's how I",
        ),
    ],
)
def test_each_strength_quotes_what_works(text: str, reply_to: str | None, strength: str, words: str):
    assert words in praise(text, reply_to)[strength]


def test_an_answer_before_an_own_link_is_praised_for_its_order():
    said = praise(
        "Try soaking it overnight, that worked for me. More at https://ana.example/labels",
        "Got a link or a tip?",
    )
    assert said["answers-somebody"] == "You answer the question before you mention anything of your own."


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("Really?", "asks-question"),
        ("You can reach me on Monday.", "answers-somebody"),
        ("Thanks.", "useful"),
        ("I like cedar.", "personal"),
        ("New: https://ana.example/new", "credits-others"),
    ],
)
def test_what_is_not_there_is_not_praised(text: str, strength: str):
    assert strength not in praise(text)


def test_what_is_left_as_it_is_gets_no_praise_in_another_language():
    assert praise("Ich weiß nicht, ob das wirklich so gut ist. Was denkt ihr?") == {}
