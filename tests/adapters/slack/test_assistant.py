"""Threads of Slack's assistant view, where a workspace has it."""

from tests.adapters.conversation.scenes import CLEAN
from tests.adapters.conversation.stage import ANA
from tests.adapters.slack.server.slack import read
from tests.adapters.slack.server.workspace import user_of
from tests.adapters.slack.stage import SlackStage

A = user_of(ANA)
THREAD = "1760000000.000001"


def opening(stage: SlackStage) -> dict[str, object]:
    channel = stage.slack.workspace.direct_channel(A)
    thread = {"user_id": A, "channel_id": channel, "thread_ts": THREAD, "context": {}}
    return {"type": "assistant_thread_started", "assistant_thread": thread, "event_ts": THREAD}


async def open_thread(stage: SlackStage, event_id: str = "Ev1") -> None:
    # Slack's recorded shapes are older than the assistant view
    assert (await stage.slack.event(opening(stage), "", event_id=event_id)).status == 200


async def test_an_opened_thread_greets_once_and_offers_the_plain_commands(stage: SlackStage) -> None:
    stage.slack.workspace.scopes.add("assistant:write")
    for _ in range(2):
        await open_thread(stage)
    (greeting,) = stage.slack.workspace.seen_by(A)
    assert greeting.payload["thread_ts"] == THREAD
    assert "Hi, I'm Checkpost" in read(greeting)
    assert stage.slack.workspace.prompts == {THREAD: ["help", "balance", "settings"]}


async def test_without_the_scope_the_greeting_is_there_all_the_same(stage: SlackStage) -> None:
    await open_thread(stage)
    assert "Hi, I'm Checkpost" in read(stage.slack.workspace.seen_by(A)[0])


async def test_a_draft_in_the_thread_is_answered_in_it(stage: SlackStage) -> None:
    (answer,) = await stage.slack.dm(A, CLEAN, thread_ts=THREAD)
    assert answer.payload["thread_ts"] == THREAD
    assert "Reads well" in read(answer)
