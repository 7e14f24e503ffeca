"""What the reader reads of a draft."""

from bot.model.plain import LONGEST, answered, plain_sentences, spell_emoji
from bot.text.draft import Author, Draft, ReplyTo
from bot.text.read import read


def texts(text, *own):
    return [sentence for _, sentence in plain_sentences(read(Draft(text, author=Author(own_domains=own))))]


def test_links_and_mentions_become_words():
    (only,) = texts("<@123> see https://ana.example/x and https://other.example/y", "ana.example")
    assert only.split() == ["@user", "see", "mylink", "and", "weblink"]


def test_code_is_left_out():
    assert " ".join(texts("run `rm -rf idiot` first")).split() == ["run", "first"]


def test_entities_and_quotation_marks_are_made_plain():
    assert texts("she&#8217;s “fine”") == ['she\'s "fine"']


def test_spans_are_those_of_the_draft():
    text = "First, https://a.example/b. Second one!"
    assert [span.of(text) for span, _ in plain_sentences(read(Draft(text)))] == [
        "First, https://a.example/b.",
        "Second one!",
    ]


def test_of_a_long_draft_the_beginning_and_the_end_are_read():
    text = "begin. " + "middle words here. " * 2_000 + "end."
    read_texts = texts(text)
    assert (read_texts[0], read_texts[-1]) == ("begin.", "end.")
    assert sum(map(len, read_texts)) <= LONGEST + 100


def test_emoji_are_spelt():
    assert spell_emoji("ok 🙄").split() == ["ok", "face", "with", "rolling", "eyes"]


def test_quoted_lines_are_what_the_draft_answers():
    text = "> use a microservice\n> or two\nFor 200 users? I'd disagree."
    assert texts(text) == ["For 200 users?", "I'd disagree."]
    assert answered(read(Draft(text))).split() == ["use", "a", "microservice", "or", "two"]


def test_the_post_it_replies_to_goes_before_quoted_lines():
    assert answered(read(Draft("> a b c\nno", reply_to=ReplyTo("u2", "whole post")))) == "whole post"


def test_where_all_is_quoted_all_is_read():
    assert texts("> be me\n> post greentext") == ["> be me", "> post greentext"]


def test_an_arrow_within_a_line_quotes_nothing():
    assert texts("settings > advanced > reset, that fixed it") == [
        "settings > advanced > reset, that fixed it"
    ]
