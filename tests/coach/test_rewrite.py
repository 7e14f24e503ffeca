"""A rewrite reads as a person would write it."""

import pytest

from bot.coach.check import check
from bot.coach.kinds import PatternReader
from bot.coach.rewrite import applied, chosen_fixes, rewritten
from bot.rules.finding import Finding, Fix, Severity
from bot.text.draft import Author, Draft, ReplyTo
from bot.text.spans import Span


def finding(*fixes: Fix) -> Finding:
    return Finding("plain-words", 9, Severity.SUGGESTION, 0.9, (Span(0, 1),), "m", "a", fixes)


def rewrite(text: str, reply_to: str | None = None) -> str | None:
    draft = Draft(
        text,
        reply_to=ReplyTo("u2", reply_to) if reply_to is not None else None,
        author=Author("u1", None, ("ana.example",)),
    )
    return check(draft, reader=PatternReader()).rewrite


def test_nothing_to_apply_is_no_rewrite():
    assert rewritten("text", [finding()]) is None
    assert rewritten("text", []) is None


def test_of_overlapping_fixes_the_first_finding_wins():
    first, second = finding(Fix(0, 3, "x")), finding(Fix(2, 4, "y"), Fix(5, 6, "z"))
    assert chosen_fixes([first, second]) == (Fix(0, 3, "x"), Fix(5, 6, "z"))
    assert applied("abcdefg", [Fix(5, 6, "z"), Fix(0, 3, "x")]) == "xdezg"


def test_a_secret_never_stands_in_a_rewrite():
    assert rewritten("u key abc", [finding(Fix(0, 1, "you"))], [Span(6, 9)]) == "you key [removed]"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "idk wat 2 do, can u help me b4 the exam",
            "I don't know what to do, can you help me before the exam",
        ),
        ("U r gr8, c u 2moro", "You are great, see you tomorrow"),
        (
            "ur late and ur bag is here, y r u late m8",
            "you're late and your bag is here, why are you late mate",
        ),
        ("i want 2 go 2, wait 4 me", "i want to go too, wait for me"),
        ("sry 4 the l8 reply", "sorry for the late reply"),
    ],
)
def test_txt_speak_is_written_out_in_context(text: str, expected: str):
    assert rewrite(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ash glazes are up: https://ana.example/a\nSalt glazes: https://ana.example/b",
            "Ash glazes are up: https://ana.example/a",
        ),
        (
            "Read https://ana.example/a first. More on my blog https://ana.example/b too.",
            "Read https://ana.example/a first. More on my blog too.",
        ),
        (
            "Part one is at https://ana.example/a and part two is at https://ana.example/b now.",
            "Part one is at https://ana.example/a and part two is at my site now.",
        ),
        (
            "New: [ash](https://ana.example/a) and more (https://ana.example/b).",
            "New: [ash](https://ana.example/a) and more.",
        ),
    ],
)
def test_surplus_own_links_go_and_the_sentence_stays_whole(text: str, expected: str):
    assert rewrite(text) == expected


def test_in_a_reply_that_was_not_asked_the_link_goes():
    assert rewrite("Lovely colour! I wrote about it on my blog: https://ana.example/a", "My first bowl") == (
        "Lovely colour! I wrote about it on my blog"
    )


def test_an_announcement_gets_a_question_that_fits_its_topic():
    text = (
        "Episode 31 is out now on every platform, an hour about salt roads and the people who guarded them."
    )
    result = rewrite(text)
    assert result is not None
    assert result.startswith(text + " ")
    assert result.endswith("?")


def test_a_merge_field_in_a_greeting_becomes_a_greeting():
    assert rewrite("Hi {{first_name}}, your seat is reserved.") == "Hi there, your seat is reserved."


def test_hooks_threats_and_form_letters_are_not_rewritten_into_harmless_ones():
    assert rewrite("I make 4k a month from my phone. DM me to learn how.") is None
    assert rewrite("f4f anyone?") is None
    assert rewrite("This is an automated message. Reply STOP to unsubscribe.") is None
