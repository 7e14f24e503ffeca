import json

from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.quoting import pieces, weight


@given(st.text(), st.integers(6, 40))
def test_pieces_fit_and_give_the_text_again(text: str, limit: int) -> None:
    parts = pieces(text, limit)
    assert "".join(parts) == text
    assert all(0 < weight(part) <= limit for part in parts)


def test_a_text_is_cut_at_the_kindest_place() -> None:
    assert pieces("one two\n\nthree four", 14) == ["one two\n\n", "three four"]
    assert pieces("one two three", 10) == ["one two ", "three"]
    assert pieces("one two", 7) == ["one two"]
    assert pieces("🎉" * 6, 4) == ["🎉🎉", "🎉🎉", "🎉🎉"]


@given(st.text())
def test_nothing_weighs_less_than_in_json(text: str) -> None:
    assert (
        weight(text)
        == len(json.dumps(text, ensure_ascii=False).encode("utf-16-le", "surrogatepass")) // 2 - 2
    )
