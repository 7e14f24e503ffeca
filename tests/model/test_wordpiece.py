"""Words are cut into known pieces, longest first."""

import pytest

from bot.model.wordpiece import WordPiece, words

PIECES = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "un", "##follow", "##ed", "follow", "!", "cafe", "you")


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("unfollowed", [4, 5, 6]),
        ("Follow!", [7, 8]),
        ("Café", [9]),
        ("xyz you", [1, 10]),
        ("u" * 100, [1]),
        ("", []),
        ("\ud800", []),
    ],
    ids=["pieces", "marks", "accents", "unknown", "too long", "empty", "lone surrogate"],
)
def test_pieces(text, numbers):
    tokenizer = WordPiece(PIECES)
    assert tokenizer.encode(text) == numbers
    assert tokenizer.encode(text) == numbers  # also from memory


def test_each_mark_stands_alone():
    assert words("Hi!! it's 5€") == ["hi", "!", "!", "it", "'", "s", "5", "€"]
