import regex
from hypothesis import given
from hypothesis import strategies as st

from bot.text.draft import Draft
from bot.text.read import read
from bot.text.tokens import find_tokens, find_words

ASCII = st.text(alphabet=st.characters(max_codepoint=127))
SEGMENT = regex.compile(r"(?w)\b(?=\w).+?\b", regex.DOTALL)


def test_words_hold_together_what_unicode_holds_together():
    assert find_words("don't pay 3.50 at 5'10 for a.b in the U.S.A. or x_y") == (
        "don't", "pay", "3.50", "at", "5'10", "for", "a.b", "in", "the", "U.S.A", "or", "x_y",
    )  # fmt: skip


def test_a_word_in_quotation_marks_is_a_word_whatever_it_begins_with():
    assert find_words("say 'ok' and 'no'") == ("say", "ok", "and", "no")
    assert find_words("say 'ok' and ’eh’ 🎉") == ("say", "ok", "and", "eh")


def test_marks_alone_are_no_words():
    assert find_words("__ ... !? '' --") == ()


def test_words_are_as_written_with_plain_apostrophes():
    assert find_words("It’s HERE, naïvely") == ("It's", "HERE", "naïvely")


@given(ASCII.filter(lambda text: "'" not in text))
def test_plain_text_is_cut_where_unicode_cuts_it(text):
    assert list(find_words(text)) == [word for word in SEGMENT.findall(text) if any(map(str.isalnum, word))]


@given(st.text())
def test_words_and_tokens_agree(text):
    tokens = find_tokens(text)
    assert [token.lower for token in tokens] == [word.lower() for word in find_words(text)]
    assert all(token.span.of(text) == token.text for token in tokens)


@given(st.text())
def test_a_reading_has_the_words_of_its_tokens(text):
    reading = read(Draft(text))
    assert len(reading.words) == len(reading.tokens)
