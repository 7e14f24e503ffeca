import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.markup import marked, plain, units, unmarked
from bot.text.spans import Span

TRICKY = st.text(alphabet="ab1 *_~`|<>[]@#-.:/\\\n\U0001f600é", max_size=60)
MENTION = "<@123456789012345678>"


@given(TRICKY, st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80)), max_size=5))
def test_a_marked_draft_reads_back_exactly(text: str, edges: list[tuple[int, int]]) -> None:
    draft = f"{text}{MENTION}{text}"
    evidence = [Span(start, min(end, len(draft))) for start, end in edges if start < min(end, len(draft))]
    assert unmarked(marked(draft, evidence)) == draft


@given(st.text(max_size=80))
def test_any_text_reads_back_exactly(text: str) -> None:
    assert unmarked(marked(text, [])) == text


@given(TRICKY)
def test_plain_text_has_no_active_mark(text: str) -> None:
    active = re.sub(r"\\[^0-9A-Za-z\s]", "x", plain(text))
    assert not set("*_~`|<>[]@\\") & set(active)
    assert "://" not in active
    assert not re.search(r"^[ \t]*(#|-|\d+\.[ \t])", active, re.MULTILINE)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("@everyone", "\\@everyone"),
        (MENTION, "\\<\\@123456789012345678\\>"),
        ("see https://ana.example/a_b*c.", "see <https://ana.example/a_b*c>."),
        ("(https://ana.example)", "(<https://ana.example>)"),
        ("<https://ana.example>", "\\<<https://ana.example>\\>"),
        ("ftp://ana.example", "ftp\\://ana.example"),
        ("ask in <#123456789012345678>", "ask in <#123456789012345678>"),
        ("join discord.gg/abc", "join discord.gg\\/abc"),
        ("# not a heading", "\\# not a heading"),
        ("-# nor small", "\\-# nor small"),
        ("1. nor a list", "1\\. nor a list"),
        ("version 1.2 is #3", "version 1.2 is #3"),
        ("a - b", "a - b"),
    ],
)
def test_plain_text_shows_as_it_stands(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_evidence_is_bold_and_underlined() -> None:
    assert marked("you idiots, all", [Span(4, 10)]) == "you **__idiots__**, all"


def test_evidence_never_cuts_a_mention() -> None:
    draft = f"hey {MENTION} buy"
    assert marked(draft, [Span(6, 10)]) == f"hey **__{MENTION}__** buy"


def test_a_mention_in_a_marked_draft_keeps_its_form() -> None:
    assert marked(f"hey {MENTION}", []) == f"hey {MENTION}"


def test_units_count_as_the_strictest_reader_would() -> None:
    assert units("a\U0001f600") == 3
