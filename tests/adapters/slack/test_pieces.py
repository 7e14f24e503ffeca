from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.quoting import beginning, pieces, weight


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


@given(st.text(st.characters(codec=None) | st.sampled_from('"\\\n\t\0\x1f🍵\ud83c')))
def test_a_text_weighs_what_its_characters_weigh(text: str) -> None:
    assert weight(text) == sum(map(weight, text))
    assert beginning(text, weight(text)) == text
    assert not text or beginning(text, weight(text) - 1) != text


def test_characters_weigh_what_they_take_in_json() -> None:
    weights = {
        "a": 1,
        "é": 1,
        "\u2028": 1,
        '"': 2,
        "\\": 2,
        "\n": 2,
        "🍵": 2,
        "\ud83c": 1,
        "\0": 6,
        "\x1f": 6,
    }
    assert {character: weight(character) for character in weights} == weights
