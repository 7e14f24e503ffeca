from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.quoting import pieces, units


@given(st.text(), st.integers(4, 40))
def test_pieces_fit_and_give_the_text_again(text: str, limit: int) -> None:
    parts = pieces(text, limit)
    assert "".join(parts) == text
    assert all(0 < units(part) <= limit for part in parts)


def test_a_text_is_cut_at_the_kindest_place() -> None:
    assert pieces("one two\n\nthree four", 12) == ["one two\n\n", "three four"]
    assert pieces("one two three", 10) == ["one two ", "three"]
    assert pieces("🎉" * 6, 4) == ["🎉🎉", "🎉🎉", "🎉🎉"]
