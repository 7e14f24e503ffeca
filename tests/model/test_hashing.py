"""Column numbers must never change between machines: the weights are filed under them."""

from bot.model.hashing import BITS, columns, distinct_columns, grams, pairs, word_codes, words_of

COLUMNS = [513892, 113522]  # of "hello" and "world"


def test_words_are_cut_and_lowered():
    assert words_of("Don't SHOUT!!! it's ok_") == ["don't", "shout", "!!!", "it's", "ok", "_"]


def test_columns_are_the_same_everywhere():
    codes = word_codes(["hello", "world"])
    assert codes.tolist() == [907060870, 980881731]
    assert columns(codes).tolist() == COLUMNS
    assert columns(codes, 1).tolist() == columns(codes + 1).tolist() != COLUMNS
    assert max(COLUMNS) < 1 << BITS


def test_each_column_comes_once_and_in_order():
    codes = word_codes(["world", "hello", "hello"])
    assert columns(codes).tolist() == [*COLUMNS[::-1], COLUMNS[0]]
    assert distinct_columns(codes).tolist() == sorted(COLUMNS)


def test_pairs_tell_the_order():
    codes = word_codes(["hello", "world"])
    assert pairs(codes[:1], codes[1:]) != pairs(codes[1:], codes[:1])


def test_grams_stay_within_words():
    together = set(grams("ab cd").tolist())
    assert together == set(grams("ab").tolist()) | set(grams("cd").tolist())


def test_lone_surrogates_are_hashed_too():
    assert word_codes(["\ud800"]).size == 1
    assert grams("\ud800").size
