"""Phrases of a lexicon: what a line means, and that looking them up finds what they mean."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import bot.coach.phrases
import bot.rules.phrases
from bot.text.draft import Draft
from bot.text.lexicon import Lexicon, parse_lexicon
from bot.text.passages import lay_out
from bot.text.phrase import compile_phrase, phrase_cues
from bot.text.read import read

FILES = [
    path
    for package in (bot.rules.phrases, bot.coach.phrases)
    for path in sorted(Path(package.__path__[0]).glob("*.txt"))
]


def found(line: str, text: str) -> list[str]:
    lexicon = Lexicon(parse_lexicon(f"[case 0.5]\n{line}", "test"))
    return [hit.span.of(text) for hit in lexicon.hits(lay_out(read(Draft(text))))]


@pytest.mark.parametrize(
    ("line", "text", "expected"),
    [
        ("follow back", "Follow-back please", ["Follow-back"]),
        ("follow back", "Follow. Back home", []),
        ("don't know", "I dont know and don’t KNOW", ["dont know"]),
        ("unfollow* all", "unfollowing all", ["unfollowing all"]),
        ("unfollow all", "unfollowing all", []),
        ("(dm|message) me", "message me", ["message me"]),
        ("(send|(give|hand) over) it", "hand over it", ["hand over it"]),
        ("i [really] care", "I really care", ["I really care"]),
        ("i [really] care", "I care", ["I care"]),
        ("[so] happy", "happy", ["happy"]),
        ("a _ day", "a long day", ["a long day"]),
        ("a _ day", "a day", []),
        ("a .. day", "a very long day", ["a very long day"]),
        ("a .. day", "a very very long day", []),
        ("a ... day", "a day", ["a day"]),
        ("won # prizes", "won 1,200 prizes and won £3k prizes", ["won 1,200 prizes"]),
        ("^ hello", "Hello there", ["Hello"]),
        ("^ hello", "oh hello", []),
        ("bye $", "well, bye!", ["bye"]),
        ("bye $", "bye then", []),
        ("are you sure ?", "Are you sure?!", ["Are you sure?"]),
        ("are you sure ?", "Are you sure.", []),
        ("f***ing great", "f***ing great", ["f***ing great"]),
        ("follow back", "`follow back` and “please do follow back now”", []),
        ("follow back", "İİİ follow back", ["follow back"]),
    ],
)
def test_what_a_line_means(line: str, text: str, expected: list[str]):
    assert found(line, text) == expected


@pytest.mark.parametrize("line", ["(a|b", "a)", "[a", "(a||b)", "..", "_ #", "[maybe]"])
def test_a_line_that_means_nothing_is_refused_by_its_number(line: str):
    with pytest.raises(ValueError, match=r"line 2|brackets|missing|closes|empty"):
        list(parse_lexicon(f"[case 0.5]\n{line}", "test"))


def test_a_phrase_outside_a_section_is_refused():
    with pytest.raises(ValueError, match="test, line 1"):
        list(parse_lexicon("follow back", "test"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_shipped_lexicon_can_be_read(path: Path):
    phrases = list(parse_lexicon(path.read_text(encoding="utf-8"), path.name))
    assert phrases
    for phrase in phrases:
        compile_phrase(phrase.source)
        assert 0 <= phrase.weight <= 1
    sources = [phrase.source for phrase in phrases]
    assert len(sources) == len(set(sources)), "a line repeats"


WORDS = st.sampled_from("follow back me you all so happy never won 3 4k dm dm's don't a b".split())


@given(st.lists(WORDS, min_size=1, max_size=12), st.integers(0, 8), st.integers(1, 4))
@settings(max_examples=300, deadline=None)
def test_the_cues_never_hide_a_match(words: list[str], start: int, length: int):
    line = " ".join(word for word in words[start : start + length] if not word[0].isdigit())
    if line and phrase_cues(line) and len(line.split()) == len(words[start : start + length]):
        assert found(line, " ".join(words))
