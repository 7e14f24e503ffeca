from typing import Any

import pytest

from adapters.slack.modals import Origin, Typed, nothing_typed, typed, window
from bot.text.draft import ReplyTo, Surface
from tests.adapters.slack.server.block_kit import view_problems


@pytest.mark.parametrize("text", ["", "a draft", "x" * 3_000])
def test_slack_takes_the_window(text: str) -> None:
    assert (
        view_problems(window(Origin("D1", "1.2", "https://hooks.example/" + "x" * 200), text, Surface.REPLY))
        == []
    )


def test_it_says_where_a_longer_draft_goes() -> None:
    assert "3,000 characters as a direct message" in str(window(Origin()))


def sent(text: str | None, surface: str | None, metadata: str = "{}") -> dict[str, Any]:
    option = {"value": surface} if surface else None
    values = {"text": {"text": {"value": text}}, "surface": {"surface": {"selected_option": option}}}
    return {"state": {"values": values}, "private_metadata": metadata}


def test_what_was_typed_comes_back_with_where_it_came_from() -> None:
    origin = Origin("D1", "1.2", "https://hooks.example/x")
    metadata = window(origin)["private_metadata"]
    assert typed(sent("hello", "reply", metadata)) == Typed("hello", Surface.REPLY, None, origin)


def test_an_empty_window_is_read_as_nothing_for_a_channel() -> None:
    assert typed(sent(None, None)) == Typed("", Surface.CHANNEL, None, Origin())


@pytest.mark.parametrize("text", ["Who made this?", "“\n\\" * 20_000, "😀" * 5_000, "\x00" * 3_000])
def test_an_answered_post_travels_with_the_window_however_long_it_is(text: str) -> None:
    origin = Origin("D1", "1.2", "https://hooks.example/" + "x" * 200)
    made = window(origin, surface=Surface.REPLY, reply_to=ReplyTo("T1/U2", text))
    assert view_problems(made) == []
    back = typed(sent("hello", None, made["private_metadata"])).reply_to
    assert back is not None
    assert (back.author, text.startswith(back.text), bool(back.text)) == ("T1/U2", True, True)


def test_an_empty_window_stays_open_and_says_why() -> None:
    refusal = nothing_typed()
    assert refusal["response_action"] == "errors"
    assert set(refusal["errors"]) == {window(Origin())["blocks"][0]["block_id"]}
