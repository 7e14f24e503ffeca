"""A draft taken apart: masks, offsets, words, sentences."""

import gc
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.text.draft import Author, Draft
from bot.text.read import read
from bot.text.spans import Span


def words(text: str) -> list[str]:
    return [token.text for token in read(Draft(text)).tokens]


def parts(text: str, spans: tuple[Span, ...]) -> list[str]:
    return [span.of(text) for span in spans]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("run `make test` now", ["`make test`"]),
        ("```\nu r gr8\n``` done", ["```\nu r gr8\n```"]),
        ("``a ` b`` c", ["``a ` b``"]),
        ("an open ``` fence stays text", []),
        ("a ` b\nc ` d", []),
        ("``x`` and `y`", ["``x``", "`y`"]),
    ],
)
def test_code(text: str, code: list[str]):
    assert parts(text, read(Draft(text)).code) == code


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("> what he said\nmine", ["> what he said"]),
        ("a > b and >50% of it", []),
        ("&gt; as Slack sends it", ["&gt; as Slack sends it"]),
        (">>> all of\nthis", [">>> all of\nthis"]),
        ("she wrote “you are a fool” to me", ["“you are a fool”"]),
        ('she wrote "you are a fool" to me', ['"you are a fool"']),
        ("the “service” was slow", []),
        ('a 5" screen and a 7" one', []),
        ("don't and can't and won't", []),
        ("he said ‘it isn’t my fault’ again", ["‘it isn’t my fault’"]),
        ("«trois petits mots»", ["«trois petits mots»"]),
    ],
)
def test_quotations(text: str, quoted: list[str]):
    assert parts(text, read(Draft(text)).quotations) == quoted


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("hi @ana, <@U1> and <@!22>", ["@ana", "<@U1>", "<@!22>"]),
        ("<#C1|general> <!here>", ["<#C1|general>", "<!here>"]),
        ("write to ana@ana.example", []),
        ("@everyone look", ["@everyone"]),
        ("@the.paper.hare, thanks", ["@the.paper.hare"]),
        ("6 @ 9", []),
    ],
)  # fmt: skip
def test_mentions(text: str, mentions: list[str]):
    assert parts(text, read(Draft(text)).mentions) == mentions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("don't e.g. 3.5 naïve", ["don't", "e.g", "3.5", "naïve"]),
        ("see https://ana.example/u/r now", ["see", "now"]),
        ("ok :tada: <:blob:123> 10:30 fine", ["ok", "10", "30", "fine"]),
        ("`u` and @you and <@U1>", ["and", "and"]),
        ("ana@ana.example wrote", ["wrote"]),
        ("___ --- 🙂", []),
        ("你好", ["你", "好"]),
    ],
)
def test_words_leave_out_what_is_not_running_text(text: str, expected: list[str]):
    assert words(text) == expected


def test_words_are_lower_case_with_plain_apostrophes():
    assert [token.lower for token in read(Draft("I’M Here")).tokens] == ["i'm", "here"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("See ana.example. Then go.", ["See ana.example.", "Then go."]),
        ("e.g. this one. Mr. Fox too.", ["e.g. this one.", "Mr. Fox too."]),
        ("a line\n\n another ", ["a line", "another"]),
        ("1. first\n2. second", ["1. first", "2. second"]),
        ("Wait... what?! “Yes.” ok", ["Wait...", "what?!", "“Yes.”", "ok"]),
        (" \n ", []),
    ],
)
def test_sentences(text: str, expected: list[str]):
    assert parts(text, read(Draft(text)).sentences) == expected


ANYTHING = st.one_of(
    st.text(st.characters(codec=None), max_size=300),
    st.lists(
        st.sampled_from(list("ab@.:/<>`\"“”>#\n ?!…|()[]'’‘&;\ud800\u200b\u202e🙂é你")), max_size=200
    ).map("".join),
)


@given(ANYTHING)
@settings(max_examples=500, deadline=None)
def test_any_text_can_be_read_and_offsets_agree(text: str):
    reading = read(Draft(text, author=Author(own_domains=("ana.example", "github.com/ana", "", "x", "…"))))
    assert len(reading.prose) == len(text)
    for old, new in zip(text, reading.prose, strict=True):
        assert new in (old, " ")
    for token in reading.tokens:
        assert token.span.of(text) == token.text
    links = tuple(link.span for link in reading.links)
    for spans in (reading.sentences, links, reading.mentions, reading.code, reading.quotations):
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert list(spans) == sorted(spans)
    assert set(reading.own_links) <= set(reading.links)


@pytest.mark.parametrize(
    "piece",
    [
        "word ", "a", "a.", "你", "`` ` ", "@a ", "<@U1> ", "https://a.example ", "my site a.example\n", "“",
        '"', '"a b c" ', "> \n", ":a:", "a@a.b ", ".", "....x", "\ud800", "\u200b", "a-", "й ", "\n", "www.",
        "https://x" + ")" * 1900, "[a](a.example) ", "‘a", "«a ", "we made ", "my ", "'", "@a.", "1. ", "``",
        "<https://", "&gt;\n",
    ],
)  # fmt: skip
def test_long_drafts_are_read_in_time_that_grows_with_their_length(piece: str):
    def seconds(length: int) -> float:
        draft = Draft((piece * length)[:length], author=Author(own_domains=("b.example", "github.com/x")))
        start = time.process_time()
        read(draft)
        return time.process_time() - start

    read(Draft("warm"))
    gc.collect()
    gc.disable()  # it would walk over the test run's own objects
    short, long = min(seconds(10_000) for _ in range(3)), min(seconds(40_000) for _ in range(2))
    gc.enable()
    assert long < max(8 * short, 0.05)
