"""Who and what goes: the app, a member, a channel; and what only seems to go."""

from typing import Any

import pytest

from bot.balance.identity import Member
from bot.services.community_settings import CommunityPreferences
from tests.adapters.conversation.scenes import CHATTER
from tests.adapters.conversation.stage import ANA, BEA
from tests.adapters.slack.server.workspace import CHANNEL, Fault, user_of
from tests.adapters.slack.stage import SlackStage
from tests.adapters.slack.test_recording import balance, post, ready

A, B = user_of(ANA), user_of(BEA)
HOME = "slack:T0TEAM"


async def happens(stage: SlackStage, kind: str, shape: str = "", **more: Any) -> None:
    event = {"type": kind, "event_ts": "1.0", **more}
    assert (await stage.slack.event(event, shape)).status == 200


async def chosen(stage: SlackStage) -> CommunityPreferences:
    return await stage.application.community_settings.read(HOME)


async def everything_here(stage: SlackStage) -> None:
    """Let one channel be counted, exempt and the summary's, and another one counted."""
    await ready(stage)
    for words in ("exempt <#{0}> on", "summary <#{0}>", "record <#C2SHOW> on"):
        await stage.administrate(words.format(CHANNEL))


async def test_removing_the_app_erases_the_workspace(stage: SlackStage) -> None:
    await ready(stage)
    await post(stage, CHATTER[0])
    gone = await stage.slack.event({"type": "app_uninstalled", "event_ts": "1"}, "AppUninstalledPayload")
    assert gone.status == 200
    assert "1 post" not in await balance(stage)
    assert not (await stage.application.community_settings.read("slack:T0TEAM")).recorded_channels


@pytest.mark.parametrize(
    ("kind", "more"),
    [("app_uninstalled", {}), ("tokens_revoked", {"tokens": {"oauth": [], "bot": ["UBOT"]}})],
)
async def test_a_workspace_s_members_are_forgotten_with_it(
    stage: SlackStage, kind: str, more: dict[str, Any]
) -> None:
    await ready(stage)
    await post(stage, CHATTER[0])
    await stage.dm("nudges on")
    await stage.dm("mute engage")
    ana = Member("slack", f"T0TEAM/{A}")
    assert (await stage.application.privacy.export(ana))["nudges"]
    await happens(stage, kind, **more)
    assert (await stage.application.privacy.export(ana)) == {
        "member": str(ana),
        "kept": False,
        "settings_changed_as_administrator": [],
    }


async def test_a_post_that_comes_late_from_a_workspace_that_removed_the_app_is_not_recorded(
    stage: SlackStage,
) -> None:
    await ready(stage)
    await happens(stage, "app_uninstalled", "AppUninstalledPayload")
    await post(stage, CHATTER[0])
    assert "1 post" not in await balance(stage)


async def test_a_revoked_bot_token_erases_the_workspace_and_a_member_s_own_does_not(
    stage: SlackStage,
) -> None:
    await ready(stage)
    await post(stage, CHATTER[0])
    member_s = {"type": "tokens_revoked", "tokens": {"oauth": [A], "bot": []}, "event_ts": "1"}
    assert (await stage.slack.event(member_s, "TokensRevokedPayload")).status == 200
    assert "0 of 1 post" in await balance(stage)
    the_bot_s = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["UBOT"]}, "event_ts": "2"}
    assert (await stage.slack.event(the_bot_s, "TokensRevokedPayload")).status == 200
    assert "1 post" not in await balance(stage)


@pytest.mark.parametrize("kind", ["channel_left", "group_left"])
async def test_where_the_app_is_taken_out_nothing_is_counted_any_more(stage: SlackStage, kind: str) -> None:
    await everything_here(stage)
    await happens(stage, kind, channel=CHANNEL, actor_id=B)
    kept = await chosen(stage)
    assert kept.recorded_channels == {"C2SHOW"}
    assert (kept.exempt_channels, kept.summary_channel) == ({CHANNEL}, CHANNEL)
    await post(stage, CHATTER[0])  # it was invited again, and nobody chose the channel again
    assert "no posts counted" in await balance(stage) or "No record yet" in await balance(stage)


async def test_a_summary_refused_where_the_app_is_not_any_more_is_told_with_its_remedy(
    stage: SlackStage,
) -> None:
    await everything_here(stage)
    await happens(stage, "channel_left", channel=CHANNEL)
    gone = Fault(200, {"ok": False, "error": "not_in_channel"})
    stage.slack.workspace.faults["chat.postMessage"].append(gone)
    stage.clock.pass_by(days=14)
    await stage.send_due()
    assert "/invite @Checkpost" in await stage.administrate("show")


@pytest.mark.parametrize("kind", ["channel_deleted", "group_deleted"])
async def test_a_deleted_channel_goes_from_all_settings(stage: SlackStage, kind: str) -> None:
    await everything_here(stage)
    await happens(stage, kind, channel=CHANNEL)
    kept = await chosen(stage)
    assert kept.recorded_channels == {"C2SHOW"}
    assert (kept.exempt_channels, kept.summary_channel) == (frozenset(), None)


async def test_a_channel_nobody_chose_goes_unnoticed(stage: SlackStage) -> None:
    await ready(stage)
    before = await chosen(stage)
    await happens(stage, "channel_deleted", channel="C9OTHER")
    await happens(stage, "channel_left", channel="C9OTHER")
    assert await chosen(stage) == before


async def test_a_channel_renamed_archived_or_left_by_a_member_stays_chosen_and_counted(
    stage: SlackStage,
) -> None:
    await ready(stage)
    before = await chosen(stage)
    await post(stage, CHATTER[0])
    renamed = {"id": CHANNEL, "name": "new", "name_normalized": "new", "created": 1, "is_channel": True}
    await happens(stage, "channel_rename", "ChannelRenamePayload", channel=renamed)
    for kind in ("channel_archive", "channel_unarchive", "group_archive", "group_unarchive"):
        await happens(stage, kind, channel=CHANNEL, user=B)
    left = {"user": A, "channel": CHANNEL, "channel_type": "C", "team": "T0TEAM"}
    await happens(stage, "member_left_channel", "MemberLeftChannelPayload", **left)
    await happens(stage, "member_joined_channel", "MemberJoinedChannelPayload", **left)
    assert await chosen(stage) == before
    await post(stage, CHATTER[1])
    assert "0 of 2 posts" in await balance(stage)


async def test_the_notices_of_it_in_the_channel_are_nobody_s_posts(stage: SlackStage) -> None:
    await ready(stage)
    for notice in ("channel_name", "channel_archive", "channel_unarchive", "channel_leave", "bot_remove"):
        message = stage.slack.message(A, CHANNEL, CHATTER[0], subtype=notice)
        assert (await stage.slack.event(message, "MessagePayload")).status == 200
    assert "no posts counted" in await balance(stage) or "No record yet" in await balance(stage)


async def test_a_closed_account_is_forgotten_and_a_changed_one_is_not(stage: SlackStage) -> None:
    await ready(stage)
    await post(stage, CHATTER[0])
    ana = {"id": A, "team_id": "T0TEAM", "deleted": False, "real_name": "Ana Ruiz"}
    await happens(stage, "user_change", "UserChangePayload", user=ana)
    assert "0 of 1 post" in await balance(stage)
    await happens(stage, "user_change", "UserChangePayload", user=ana | {"deleted": True})
    assert "No record yet" in await balance(stage)
