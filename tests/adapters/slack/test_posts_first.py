"""Over HTTP, posts are taken before Bolt sees them: only what Slack signed just now, and only posts."""

import json
import time
from collections.abc import Callable, Mapping
from typing import Any

import pytest

from adapters.slack.listeners import Listeners
from adapters.slack.posts_first import PostsFirst, SignedPosts
from tests.adapters.slack.server.carriers import signed
from tests.adapters.slack.server.workspace import SIGNING_SECRET

POST = {"type": "event_callback", "event": {"type": "message", "channel": "C1", "text": "tea 🍵"}}
SAID = json.dumps(POST)


class Taking(Listeners):
    """Remembers what it was given."""

    def __init__(self) -> None:
        self.posts: list[Any] = []

    async def post(self, body: dict[str, Any]) -> None:
        self.posts.append(body)


@pytest.fixture
def listeners() -> Taking:
    return Taking()


@pytest.fixture
def posts(listeners: Taking) -> SignedPosts:
    return SignedPosts(SIGNING_SECRET, PostsFirst(listeners))


async def test_a_signed_post_is_taken_as_slack_wrote_it(posts: SignedPosts, listeners: Taking) -> None:
    assert await posts.take(signed(SAID), SAID.encode())
    assert listeners.posts == [POST]


@pytest.mark.parametrize(
    "headers",
    [
        dict[str, str],
        lambda: signed(SAID, secret="somebody else's"),
        lambda: signed(SAID + " "),
        lambda: signed(SAID, at=time.time() - 310),
        lambda: signed(SAID, at=time.time() + 310),
        lambda: signed(SAID) | {"X-Slack-Signature": "v0=" + "0" * 64},
        lambda: signed(SAID) | {"X-Slack-Signature": "v0=é"},
        lambda: signed(SAID) | {"X-Slack-Request-Timestamp": "1"},
        lambda: signed(SAID) | {"X-Slack-Request-Timestamp": "soon"},
        lambda: signed(SAID) | {"X-Slack-Request-Timestamp": "9" * 5_000},
    ],
    ids=[
        "none",
        "wrong secret",
        "other body",
        "replayed",
        "from the future",
        "made up",
        "not ASCII",
        "other time",
        "no time",
        "endless time",
    ],
)
async def test_what_slack_did_not_sign_just_now_is_left_to_be_refused(
    posts: SignedPosts, listeners: Taking, headers: Callable[[], Mapping[str, str]]
) -> None:
    assert not await posts.take(headers(), SAID.encode())
    assert listeners.posts == []


@pytest.mark.parametrize(
    "body",
    [
        json.dumps({"type": "url_verification", "challenge": "abc"}),
        json.dumps({"type": "event_callback", "event": {"type": "app_home_opened", "channel": "D1"}}),
        json.dumps({"type": "event_callback", "event": {"type": "message", "channel": "D1"}}),
        json.dumps(
            {"type": "event_callback", "event": {"type": "message", "text": "\ud800", "channel": "C1"}}
        ),
        "{not json",
        '{"a":' * 5_000,
        "payload=%7B%7D",
        "[]",
        "",
    ],
)
async def test_everything_else_that_is_signed_goes_on_to_bolt(
    posts: SignedPosts, listeners: Taking, body: str
) -> None:
    assert not await posts.take(signed(body), body.encode())
    assert listeners.posts == []
