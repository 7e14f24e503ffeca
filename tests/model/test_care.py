"""The table behind care: the strongest passage decides, and the same draft scores the same."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.model.care import BITS, CareTable, care_table, load, passages_of, save, squeeze, sums
from bot.text.draft import Draft
from bot.text.read import read

PLEA = "I don't want to live any more."
ORDINARY = ("The build is green again.", "Release notes are in the folder.", "Lunch is at noon on Friday.")


def score(text: str) -> int:
    return care_table().score(passages_of(read(Draft(text))))


def test_a_plea_among_ordinary_sentences_is_heard():
    alone = score(PLEA)
    assert alone > score(" ".join(ORDINARY))
    assert score(" ".join([*ORDINARY, PLEA, *ORDINARY])) >= alone


def test_what_is_quoted_or_code_says_nothing():
    quiet = care_table().score(passages_of(read(Draft(""))))
    assert score(f"> {PLEA}") == score(f"```\n{PLEA}\n```") == quiet
    assert quiet < care_table().enough


@pytest.mark.parametrize("sentences", [0, 1, 2, 3, 5])
def test_the_passages_are_sentences_neighbours_and_the_whole(sentences: int):
    found = passages_of(read(Draft(" ".join(f"Word{n} is here." for n in range(sentences)))))
    assert found.sentences == sentences
    words, counts = sums(np.ones(found.words.size), found.word_owner, sentences)
    assert words.size == found.passages
    for place in range(found.passages):
        assert found.columns_of(place)[0].size == words[place] == counts[place]


@settings(max_examples=60, deadline=None)
@given(st.text())
def test_any_text_scores_the_same_again(text: str):
    assert score(text) == score(text)


def test_a_saved_table_is_the_same_table(tmp_path: Path):
    weights = np.random.default_rng(7).normal(size=1 << BITS)
    table = squeeze(weights, -1.5, 250)
    save(tmp_path / "care.npz", table)
    again = load(tmp_path / "care.npz")
    assert np.array_equal(again.weights, table.weights)
    assert (again.unit, again.bias, again.enough) == (table.unit, table.bias, table.enough)
    assert np.allclose(table.weights * table.unit, weights, atol=np.abs(weights).max() / 100)


def test_a_file_of_another_format_is_named(tmp_path: Path):
    save(tmp_path / "old.npz", CareTable(np.zeros(4, np.int16), 1.0, 0.0, 0))
    with pytest.raises(ValueError, match=r"old\.npz is of another format; run `python -m"):
        load(tmp_path / "old.npz")
