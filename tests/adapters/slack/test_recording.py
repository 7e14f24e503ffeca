"""Posts in a recorded channel, end to end: what counts, what follows an edit, what is nobody's."""

from typing import Any

import pytest

from bot.balance.identity import Member
from tests.adapters.conversation.scenes import CHATTER, PROMOTION, agree
from tests.adapters.conversation.stage import ANA
from tests.adapters.slack.server.workspace import CHANNEL, user_of
from tests.adapters.slack.stage import SlackStage

A = user_of(ANA)


async def ready(stage: SlackStage) -> None:
    await stage.record_channel()
    await agree(stage)
    stage.clock.pass_by(hours=1)


async def post(stage: SlackStage, text: str, shape: str = "MessagePayload", **more: Any) -> dict[str, Any]:
    message = stage.slack.message(A, CHANNEL, text, **more)
    assert (await stage.slack.event(message, shape)).status == 200
    return message


async def edit(stage: SlackStage, message: dict[str, Any], text: str) -> None:
    stage.clock.pass_by(minutes=1)
    stamp = stage.slack.workspace.stamp()
    before = {key: message[key] for key in ("type", "user", "team", "ts", "text")}
    after = before | {"text": text, "edited": {"user": A, "ts": stamp}}
    event = {"type": "message", "subtype": "message_changed", "hidden": True, "channel": CHANNEL, "ts": stamp}
    event |= {"message": after, "previous_message": before, "channel_type": "channel", "event_ts": stamp}
    assert (await stage.slack.event(event, "MessageChangedPayload")).status == 200


async def delete(stage: SlackStage, message: dict[str, Any], *, told: bool = True) -> None:
    """Delete a post.

    Args:
        stage: the workspace.
        message: the post.
        told: whether Slack says what it was.
    """
    stage.clock.pass_by(minutes=1)
    stamp = stage.slack.workspace.stamp()
    before = {key: message[key] for key in ("type", "user", "team", "ts", "text")}
    event = {"type": "message", "subtype": "message_deleted", "hidden": True, "channel": CHANNEL, "ts": stamp}
    event |= {
        "deleted_ts": message["ts"],
        **({"previous_message": before} if told else {}),
        "event_ts": stamp,
        "channel_type": "channel",
    }
    assert (await stage.slack.event(event, "MessageDeletedPayload" if told else "")).status == 200


async def balance(stage: SlackStage) -> str:
    return (await stage.dm("balance")).text


async def test_posts_count_from_the_moment_a_member_agrees(stage: SlackStage) -> None:
    await stage.record_channel()
    await stage.observe_post(CHATTER[0])
    assert "No record yet" in await balance(stage)
    stage.clock.pass_by(hours=1)
    await agree(stage)
    stage.clock.pass_by(hours=1)
    await stage.observe_post(CHATTER[1])
    assert "0 of 1 post" in await balance(stage)


async def test_a_post_from_before_the_consent_leaves_nothing_when_it_is_edited(stage: SlackStage) -> None:
    await stage.record_channel()
    message = await post(stage, CHATTER[0])
    stage.clock.pass_by(hours=1)
    await agree(stage)
    stage.clock.pass_by(hours=1)
    await edit(stage, message, PROMOTION)
    kept = await stage.application.privacy.export(Member("slack", f"T0TEAM/{A}"))
    assert kept["posts"] == []


async def test_an_edit_is_followed(stage: SlackStage) -> None:
    await ready(stage)
    message = await post(stage, CHATTER[0])
    await edit(stage, message, PROMOTION)
    assert "1 of 1 post" in await balance(stage)


async def test_a_deletion_is_final_even_if_an_edit_comes_late(stage: SlackStage) -> None:
    await ready(stage)
    message = await post(stage, CHATTER[0])
    await delete(stage, message)
    await edit(stage, message, PROMOTION)
    assert "no posts counted" in await balance(stage)


