"""Windows, buttons, files and long answers, end to end over both ways in."""

import aiohttp
import pytest

from tests.adapters.conversation.scenes import CLEAN, PROMOTION, SECRET, TWO_OWN_LINKS
from tests.adapters.conversation.stage import ANA, BEA
from tests.adapters.slack.server.slack import buttons, dumped, read
from tests.adapters.slack.server.workspace import BOT_USER, CHANNEL, user_of
from tests.adapters.slack.stage import SlackStage, as_answer

A, B = user_of(ANA), user_of(BEA)


async def test_the_command_without_words_opens_a_window_whose_answer_only_its_member_sees(
    stage: SlackStage,
) -> None:
    assert await stage.slack.command(A, "") == []
    assert await stage.slack.submit(A, TWO_OWN_LINKS) is None
    (answer,) = stage.slack.workspace.seen_by(A)
    assert "Mute own-links" in as_answer(answer)
    assert answer.user == A
    assert stage.slack.workspace.seen_by(B) == []


async def test_an_empty_window_stays_open(stage: SlackStage) -> None:
    await stage.slack.command(A, "  ")
    refusal = await stage.slack.submit(A, " ")
    assert refusal["response_action"] == "errors"
    assert A in stage.slack.workspace.views


async def test_where_the_draft_goes_is_chosen_in_the_window(stage: SlackStage) -> None:
    one_own_link = "My blog has more on this: https://ana.example/tomatoes"
    await stage.slack.command(A, "")
    await stage.slack.submit(A, one_own_link, surface="channel")
    await stage.slack.command(A, "")
    await stage.slack.submit(A, one_own_link, surface="reply")
    first, second = map(as_answer, stage.slack.workspace.seen_by(A))
    assert "own-links" not in first
    assert "own-links" in second


async def test_checking_again_edits_the_draft_in_a_window(stage: SlackStage) -> None:
    (answer,) = await stage.slack.dm(A, TWO_OWN_LINKS)
    await stage.slack.press(A, answer, "Check again")
    assert stage.slack.workspace.views[A]["blocks"][0]["element"]["initial_value"] == TWO_OWN_LINKS
    await stage.slack.submit(A, CLEAN)
    assert "Reads well" in as_answer(stage.slack.workspace.seen_by(A)[-1])
    assert stage.slack.workspace.seen_by(A)[-1].channel == stage.slack.workspace.direct_channel(A)


async def test_a_button_outlives_a_restart(stage: SlackStage) -> None:
    for answer in (*await stage.slack.dm(A, TWO_OWN_LINKS), *await stage.slack.command(A, TWO_OWN_LINKS)):
        stage.clock.pass_by(hours=2)
        (why,) = await stage.slack.press(A, answer, "Why?")
        assert "Where this comes from" in read(why)


async def test_a_long_draft_in_a_direct_message_outlives_a_restart_too(stage: SlackStage) -> None:
    text = f"{TWO_OWN_LINKS} {'And then some more about soil. ' * 55}"
    answer = (await stage.slack.dm(A, text))[-1]
    stage.clock.pass_by(hours=2)
    for label in ("Apply fixes", "Why?"):
        reply = await stage.slack.press(A, answer, label)
        assert "send it again" not in read(reply[0])


async def test_a_secret_is_in_no_button_and_gone_after_a_quarter_of_an_hour(stage: SlackStage) -> None:
    (answer,) = await stage.slack.command(A, SECRET)
    (why,) = await stage.slack.press(A, answer, "Why?")
    assert "Where this comes from" in read(why)
    stage.clock.pass_by(minutes=15)
    (gone,) = await stage.slack.press(A, answer, "Why?")
    assert "send it again" in read(gone)


async def test_an_editor_hides_the_secret(stage: SlackStage) -> None:
    (answer,) = await stage.slack.dm(A, SECRET)
    await stage.slack.press(A, answer, "Check again")
    prefilled = stage.slack.workspace.views[A]["blocks"][0]["element"]["initial_value"]
    assert prefilled.startswith("use this for the deploy")
    assert "•" in prefilled


async def test_a_kept_draft_is_given_to_nobody_else(stage: SlackStage) -> None:
    (answer,) = await stage.slack.command(A, SECRET)
    why = next(button for button in buttons(answer) if button["text"]["text"] == "Why?")
    (reply,) = await stage.slack.press_button(B, answer, why)
    assert "send it again" in read(reply)


async def test_forget_me_drops_the_drafts_kept_for_buttons(stage: SlackStage) -> None:
    (answer,) = await stage.slack.dm(A, SECRET)
    await stage.slack.dm(A, "forget me")
    (reply,) = await stage.slack.press(A, answer, "Why?")
    assert "send it again" in read(reply)


async def test_a_muted_rule_stays_silent(stage: SlackStage) -> None:
    (answer,) = await stage.slack.command(A, TWO_OWN_LINKS)
    (muted,) = await stage.slack.press(A, answer, "Mute own-links")
    assert "Unmute own-links" in as_answer(muted)
    assert "own-links" not in as_answer((await stage.slack.command(A, TWO_OWN_LINKS))[0])


async def test_what_nobody_records_can_be_counted_by_hand(stage: SlackStage) -> None:
    (answer,) = await stage.slack.command(A, PROMOTION)
    (asked,) = await stage.slack.press(A, answer, "I posted this")
    (counted,) = await stage.slack.press(A, asked, "Yes, count my posts")
    assert "1 of 1 post" in read(counted)


