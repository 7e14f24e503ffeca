import io
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.balance.event import Change, MessageEvent
from bot.importing.archive import Meter, Stream
from bot.importing.events import read_events
from bot.importing.ledger_name import LedgerName
from bot.importing.rejected import Rejected
from bot.interchange.draft_json import LONGEST_LINE

EVENT = {
    "platform": "discord", "community": "g1", "channel": "c1", "author": "u1", "message": "m1",
    "at": "2026-11-17T09:30:00Z", "text": "hello", "reply_to": {"message": "m0", "author": "u2"},
    "mentions": ["u3"], "event": "posted",
}  # fmt: skip


def line(**changes) -> bytes:
    fields = EVENT | changes
    return json.dumps({key: value for key, value in fields.items() if value is not ...}).encode()


def read(*lines: bytes, ledger: str = "discord:g1", end: bytes = b"\n"):
    return list(read_events(Stream(io.BytesIO(end.join(lines)), Meter()), LedgerName(ledger)))


def test_the_contracts_example_is_read_whole():
    assert read(line()) == [
        MessageEvent(
            platform="discord", community="discord:g1", channel="c1", author="u1", message="m1",
            at=datetime(2026, 11, 17, 9, 30, tzinfo=UTC), text="hello", change=Change.POSTED,
            reply_to_message="m0", reply_to_author="u2", mentions=("u3",),
        )
    ]  # fmt: skip


@pytest.mark.parametrize("optional", ["community", "reply_to", "mentions", "event", "attachments", "bot"])
@pytest.mark.parametrize("value", [..., None])
def test_what_is_optional_may_be_absent_or_null(optional, value):
    assert isinstance(read(line(**{optional: value}))[0], MessageEvent)


def test_a_deletion_needs_no_text_and_keeps_none():
    for text in (..., None, "secret words"):
        (event,) = read(line(event="deleted", text=text))
        assert (event.change, event.text) == (Change.DELETED, "")


def test_bad_lines_are_named_by_number_and_the_others_are_read():
    found = read(line(), b"", b"{", line(), b"   ", b"[]", line(), end=b"\r\n")
    assert [type(item) for item in found] == [MessageEvent, Rejected, MessageEvent, Rejected, MessageEvent]
    assert [item.where for item in found if isinstance(item, Rejected)] == ["line 3", "line 6"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"at": "2026-11-17T09:30:00"}, "at: the time has no time zone"),
        ({"at": "17/11/2026"}, "at: not a time"),
        ({"at": 1795339800}, "at: expected `str`"),
        ({"at": "2026-11-17T24:30:00Z"}, "at: not a time"),
        ({"event": "moved"}, "event: neither"),
        ({"platform": "dis cord"}, "platform: not a name"),
        ({"platform": "discord:x"}, "platform: not a name"),
        ({"author": ""}, "author: it is empty"),
        ({"author": None}, "author: expected"),
        ({"message": ...}, "object missing required field `message`"),
        ({"channel": 1.5}, "channel: expected"),
        ({"text": ...}, "text: it is missing"),
        ({"text": None, "event": "edited"}, "text: it is missing"),
        ({"attachments": -1}, "attachments: not a count"),
        ({"attachments": True}, "attachments: expected"),
        ({"mentions": ["u1", None]}, "mentions[1]: expected"),
        ({"text": "half a \ud83d"}, "a lone surrogate"),
    ],
)
def test_each_mistake_is_said_in_one_sentence_that_names_the_field(change, said):
    (rejected,) = read(line(**change))
    assert isinstance(rejected, Rejected)
    assert rejected.why.startswith(said)
    assert "\n" not in rejected.why


@pytest.mark.parametrize(
    "raw",
    [
        b'{"platform": "discord", "attachments": NaN}',
        line().replace(b'"hello"', b"NaN"),
        line().replace(b'"m1"', b"9" * 5000),
        line().replace(b'"m1"', b"[" * 100_000 + b"]" * 100_000),
        line().replace(b"hello", b"\xff\xfe"),
        line().replace(b'"hello"', b'"' + b"x" * LONGEST_LINE + b'"'),
        line()[:-9],
        b"\x00" * 50,
    ],
)
def test_hostile_lines_are_rejected_alone(raw):
    rejected, event = read(raw, line())
    assert isinstance(rejected, Rejected)
    assert len(rejected.why) < 150
    assert isinstance(event, MessageEvent)


def test_what_was_written_never_appears_in_a_rejection():
    secret = "my-private-words"
    for change in ({"event": secret}, {"platform": secret.upper()}, {"at": secret}, {"mentions": secret}):
        (rejected,) = read(line(text=secret, author=secret, **change))
        assert secret not in rejected.why.lower()


def test_huge_numbers_as_ids_stay_exact():
    (event,) = read(line(message=123456789012345678901234567890, author=18446744073709551616))
    assert (event.message, event.author) == ("123456789012345678901234567890", "18446744073709551616")


def test_time_zones_name_the_same_instant():
    times = {read(line(at=at))[0].at for at in ("2026-11-17T09:30:00Z", "2026-11-17T19:30:00+10:00")}
    assert len(times) == 1


def test_a_mark_at_the_beginning_and_a_missing_newline_at_the_end_do_no_harm():
    found = read(b"\xef\xbb\xbf" + line(), line(message="m2"))
    assert [event.message for event in found] == ["m1", "m2"]


def test_utf_16_is_said_once():
    (rejected,) = read((line().decode() + "\n" + line().decode()).encode("utf-16"))
    assert "UTF-16" in rejected.why


@pytest.mark.parametrize("community", ["g1", "discord:g1", None, ""])
def test_the_ledgers_own_messages_keep_their_ids(community):
    (event,) = read(line(community=community))
    assert (event.message, event.reply_to_message) == ("m1", "m0")


def test_the_same_ids_in_two_communities_stay_apart_in_one_ledger():
    one, two = read(line(community="g1"), line(community="g2"), ledger="both")
    assert one.community == two.community == "both"
    assert one.message != two.message
    assert one.reply_to_message != two.reply_to_message


@given(st.binary(max_size=200))
def test_no_bytes_whatever_stop_the_reading(data):
    found = read(data.replace(b"\n", b" "), line())
    assert isinstance(found[-1], MessageEvent) or b"\xff\xfe" in data or b"\xfe\xff" in data
