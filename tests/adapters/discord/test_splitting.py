from hypothesis import given
from hypothesis import strategies as st

from adapters.discord.markup import units
from adapters.discord.splitting import split


@given(st.text(alphabet="ab \n\\*\U0001f600", max_size=400), st.integers(4, 60))
def test_nothing_is_lost_and_no_piece_is_too_long(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert "".join(pieces) == text
    assert all(units(piece) <= limit for piece in pieces)


def test_a_text_that_fits_stays_whole() -> None:
    assert split("", 10) == [""]
    assert split("one line", 8) == ["one line"]


def test_lines_are_kept_together() -> None:
    assert split("first line\nsecond line\nthird", 24) == ["first line\nsecond line\n", "third"]


def test_a_backslash_stays_with_what_it_escapes() -> None:
    assert split("aaaa\\*bbb", 5) == ["aaaa", "\\*bbb"]


def test_a_backslash_that_is_escaped_itself_holds_nothing_back() -> None:
    assert split("\\" * 10, 4) == ["\\" * 4, "\\" * 4, "\\" * 2]
    assert split("a" + "\\" * 4, 4) == ["a\\\\", "\\\\"]
    assert split("\\\\", 1) == ["\\", "\\"]


def test_pieces_of_emoji_are_as_long_as_any() -> None:
    assert [len(piece) for piece in split("\U0001f600" * 1100, 1000)] == [500, 500, 100]