async def test_an_export_is_a_file_in_the_direct_messages(stage: SlackStage) -> None:
    await stage.slack.dm(A, "export")
    (_, name, content) = stage.slack.workspace.files[0]
    assert name == "checkpost-export.json"
    assert content.startswith(b"{")


async def test_an_export_asked_for_in_a_channel_says_where_it_is(stage: SlackStage) -> None:
    said = await stage.slack.command(A, "export")
    assert [one.user for one in said] == ["", A]
    assert "direct messages" in read(said[1])
    assert len(stage.slack.workspace.files) == 1


async def test_without_the_scope_for_files_an_export_is_pasted_whole(stage: SlackStage) -> None:
    stage.slack.workspace.scopes.remove("files:write")
    _, *pasted = await stage.slack.dm(A, "export")
    assert "".join(read(one) for one in pasted).replace("\n", "").startswith("{")
    assert stage.slack.workspace.files == []


async def test_an_answer_whose_way_back_is_used_up_goes_to_the_direct_messages(stage: SlackStage) -> None:
    await stage.slack.command(A, "")
    view = stage.slack.workspace.views[A]
    view["private_metadata"] = view["private_metadata"].replace("/cmd", "/expired")
    await stage.slack.submit(A, CLEAN)
    (answer,) = stage.slack.workspace.seen_by(A)
    assert answer.channel == stage.slack.workspace.direct_channel(A)
    assert "Reads well" in read(answer)


async def test_an_answer_that_cannot_take_the_short_way_back_goes_to_the_direct_messages(
    stage: SlackStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def unreachable(*_: object) -> None:
        raise aiohttp.ClientConnectionError

    await stage.slack.command(A, "")
    monkeypatch.setattr("slack_sdk.webhook.async_client.AsyncWebhookClient.send_dict", unreachable)
    await stage.slack.submit(A, CLEAN)
    (answer,) = stage.slack.workspace.seen_by(A)
    assert answer.channel == stage.slack.workspace.direct_channel(A)
    assert "Reads well" in read(answer)


async def test_who_changes_a_long_post_is_not_told_to_send_it_in_the_channel(stage: SlackStage) -> None:
    post = stage.slack.message(A, CHANNEL, (TWO_OWN_LINKS + "\n") * 40)
    said = await stage.slack.shortcut(A, "checkpost.post", post)
    (reply,) = await stage.slack.press(A, said[-1], "Check again")
    assert reply.user == A
    assert "send it to me as a direct message" in read(reply)


async def test_the_longest_draft_is_read_and_its_answer_fits(stage: SlackStage) -> None:
    said = await stage.slack.dm(A, (TWO_OWN_LINKS + "\n") * 410)
    assert "Mute own-links" in as_answer(said[-1])
    (reply,) = await stage.slack.press(A, said[-1], "Check again")
    assert "longer than a window takes" in read(reply)


async def test_a_draft_beyond_slack_s_length_gets_one_clear_line(stage: SlackStage) -> None:
    (answer,) = await stage.slack.dm(A, "word " * 8_001)
    assert "40,000" in read(answer)


async def test_mentions_and_links_are_shown_as_the_member_sees_them_and_ping_nobody(
    stage: SlackStage,
) -> None:
    sent = f"<@{B}> <!here> my blog: <https://ana.example/a|read this> and my shop: <https://ana.example/b>"
    (answer,) = await stage.slack.command(A, sent)
    assert "@Bea @here my blog: read this (https://ana.example/a)" in read(answer)
    assert "<!here>" not in dumped([answer])


async def test_a_message_in_a_thread_is_answered_there(stage: SlackStage) -> None:
    (answer,) = await stage.slack.dm(A, CLEAN, thread_ts="1760000000.000001")
    assert answer.payload["thread_ts"] == "1760000000.000001"


async def test_half_characters_right_to_left_and_a_thousand_mentions_are_read(stage: SlackStage) -> None:
    for text in ("a\ud800b", "\u202eabc\u202c", "\u200b\u200b", f"<@{B}> " * 1_000, "\x00"):
        assert len(await stage.slack.dm(A, text)) >= 1


async def test_a_picture_without_words_gets_a_kind_line(stage: SlackStage) -> None:
    (answer,) = await stage.slack.dm(A, "", subtype="file_share", files=[{"id": "F1"}])
    assert "no words" in read(answer)


async def test_the_app_does_not_answer_bots_edits_or_itself(stage: SlackStage) -> None:
    assert await stage.slack.dm(A, "hello", bot_id="B1") == []
    assert await stage.slack.dm(A, "hello", user=BOT_USER) == []
    assert await stage.slack.dm(A, "hello", subtype="channel_topic") == []


async def test_a_window_that_cannot_be_opened_gets_a_kind_line(stage: SlackStage) -> None:
    (answer,) = await stage.slack.command(A, "", trigger_id="stale")
    assert "try again" in read(answer)


async def test_a_message_about_oneself_is_answered_like_any_other(stage: SlackStage) -> None:
    (answer,) = await stage.slack.dm(A, CLEAN, subtype="me_message")
    assert "Reads well" in read(answer)
