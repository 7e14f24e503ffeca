"""What a draft is for, without a trained reader."""

import pytest

from bot.coach.kinds import PatternReader
from bot.text.draft import Author, Draft, ReplyTo
from bot.text.kind import Kind
from bot.text.read import read


def kind(text: str, reply_to: str | None = None) -> Kind:
    draft = Draft(
        text,
        reply_to=ReplyTo("u2", reply_to) if reply_to else None,
        author=Author("u1", None, ("ana.example",)),
    )
    return PatternReader().opinion(read(draft)).kind


@pytest.mark.parametrize(
    ("text", "reply_to", "expected"),
    [
        ("Pre-order my new book now, link in bio!", None, Kind.PROMOTION),
        ("https://ana.example/new", None, Kind.PROMOTION),
        ("We are hiring two carpenters, apply on our site by Friday", None, Kind.PROMOTION),
        ("f4f anyone?", None, Kind.PROMOTION),
        ("Which glue do you use for cedar?", None, Kind.ENGAGEMENT),
        ("Thank you all for the lovely evening!", None, Kind.ENGAGEMENT),
        ("Soak it overnight, that worked for me.", "How do I get the label off?", Kind.ENGAGEMENT),
        ("Read this essay by Odile, worth your time: https://essays.example/salt", None, Kind.ENGAGEMENT),
        ("On my way, ten minutes late.", None, Kind.NEUTRAL),
        ("The hall is closed on Monday.", None, Kind.NEUTRAL),
        ("I finished the shelf today and it stands.", None, Kind.NEUTRAL),
    ],
)
def test_kinds(text: str, reply_to: str | None, expected: Kind):
    assert kind(text, reply_to) is expected


def test_scores_sum_to_one_and_the_cheap_path_gives_the_same():
    reading = read(Draft("Buy my book? Thanks!"))
    opinion = PatternReader().opinion(reading)
    assert abs(sum(opinion.kinds.values()) - 1) < 1e-9
    assert PatternReader().kinds([reading]) == [opinion.kinds]
    assert not opinion.rules
    assert not opinion.fires
