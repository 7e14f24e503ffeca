"""Column numbers must never change between machines: the weights are filed under them."""

from hypothesis import given
from hypothesis import strategies as st

from bot.model.hashing import BITS, columns, filed, grams, owned, pairs, word_codes, words_of

COLUMNS = [513892, 113522]  # of "hello" and "world"


def test_words_are_cut_and_lowered():
    assert words_of("Don't SHOUT!!! it's ok_") == ["don't", "shout", "!!!", "it's", "ok", "_"]


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_plain_text_is_cut_as_it_is_beside_a_letter_that_is_not_plain(text):
    assert [*words_of(text), "é"] == words_of(f"{text} é")


def test_columns_are_the_same_everywhere():
    codes = word_codes(["hello", "world"])
    assert codes.tolist() == [907060870, 980881731]
    assert columns(codes).tolist() == COLUMNS
    assert columns(codes, 1).tolist() == columns(codes + 1).tolist() != COLUMNS
    assert max(COLUMNS) < 1 << BITS


def test_each_column_comes_once_in_a_text_and_in_order():
    codes = word_codes(["hello", "hello", "world", "world"])
    found = filed(codes, owned([3, 1]))
    assert found.columns.tolist() == [*sorted(COLUMNS), COLUMNS[1]]
    assert found.owners.tolist() == [0, 0, 1]


def test_pairs_tell_the_order():
    codes = word_codes(["hello", "world"])
    assert pairs(codes[:1], codes[1:]) != pairs(codes[1:], codes[:1])


def test_grams_stay_within_words():
    together = set(grams(["ab cd"])[0].tolist())
    assert together == set(grams(["ab"])[0].tolist()) | set(grams(["cd"])[0].tolist())


def test_grams_stay_within_texts():
    codes, owners = grams(["ab", "", "c d"])
    for index, text in enumerate(["ab", "", "c d"]):
        assert sorted(codes[owners == index].tolist()) == sorted(grams([text])[0].tolist())


def test_lone_surrogates_are_hashed_too():
    assert word_codes(["\ud800"]).size == 1
    assert grams(["\ud800"])[0].size
