"""Nudges, as a member gets them in Slack."""

from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.adapters.conversation.scenes import CHATTER, PROMOTION, agree
from tests.adapters.conversation.stage import ANA, BEA
from tests.adapters.slack.server.workspace import Fault, user_of
from tests.adapters.slack.stage import SlackStage

A = user_of(ANA)


async def drifted(stage: SlackStage, by: str = ANA) -> None:
    """Let somebody promote more than they aim for, where nudges are allowed, and ask for them."""
    await stage.record_channel()
    await stage.administrate("nudges on")
    await agree(stage, by)
    for text in (*CHATTER[:9], PROMOTION, f"{PROMOTION} and the second one, too"):
        stage.clock.pass_by(hours=1)
        await stage.observe_post(text, by)
    await stage.dm("settings", by)
    await stage.press("Give me nudges", by)
    await stage.dm("nudges quiet 0-0", by)
    stage.clock.pass_by(hours=1)


async def nudge(stage: SlackStage) -> int:
    """Let the adapter look whom to nudge; returns how many messages Ana got."""
    before = len(stage.said())
    await stage.adapter.nudge()
    return len(stage.said()) - before


async def test_a_nudge_is_a_direct_message_with_a_way_to_end_it(stage: SlackStage) -> None:
    await drifted(stage)
    assert await nudge(stage) == 1
    said = stage.slack.workspace.said[-1]
    assert said.channel == stage.slack.workspace.direct_channel(A)
    assert "You asked me to mention this" in stage.said()[-1]
    assert stage.heard_by(BEA) == []
    assert await nudge(stage) == 0
    assert "No more of these" in await stage.press("Stop these")
    stage.clock.pass_by(days=8)
    assert await nudge(stage) == 0


async def test_a_closed_door_is_no_fault(stage: SlackStage, caplog: pytest.LogCaptureFixture) -> None:
    await drifted(stage)
    closed = Fault(body={"ok": False, "error": "messages_tab_disabled"})
    stage.slack.workspace.faults["chat.postMessage"].append(closed)
    assert await nudge(stage) == 0
    assert "failed" not in caplog.text


async def test_a_broken_answer_is_logged_and_never_repeated(
    stage: SlackStage, caplog: pytest.LogCaptureFixture
) -> None:
    await drifted(stage)
    stage.slack.workspace.faults["chat.postMessage"].append(Fault(500, text="<html>"))
    assert await nudge(stage) == 0
    assert "a nudge failed" in caplog.text
    assert await nudge(stage) == 0


async def test_nobody_is_nudged_unasked_or_where_it_is_not_allowed(stage: SlackStage) -> None:
    await drifted(stage)
    await stage.administrate("nudges off")
    assert await nudge(stage) == 0
    await stage.administrate("nudges on")
    await stage.dm("nudges off")
    assert await nudge(stage) == 0


async def test_a_fault_with_one_costs_the_others_no_nudge(
    stage: SlackStage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    await drifted(stage)
    await drifted(stage, BEA)
    send, calls = AsyncWebClient.chat_postMessage, iter([TimeoutError(A)])

    async def once_too_slow(self: AsyncWebClient, **arguments: Any) -> Any:
        for error in calls:
            raise error
        return await send(self, **arguments)

    monkeypatch.setattr(AsyncWebClient, "chat_postMessage", once_too_slow)
    before = len(stage.slack.workspace.said)
    await stage.adapter.nudge()
    assert len(stage.slack.workspace.said) == before + 1
    assert "a nudge failed: TimeoutError" in caplog.text
    assert A not in caplog.text