@pytest.mark.parametrize("told", [True, False])
async def test_a_deletion_that_comes_before_its_post_is_final(stage: SlackStage, *, told: bool) -> None:
    await ready(stage)
    message = stage.slack.message(A, CHANNEL, PROMOTION)
    await delete(stage, message, told=told)
    assert (await stage.slack.event(message, "MessagePayload")).status == 200
    assert "no posts counted" in await balance(stage)


async def test_a_channel_nobody_chose_is_not_recorded(stage: SlackStage) -> None:
    await ready(stage)
    message = stage.slack.message(A, "C2SHOW", CHATTER[0])
    assert (await stage.slack.event(message, "MessagePayload")).status == 200
    assert "no posts counted" in await balance(stage) or "No record yet" in await balance(stage)


async def test_an_event_s_id_is_kept_with_what_it_recorded_and_only_then(stage: SlackStage) -> None:
    await ready(stage)
    for channel, kept in ((CHANNEL, True), ("C2SHOW", False)):
        message = stage.slack.message(A, channel, CHATTER[0])
        await stage.slack.event(message, "MessagePayload", event_id=f"Ev-{channel}")
        assert await stage.application.seen_events.seen(f"Ev-{channel}", stage.clock()) is kept


async def test_members_of_other_organisations_are_not_recorded(stage: SlackStage) -> None:
    await ready(stage)
    await post(stage, CHATTER[0], team="T0OTHER", user_team="T0OTHER")
    await post(stage, CHATTER[1], bot_id="B1")
    assert "1 post" not in await balance(stage)


async def test_replies_beneath_one_s_own_promotion_do_not_count(stage: SlackStage) -> None:
    await ready(stage)
    own = await post(stage, PROMOTION)
    for text in CHATTER[:3]:
        stage.clock.pass_by(minutes=1)
        await post(stage, text, thread_ts=own["ts"], parent_user_id=A)
    assert "1 of 1 post" in await balance(stage)


async def test_an_answer_says_which_channels_are_recorded_and_offers_no_i_posted_this(
    stage: SlackStage,
) -> None:
    await stage.record_channel()
    answer = await stage.command("Thank you all for the seeds, which ones did you plant first?")
    assert f"<#{CHANNEL}>" in answer
    assert "I posted this" not in answer


async def test_an_event_that_could_not_be_kept_is_not_acknowledged_and_counts_when_it_comes_again(
    stage: SlackStage, monkeypatch: Any
) -> None:
    await ready(stage)
    message = stage.slack.message(A, CHANNEL, CHATTER[0])
    database = stage.application.record_posts._database

    def full(*_: object) -> None:
        raise OSError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(type(database), "writing", full)
        stage.slack.patience = 0.3
        refused = await stage.slack.event(message, "MessagePayload", event_id="Ev1")
    assert refused.status != 200
    again = await stage.slack.event(message, "MessagePayload", event_id="Ev1")
    assert again.status == 200
    assert "0 of 1 post" in await balance(stage)


async def test_a_direct_message_delivered_again_is_answered_once(stage: SlackStage) -> None:
    event = stage.slack.message(A, stage.slack.workspace.direct_channel(A), "hi")
    for _ in range(2):
        assert (await stage.slack.event(event, "MessagePayload", event_id="Ev7")).status == 200
    assert len(stage.slack.workspace.seen_by(A)) == 1


async def test_a_direct_message_is_acknowledged_only_once_it_is_answered(stage: SlackStage) -> None:
    from tests.adapters.slack.server.workspace import Fault

    stage.slack.workspace.faults["chat.postMessage"].append(Fault(500, text="down"))
    event = stage.slack.message(A, stage.slack.workspace.direct_channel(A), "hi")
    stage.slack.patience = 0.3
    assert (await stage.slack.event(event, "MessagePayload", event_id="Ev8")).status != 200
    assert (await stage.slack.event(event, "MessagePayload", event_id="Ev8")).status == 200
    assert len(stage.slack.workspace.seen_by(A)) == 1
