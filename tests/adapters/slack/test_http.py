"""HTTP mode: whose requests are believed, and what else the port answers."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import pytest

from tests.adapters.conversation.scenes import agree
from tests.adapters.conversation.stage import ANA, StageClock
from tests.adapters.slack.conftest import Opened, staged
from tests.adapters.slack.server.carriers import HttpCarrier, signed
from tests.adapters.slack.server.slack import Slack
from tests.adapters.slack.server.workspace import CHANNEL, TEAM, user_of
from tests.adapters.slack.stage import SlackStage

JSON = "application/json"
EVENT = json.dumps(
    {"type": "event_callback", "team_id": "T0TEAM", "event_id": "Ev1", "event": {"type": "message"}}
)


@pytest.fixture
async def stage(slack: Slack, opened: Opened, clock: StageClock) -> AsyncIterator[SlackStage]:
    async with opened(mode="http") as application, staged(slack, application, clock) as made:
        application.health.watch("slack", made.adapter.connected)
        yield made


def carrier(stage: SlackStage) -> HttpCarrier:
    assert isinstance(stage.slack.carrier, HttpCarrier)
    return stage.slack.carrier


async def get(stage: SlackStage, path: str) -> tuple[int, str]:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{stage.adapter.port}{path}") as answer,
    ):
        return answer.status, await answer.text()


@pytest.mark.parametrize(
    "headers",
    [
        dict[str, str],
        lambda: signed(EVENT, secret="somebody else's"),
        lambda: signed(EVENT + " "),
        lambda: signed(EVENT, at=time.time() - 310),
        lambda: signed(EVENT, at=time.time() + 310),
        lambda: signed(EVENT) | {"X-Slack-Signature": "v0=" + "0" * 64},
        lambda: signed(EVENT) | {"X-Slack-Request-Timestamp": "1"},
    ],
    ids=["none", "wrong secret", "other body", "replayed", "from the future", "made up", "other time"],
)
async def test_a_request_that_is_not_slack_s_and_fresh_is_refused(
    stage: SlackStage, headers: Callable[[], dict[str, str]], caplog: pytest.LogCaptureFixture
) -> None:
    assert (await carrier(stage).post(EVENT, JSON, headers())).status == 401
    assert stage.slack.workspace.said == []
    assert "Ev1" not in caplog.text


async def test_the_address_is_verified(stage: SlackStage) -> None:
    body = json.dumps({"type": "url_verification", "token": "made-up", "challenge": "abc"})
    answer = await carrier(stage).post(body, JSON, signed(body))
    assert (answer.status, answer.payload) == (200, {"challenge": "abc"})


@pytest.mark.parametrize("body", ["", "{", "[]", "payload=%7B", "\x00", '{"type": "event_callback"}'])
async def test_signed_nonsense_breaks_nothing(stage: SlackStage, body: str) -> None:
    answer = await carrier(stage).post(body, JSON, signed(body))
    assert answer.status in {200, 400, 404, 500}
    assert await stage.slack.dm(user_of(ANA), "hi")


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (b"{not json", {}),
        (b"[1]", {}),
        (b"\xff\xfe{", {}),
        (b"[" * 100_000, {}),
        (b"{}", {"Content-Type": "application/json; charset=bogus"}),
        (b"payload={x", {"Content-Type": "application/x-www-form-urlencoded"}),
        (b"{}", {"X-Slack-Request-Timestamp": "soon", "X-Slack-Signature": "v0=1"}),
        (b"{}", {"X-Slack-Request-Timestamp": "9" * 5_000, "X-Slack-Signature": "v0=1"}),
    ],
)
async def test_what_nobody_signed_and_nobody_can_read_leaves_no_trace(
    stage: SlackStage, body: bytes, headers: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    address = f"http://127.0.0.1:{stage.adapter.port}/slack/events"
    async with (
        aiohttp.ClientSession() as session,
        session.post(address, data=body, headers={"Content-Type": JSON} | headers) as answer,
    ):
        assert answer.status == 400
    assert caplog.text == ""


async def test_health_says_what_works(stage: SlackStage) -> None:
    status, text = await get(stage, "/health")
    assert (status, json.loads(text)) == (200, {"database": True, "slack": True})


async def test_health_is_bad_when_the_database_is_away(stage: SlackStage) -> None:
    async def away() -> None:
        raise OSError

    stage.application.health._ping = away
    status, text = await get(stage, "/health")
    assert (status, json.loads(text)["database"]) == (503, False)


async def test_metrics_count_what_arrives_and_name_nobody(stage: SlackStage) -> None:
    await stage.slack.dm(user_of(ANA), "hi")
    await stage.slack.command(user_of(ANA), "help")
    _, text = await get(stage, "/metrics")
    assert 'checkpost_slack_received_total{kind="direct_message"} 1\n' in text
    assert 'checkpost_slack_received_total{kind="command"} 1\n' in text
    assert 'checkpost_up{part="slack"} 1\n' in text
    assert user_of(ANA) not in text


@pytest.mark.parametrize("path", ["/slack/install", "/slack/oauth_redirect?code=1&state=2"])
async def test_there_is_nothing_to_install_with_one_workspace(stage: SlackStage, path: str) -> None:
    status, text = await get(stage, path)
    assert status == 404
    assert "slack.bot_token" in text
    assert text.count("\n") == 1


async def test_a_body_too_large_is_refused(stage: SlackStage) -> None:
    body = "x" * (3 * 1024**2)
    assert (await carrier(stage).post(body, JSON, signed(body))).status in {413, None}


async def test_fifty_commands_at_once_are_all_answered(stage: SlackStage) -> None:
    stage.slack.patience = 20  # how fast is measured elsewhere, on a machine that does nothing else

    async def ask(number: int) -> Any:
        return await stage.slack.command(
            user_of(ANA), f"Thank you for talk {number}, which part did you like?"
        )

    await asyncio.gather(*(ask(number) for number in range(50)))
    assert len(stage.slack.workspace.seen_by(user_of(ANA))) == 50


async def test_a_post_that_only_some_readers_of_json_take_is_recorded_all_the_same(stage: SlackStage) -> None:
    await stage.record_channel()
    await agree(stage)
    stage.clock.pass_by(hours=1)
    await stage.observe_post("Does anybody know half a character \ud83c when they see one?")
    assert "0 of 1 post" in (await stage.dm("balance")).text


async def test_a_post_that_cannot_be_recorded_is_not_acknowledged(
    stage: SlackStage, caplog: pytest.LogCaptureFixture
) -> None:
    await stage.record_channel()
    message = stage.slack.message(user_of(ANA), CHANNEL, "a post nobody should read in a log")
    body = json.dumps(
        {"type": "event_callback", "team_id": TEAM, "event_id": "Ev1", "event": message | {"ts": "soon"}}
    )
    assert (await carrier(stage).post(body, JSON, signed(body))).status == 500
    assert "ValueError" in caplog.text
    assert "nobody should read" not in caplog.text
