from datetime import UTC, datetime
from typing import Any

import pytest

from adapters.slack.translate import moment, observed, readable, seen_text, team_of
from bot.balance.event import Change, MessageEvent


def body(**event: Any) -> dict[str, Any]:
    message = {"type": "message", "user": "U1", "team": "T1", "text": "hello", "ts": "1760000000.000100"}
    return {"team_id": "T1", "event_id": "Ev1", "event": {**message, "channel": "C1", **event}}


def changed(message: dict[str, Any], **event: Any) -> dict[str, Any]:
    inner = {
        "type": "message",
        "user": "U1",
        "team": "T1",
        "ts": "1760000000.000100",
        "text": "new",
        **message,
    }
    return body(
        subtype="message_changed", ts="1760000100.000200", message=inner, user=None, text=None, **event
    )


def test_a_post_is_read_whole() -> None:
    event = observed(body(text="<@U2> see <https://ana.example|my blog> &amp; &lt;3", files=[{"id": "F1"}]))
    assert event == MessageEvent(
        platform="slack",
        community="slack:T1",
        channel="C1",
        author="T1/U1",
        message="1760000000.000100",
        at=datetime.fromtimestamp(1760000000, UTC).replace(microsecond=100),
        text="@someone see my blog (https://ana.example) & <3",
        mentions=("T1/U2",),
        attachments=1,
        posted_at=datetime.fromtimestamp(1760000000, UTC).replace(microsecond=100),
    )


def test_a_reply_in_a_thread_answers_who_began_it() -> None:
    event = observed(body(thread_ts="1759999999.000001", parent_user_id="U2"))
    assert event is not None
    assert (event.reply_to_message, event.reply_to_author) == ("1759999999.000001", "T1/U2")


def test_a_reply_also_sent_to_the_channel_answers_the_thread_s_root() -> None:
    root = {"user": "U3", "ts": "1759999999.000001"}
    event = observed(body(subtype="thread_broadcast", thread_ts="1759999999.000001", root=root))
    assert event is not None
    assert event.reply_to_author == "T1/U3"


def test_the_root_of_a_thread_is_no_reply() -> None:
    event = observed(body(thread_ts="1760000000.000100"))
    assert event is not None
    assert event.reply_to_message is None


def test_an_edit_has_the_new_text_and_its_own_time() -> None:
    event = observed(changed({"edited": {"user": "U1", "ts": "1760000100.000000"}}))
    assert event is not None
    assert (event.change, event.text, event.message) == (Change.EDITED, "new", "1760000000.000100")
    assert (event.at, event.posted_at) == (moment("1760000100.000200"), moment("1760000000.000100"))


def test_a_deletion_has_no_text() -> None:
    gone = body(
        subtype="message_deleted",
        user=None,
        ts="1760000200.000300",
        deleted_ts="1760000000.000100",
        previous_message={"user": "U1", "text": "secret", "ts": "1760000000.000100"},
    )
    event = observed(gone)
    assert event is not None
    assert (event.change, event.text, event.author) == (Change.DELETED, "", "T1/U1")
    assert (event.message, event.at) == ("1760000000.000100", moment("1760000200.000300"))
    assert event.posted_at == moment("1760000000.000100")


def test_a_deletion_that_comes_without_the_post_still_counts() -> None:
    event = observed(body(subtype="message_deleted", user=None, deleted_ts="1760000000.000100"))
    assert event is not None
    assert (event.change, event.message) == (Change.DELETED, "1760000000.000100")
    assert event.author == ""


def test_a_deleted_post_that_leaves_its_thread_behind_is_deleted() -> None:
    event = observed(changed({"subtype": "tombstone", "user": "USLACKBOT"}, previous_message={"user": "U1"}))
    assert event is not None
    assert (event.change, event.author) == (Change.DELETED, "T1/U1")


@pytest.mark.parametrize(
    "nobodys",
    [
        body(bot_id="B1"),
        body(subtype="bot_message", user=None, bot_id="B1"),
        body(subtype="channel_join"),
        body(subtype="channel_topic"),
        body(team="T2", user_team="T2"),
        changed({}, previous_message={}),
        changed(
            {
                "edited": {"user": "U1", "ts": "1760000050.000000"},
                "attachments": [{"from_url": "https://a.example"}],
            },
            previous_message={"edited": {"user": "U1", "ts": "1760000050.000000"}},
        ),
        changed({"edited": {"user": "B", "ts": "1"}, "bot_id": "B1"}),
    ],
    ids=["bot", "old bot", "join", "topic", "other organisation", "thread count", "preview", "bot's edit"],
)
def test_what_is_nobody_s_post_is_left_alone(nobodys: dict[str, Any]) -> None:
    assert observed(nobodys) is None


def test_members_of_the_same_enterprise_are_at_home() -> None:
    assert observed(body(team="E1") | {"enterprise_id": "E1"}) is not None


def test_rich_text_wins_over_the_older_text() -> None:
    typed = [
        {
            "type": "rich_text",
            "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "a*b*c"}]}],
        }
    ]
    assert seen_text({"text": "ignored", "blocks": typed}) == "a*b*c"
    assert seen_text({"text": "kept", "blocks": [{"type": "section"}]}) == "kept"
    assert seen_text({"text": None}) == ""


def test_half_characters_become_something_every_program_can_take() -> None:
    assert readable("a\ud83db") == "a\ufffdb"
    assert readable("\ud83c\udf89") == "🎉"


@pytest.mark.parametrize(
    "request_body",
    [{"team_id": "T1"}, {"team": {"id": "T1"}}, {"team": None, "user": {"id": "U1", "team_id": "T1"}}],
)
def test_the_workspace_is_found_in_every_kind_of_request(request_body: dict[str, Any]) -> None:
    assert team_of(request_body) == "T1"


def test_a_timestamp_is_read_exactly() -> None:
    assert moment("1760000000.000001").microsecond == 1
    assert moment("1760000000").microsecond == 0


def test_a_channel_and_a_group_are_called_as_the_message_s_text_calls_them() -> None:
    mentioned = [
        {"type": "channel", "channel_id": "C1"},
        {"type": "text", "text": " "},
        {"type": "channel", "channel_id": "C2"},
        {"type": "text", "text": " "},
        {"type": "usergroup", "usergroup_id": "S1"},
    ]
    blocks = [
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": mentioned}]},
    ]
    text = "<#C1|r&amp;d> <#C2|> <!subteam^S1|@designers>"
    assert seen_text({"text": text, "blocks": blocks}) == "#r&d #channel @designers"
