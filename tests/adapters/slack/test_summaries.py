"""The weekly summary on the wire: posted, found again, refused."""

from collections.abc import AsyncIterator

import pytest

from adapters.kit.protocol import AdapterError
from bot.summaries.summary import Summary
from tests.adapters.conversation.stage import StageClock
from tests.adapters.slack.conftest import Opened, staged
from tests.adapters.slack.server.slack import Slack
from tests.adapters.slack.server.workspace import CHANNEL, Fault
from tests.adapters.slack.stage import SlackStage

SUMMARY = Summary(
    "slack:T0TEAM", "2026-W42", "A friendly week.", ("Half of it was answers.",), "Try a question."
)


@pytest.fixture
async def stage(slack: Slack, opened: Opened, clock: StageClock) -> AsyncIterator[SlackStage]:
    async with opened() as application, staged(slack, application, clock) as made:
        yield made


async def test_a_summary_is_found_again_by_its_marker(stage: SlackStage) -> None:
    assert await stage.adapter.find(CHANNEL, "week-42") is False
    await stage.adapter.post(CHANNEL, SUMMARY, "week-42")
    assert stage.announced() == ["A friendly week.\nHalf of it was answers.\nTry a question."]
    assert await stage.adapter.find(CHANNEL, "week-42") is True
    assert await stage.adapter.find(CHANNEL, "week-43") is False


async def test_a_summary_is_found_where_slack_keeps_the_metadata_to_itself(stage: SlackStage) -> None:
    stage.slack.workspace.history_shows = {"blocks"}
    await stage.adapter.post(CHANNEL, SUMMARY, "week-42")
    assert await stage.adapter.find(CHANNEL, "week-42") is True
    assert await stage.adapter.find(CHANNEL, "week-4") is False


@pytest.mark.parametrize("error", ["missing_scope", "not_in_channel", "channel_not_found"])
async def test_where_a_channel_may_not_be_read_nobody_knows(stage: SlackStage, error: str) -> None:
    stage.slack.workspace.faults["conversations.history"].append(Fault(200, {"ok": False, "error": error}))
    assert await stage.adapter.find(CHANNEL, "week-42") is None


@pytest.mark.parametrize(
    ("error", "remedy"),
    [("not_in_channel", "/invite @Checkpost"), ("is_archived", "choose another"), ("odd", "tried again")],
)
async def test_a_refused_summary_names_the_remedy(stage: SlackStage, error: str, remedy: str) -> None:
    stage.slack.workspace.faults["chat.postMessage"].append(Fault(200, {"ok": False, "error": error}))
    with pytest.raises(AdapterError, match=remedy):
        await stage.adapter.post(CHANNEL, SUMMARY, "week-42")
    assert stage.announced() == []


async def test_a_broken_answer_leaves_it_open_whether_it_was_posted_and_is_not_repeated(
    stage: SlackStage,
) -> None:
    stage.slack.workspace.faults["chat.postMessage"].append(Fault(500, text="<html>"))
    with pytest.raises(Exception) as caught:  # noqa: PT011 - anything but a certain refusal
        await stage.adapter.post(CHANNEL, SUMMARY, "week-42")
    assert not isinstance(caught.value, AdapterError)
    assert [method for method, _ in stage.slack.workspace.calls].count("chat.postMessage") == 1


async def test_what_slack_puts_off_is_sent_later(stage: SlackStage) -> None:
    later = Fault(429, {"ok": False, "error": "ratelimited"}, {"Retry-After": "0"})
    stage.slack.workspace.faults["chat.postMessage"].append(later)
    await stage.adapter.post(CHANNEL, SUMMARY, "week-42")
    assert len(stage.announced()) == 1
