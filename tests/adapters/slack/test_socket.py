"""Socket Mode: connections come and go, and nothing delivered is lost."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.adapters.conversation.stage import ANA, StageClock
from tests.adapters.slack.conftest import Opened, staged
from tests.adapters.slack.server.slack import Slack, read
from tests.adapters.slack.server.workspace import user_of
from tests.adapters.slack.stage import SlackStage


@pytest.fixture
async def stage(slack: Slack, opened: Opened, clock: StageClock) -> AsyncIterator[SlackStage]:
    async with opened() as application, staged(slack, application, clock) as made:
        yield made


async def until(stage: SlackStage, connections: int) -> None:
    async with asyncio.timeout(10):
        while stage.slack.socket.connections < connections or not stage.adapter.connected():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_the_connection_is_made_anew_when_slack_announces_a_refresh(stage: SlackStage) -> None:
    await stage.slack.socket.refresh()
    await until(stage, connections=2)
    (answer,) = await stage.slack.dm(user_of(ANA), "hi")
    assert "Checkpost" in read(answer)


async def test_the_connection_is_made_anew_when_it_breaks(stage: SlackStage) -> None:
    await stage.slack.socket.drop()
    await until(stage, connections=2)
    assert await stage.slack.dm(user_of(ANA), "hi")


async def test_an_address_that_serves_no_more_is_asked_for_anew(
    slack: Slack, opened: Opened, clock: StageClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.slack.client.PING_SECONDS", 0.05)
    monkeypatch.setattr("adapters.slack.outages.LOOKED_EVERY", 0.01)
    async with opened() as application, staged(slack, application, clock) as stage:
        slack.socket.down = True  # it is Slack's own servers that fail: the address is used up and no good
        await slack.socket.drop()
        await asyncio.sleep(0.3)
        assert not stage.adapter.connected()
        slack.socket.down = False
        await until(stage, connections=2)
        assert await slack.dm(user_of(ANA), "hi")


async def test_a_slow_answer_to_a_command_is_acknowledged_first_and_follows(
    stage: SlackStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.slack.background.ACKNOWLEDGE_AFTER", 0.0)
    assert await stage.slack.command(user_of(ANA), "help") == []
    async with asyncio.timeout(5), stage.slack.workspace.heard:
        await stage.slack.workspace.heard.wait_for(lambda: stage.slack.workspace.said)
    (answer,) = stage.slack.workspace.seen_by(user_of(ANA))
    assert answer.user == user_of(ANA)


async def test_stopping_finishes_what_is_under_way(
    stage: SlackStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.slack.background.ACKNOWLEDGE_AFTER", 0.0)
    await stage.slack.command(user_of(ANA), "help")
    await stage.adapter.close()
    assert len(stage.slack.workspace.seen_by(user_of(ANA))) == 1
    assert not stage.adapter.connected()
