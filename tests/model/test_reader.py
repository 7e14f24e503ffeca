"""The trained reader: the same answer alone, in a batch and on the cheap path, for any text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.reader import trained_reader
from bot.text.draft import Author, Draft, ReplyTo, Surface
from bot.text.kind import Kind
from bot.text.read import read
from tests.timing import allowed, fastest

INSULT = Draft(
    "You are a pathetic idiot and everybody here laughs at your garbage code.",
    reply_to=ReplyTo("u2", "here is my first pull request"),
)
THANKS = Draft("Thanks Amara, that fixed it! The trailing slash was the culprit.")
PITCH = Draft(
    "My new course on watercolours is out. Sign up today at https://paint.example/course and save 20%!",
    author=Author(own_domains=("paint.example",)),
)
DRAFTS = (INSULT, THANKS, PITCH)


def test_a_put_down_fires_and_thanks_do_not():
    assert "criticism" in trained_reader().opinion(read(INSULT)).fires
    assert not trained_reader().opinion(read(THANKS)).fires


@pytest.mark.parametrize(
    ("draft", "kind"),
    [(INSULT, Kind.ENGAGEMENT), (THANKS, Kind.ENGAGEMENT), (PITCH, Kind.PROMOTION)],
    ids=["reply", "thanks", "pitch"],
)
def test_kinds_of_plain_cases(draft, kind):
    assert trained_reader().opinion(read(draft)).kind is kind


def test_the_same_draft_gives_the_same_opinion_alone_and_among_others():
    alone = [trained_reader().opinion(read(draft)) for draft in DRAFTS]
    among = [trained_reader().opinion(read(draft)) for draft in (*reversed(DRAFTS), *DRAFTS)]
    assert among[:3] == alone[::-1]
    assert among[3:] == alone


@given(st.text(max_size=300), st.sampled_from(Surface))
@settings(max_examples=60, deadline=None)
def test_both_paths_give_the_same_kind(text, surface):
    reading = read(Draft(text, surface))
    assert trained_reader().kinds([reading]) == [trained_reader().opinion(reading).kinds]


@given(st.lists(st.text(max_size=60), max_size=8))
@settings(max_examples=60, deadline=None)
def test_among_others_a_draft_has_the_kind_it_has_alone(texts):
    readings = [
        read(Draft(text, reply_to=ReplyTo(None, text[::-1]) if index % 2 else None))
        for index, text in enumerate(texts)
    ]
    assert trained_reader().kinds(readings) == [trained_reader().kinds([reading])[0] for reading in readings]


@given(st.text(max_size=400))
@settings(max_examples=60, deadline=None)
def test_scores_are_probabilities_and_evidence_lies_in_the_text(text):
    opinion = trained_reader().opinion(read(Draft(text)))
    assert all(0 <= chance <= 1 for chance in opinion.rules.values())
    assert sum(opinion.kinds.values()) == pytest.approx(1, abs=0.001)
    for rule, spans in opinion.evidence.items():
        assert rule in opinion.fires
        assert all(0 <= span.start < span.end <= len(text) for span in spans)


def test_evidence_is_the_sentence_that_insults():
    text = "The build is green again. You are a pathetic idiot, Karl. Lunch is at noon."
    opinion = trained_reader().opinion(read(Draft(text, reply_to=ReplyTo("u2", "done"))))
    assert "criticism" in opinion.fires
    assert any("idiot" in span.of(text) for span in opinion.evidence["criticism"])


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n",
        "\ud800",
        "a\udfffb",
        "\0\0",
        "🙂" * 500,
        "?" * 40_000,
        "word " * 8_000,
        "x" * 40_000,
        "﷽" * 9_000,
    ],
    ids=["empty", "blank", "lines", "lone", "inner", "nul", "emoji", "marks", "words", "one word", "wide"],
)
def test_any_text_is_answered_in_bounded_time(text):
    reading = read(Draft(text, reply_to=ReplyTo(None, text)))
    trained_reader()
    assert fastest(lambda: trained_reader().opinion(reading), runs=3) < allowed(0.3)
    assert set(trained_reader().opinion(reading).kinds) == set(Kind)
