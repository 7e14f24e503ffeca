"""What members write is in no log, however loud; and what one process dealt with, another does not repeat."""

import logging

import pytest

from tests.adapters.conversation.scenes import CHATTER, TWO_OWN_LINKS, agree
from tests.adapters.conversation.stage import ANA, StageClock
from tests.adapters.slack.conftest import Opened, staged
from tests.adapters.slack.server.carriers import HttpCarrier, signed
from tests.adapters.slack.server.slack import Slack
from tests.adapters.slack.server.workspace import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, Fault, user_of
from tests.adapters.slack.stage import SlackStage

A = user_of(ANA)


async def test_no_log_holds_a_draft_a_token_or_a_member_s_id(
    stage: SlackStage, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await stage.record_channel()
    await agree(stage)
    await stage.observe_post(CHATTER[0])
    (answer,) = await stage.slack.dm(A, TWO_OWN_LINKS)
    await stage.slack.press(A, answer, "Why?")
    await stage.slack.press(A, answer, "Check again")
    await stage.slack.submit(A)
    stage.slack.workspace.faults["chat.postMessage"] += [Fault(500, text="<html>"), Fault(200, {"ok": False})]
    stage.slack.patience = 0.3
    for _ in range(2):
        event = stage.slack.message(A, stage.slack.workspace.direct_channel(A), TWO_OWN_LINKS)
        await stage.slack.event(event, "MessagePayload")
    if isinstance(stage.slack.carrier, HttpCarrier):
        await stage.slack.carrier.post(
            TWO_OWN_LINKS, "application/json", signed(TWO_OWN_LINKS, secret="wrong")
        )
    for secret in ("ana.example", CHATTER[0], BOT_TOKEN, APP_TOKEN, SIGNING_SECRET, A):
        assert secret not in caplog.text


async def test_two_processes_answer_a_redelivered_message_once(
    slack: Slack, opened: Opened, clock: StageClock
) -> None:
    event = slack.message(A, slack.workspace.direct_channel(A), "hi")
    async with (
        opened(mode="http") as first,
        opened(mode="http") as second,
        staged(slack, first, clock) as one,
        staged(slack, second, clock) as other,
    ):
        for stage in (one, other, one):
            slack.reach_over_http(stage.adapter.port)
            assert (await slack.event(event, "MessagePayload", event_id="Ev1")).status == 200
    assert len(slack.workspace.seen_by(A)) == 1
