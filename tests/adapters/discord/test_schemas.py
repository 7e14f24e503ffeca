"""The checks of the wire can fail: without them the other tests would prove less than they seem to."""

from typing import Any

import pytest

from tests.adapters.discord.server import payloads, schemas
from tests.adapters.discord.server.ids import snowflake
from tests.adapters.discord.server.schemas import InvalidError, check_dispatch, check_request, check_response

pytestmark = pytest.mark.skipif(not schemas.present(), reason=schemas.ABSENT)

MESSAGES = f"/channels/{snowflake()}/messages"


def test_a_request_to_an_address_discord_does_not_have_is_noticed() -> None:
    with pytest.raises(InvalidError, match="Discord has no"):
        check_request("POST", "/channels/1/whispers", {})


@pytest.mark.parametrize(
    "body", [{"content": 5}, {"embeds": [{"description": "x" * 5000}]}, {"components": [{"type": 99}]}]
)
def test_a_wrong_request_is_noticed(body: dict[str, Any]) -> None:
    with pytest.raises(InvalidError):
        check_request("POST", MESSAGES, body)


def test_a_right_request_passes() -> None:
    check_request("POST", MESSAGES, {"content": "hi", "allowed_mentions": {"parse": []}})


def test_a_wrong_answer_of_the_test_server_is_noticed() -> None:
    message = payloads.message(snowflake(), payloads.user("Ana"), "hi")
    check_response("POST", MESSAGES, 200, message)
    with pytest.raises(InvalidError):
        check_response("POST", MESSAGES, 200, message | {"channel_id": None})


def test_a_wrong_dispatch_is_noticed() -> None:
    message = payloads.message(snowflake(), payloads.user("Ana"), "hi")
    check_dispatch("MESSAGE_CREATE", message)
    for key in ("author", "content", "timestamp"):
        with pytest.raises(InvalidError):
            check_dispatch("MESSAGE_CREATE", {name: value for name, value in message.items() if name != key})
