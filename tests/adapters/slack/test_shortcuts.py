"""Shortcuts on messages and from anywhere, end to end over both ways in."""

from adapters.slack import shortcuts
from tests.adapters.conversation.scenes import CHATTER, CLEAN, PROMOTION, TWO_OWN_LINKS, agree
from tests.adapters.conversation.stage import ANA, BEA
from tests.adapters.slack.server.slack import read
from tests.adapters.slack.server.workspace import CHANNEL, user_of
from tests.adapters.slack.stage import SlackStage, as_answer

A, B = user_of(ANA), user_of(BEA)
ONE_OWN_LINK = "My blog has more on this: https://ana.example/tomatoes"


async def test_a_post_of_one_s_own_is_checked_for_one_s_own_eyes(stage: SlackStage) -> None:
    message = stage.slack.message(A, CHANNEL, TWO_OWN_LINKS)
    (answer,) = await stage.slack.shortcut(A, shortcuts.CHECK_POST, message)
    assert "Mute own-links" in as_answer(answer)
    assert answer.user == A
    assert stage.slack.workspace.seen_by(B) == []


async def test_a_post_that_is_counted_already_is_not_counted_against_itself(stage: SlackStage) -> None:
    await stage.record_channel()
    await agree(stage)
    for text in CHATTER[:15]:
        stage.clock.pass_by(hours=1)
        await stage.observe_post(text)
    stage.clock.pass_by(hours=1)
    message = stage.slack.message(A, CHANNEL, PROMOTION)
    assert (await stage.slack.event(message, "MessagePayload")).status == 200
    stage.clock.pass_by(hours=1)
    (answer,) = await stage.slack.shortcut(A, shortcuts.CHECK_POST, message)
    assert "This would make it 1 of 16 posts" in as_answer(answer)


async def test_a_post_in_a_thread_is_read_as_a_reply(stage: SlackStage) -> None:
    alone = stage.slack.message(A, CHANNEL, ONE_OWN_LINK)
    threaded = stage.slack.message(A, CHANNEL, ONE_OWN_LINK, thread_ts="1760000000.000001")
    first = (await stage.slack.shortcut(A, shortcuts.CHECK_POST, alone))[0]
    second = (await stage.slack.shortcut(A, shortcuts.CHECK_POST, threaded))[0]
    assert "own-links" not in as_answer(first)
    assert "own-links" in as_answer(second)


async def test_a_post_of_somebody_else_s_is_not_checked(stage: SlackStage) -> None:
    for message in (
        stage.slack.message(B, CHANNEL, TWO_OWN_LINKS),
        stage.slack.message(A, CHANNEL, TWO_OWN_LINKS, bot_id="B1"),
    ):
        (answer,) = await stage.slack.shortcut(A, shortcuts.CHECK_POST, message)
        assert "somebody else's" in read(answer)


async def test_a_reply_is_checked_against_what_it_answers(stage: SlackStage) -> None:
    asked = stage.slack.message(B, CHANNEL, "Which soil do you use for tomatoes on a balcony?")
    assert await stage.slack.shortcut(A, shortcuts.CHECK_REPLY, asked) == []
    window = stage.slack.workspace.views[A]
    assert "Which soil" in str(window["blocks"][0])
    assert not any(block.get("block_id") == "surface" for block in window["blocks"])
    await stage.slack.submit(A, TWO_OWN_LINKS)
    (answer,) = stage.slack.workspace.seen_by(A)
    assert "own-links" in as_answer(answer)
    assert answer.user == A
    await stage.slack.press(A, answer, "Check again")
    assert "Which soil" in str(stage.slack.workspace.views[A]["blocks"][0])


async def test_from_anywhere_a_draft_is_typed_and_answered_in_the_direct_messages(stage: SlackStage) -> None:
    assert await stage.slack.shortcut(A, shortcuts.CHECK_DRAFT) == []
    await stage.slack.submit(A, CLEAN)
    (answer,) = stage.slack.workspace.seen_by(A)
    assert answer.channel == stage.slack.workspace.direct_channel(A)
    assert "Reads well" in read(answer)
