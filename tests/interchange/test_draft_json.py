import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.interchange.draft_json import LONGEST_LINE, DraftError, read_line
from bot.text.draft import Surface


def line(**fields) -> bytes:
    return json.dumps({"id": "d1", "text": "hello there"} | fields).encode()


def test_only_id_and_text_are_required():
    draft = read_line(line()).draft
    assert draft.surface is Surface.CHANNEL
    assert draft.history is None
    assert draft.reply_to is None


def test_an_answer_is_a_reply_unless_it_is_a_direct_message():
    answered = {"reply_to": {"author": "u2", "text": "what now?"}}
    assert read_line(line(context=answered)).draft.surface is Surface.REPLY
    assert read_line(line(context=answered | {"surface": "direct"})).draft.surface is Surface.DIRECT


def test_an_absent_field_of_the_history_stays_unknown():
    history = read_line(line(context={"history": {"posts": 12}})).draft.history
    assert history is not None
    assert history.posts == 12
    assert history.promotion is None


def test_unknown_fields_and_nulls_do_no_harm():
    draft = read_line(
        line(kind="neutral", context={"author": None, "reply_to": None, "weather": "fine"})
    ).draft
    assert draft.author.own_domains == ()


@pytest.mark.parametrize(
    ("raw", "named", "id_"),
    [
        (b'{"id": "d1"}', "text", "d1"),
        (b'{"id": "d1", "text": 7}', "text", "d1"),
        (b'{"text": "no id"}', "id", None),
        (b'{"id": "d1", "text": "   "}', "text is empty", "d1"),
        (b'{"id": "d1", "text": "x", "context": {"surface": "wall"}}', "context.surface", "d1"),
        (
            b'{"id": "d1", "text": "x", "context": {"history": {"posts": "many"}}}',
            "context.history.posts",
            "d1",
        ),
        (b'{"id": "d1", "text": "half a pair \\ud800"}', "surrogate", "d1"),
        (b'["not", "an", "object"]', "object", None),
        (b"not json", "JSON", None),
        (b'{"id": "d1", "text": "cut o', "JSON", None),
        (b"\xff\xfe", "JSON", None),
        (b'{"id": "d1", "text": "not a \xff byte of it"}', "UTF-8", "d1"),
        (b'{"id": "d1", "text": "\xe2\x80\x8b \xe3\x85\xa4"}', "text is empty", "d1"),
        (b'{"id": "d1", "text": "x", "context": {"history": {"posts": -1}}}', "context.history.posts", "d1"),
        (b'{"id": "d1", "text": "x", "context": {"history": {"people": {"a": -1}}}}', "people", "d1"),
        (b'{"id": "d1", "text": "x", "more": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "nested", None),
        (b'{"id": "d1", "text": 7, "more": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "text", None),
    ],
)
def test_what_cannot_be_read_is_named_in_one_sentence(raw, named, id_):
    with pytest.raises(DraftError) as caught:
        read_line(raw)
    assert named in str(caught.value)
    assert "\n" not in str(caught.value)
    assert caught.value.id == id_


def test_a_line_of_more_than_a_megabyte_is_refused_and_one_below_is_read():
    assert read_line(line(text="word " * 190_000)).draft.text
    with pytest.raises(DraftError, match="longer"):
        read_line(b"x" * (LONGEST_LINE + 1))


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_but_the_one_error(raw):
    with contextlib.suppress(DraftError):
        assert read_line(raw).draft.text.strip()
