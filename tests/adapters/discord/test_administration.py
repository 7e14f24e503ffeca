"""What administrators set, in the server itself."""

from typing import Any

import pytest

from bot.services.community_settings import CommunityPreferences, CommunitySettings
from tests.adapters.conversation.stage import ANA, BEA
from tests.adapters.discord.stage import DiscordStage


async def test_settings_are_shown_to_the_administrator_only(stage: DiscordStage) -> None:
    shown = await stage.administrate("show")
    assert "Counted channels: none" in shown
    assert "goes nowhere yet" in shown
    assert stage.heard_by(ANA) == []


async def test_the_summary_is_set_and_shown(stage: DiscordStage) -> None:
    await stage.summarise("Friday", 17, "Europe/Lisbon")
    assert "goes to #general on Friday at 17:00, Europe/Lisbon" in await stage.administrate("show")


async def test_the_summary_can_be_switched_off(stage: DiscordStage) -> None:
    await stage.summarise("Friday", 17, "Europe/Lisbon")
    assert "goes nowhere" in await stage.administrate("summary", {"name": "off", "type": 5, "value": True})


async def test_a_wrong_time_zone_is_named_with_an_example(stage: DiscordStage) -> None:
    said = await stage.administrate("summary", {"name": "time_zone", "type": 3, "value": "Lisboa"})
    assert "time_zone" in said
    assert "Europe/Lisbon" in said


async def test_the_help_contact_reaches_somebody_in_distress(stage: DiscordStage) -> None:
    await stage.administrate(
        "help-contact", {"name": "contact", "type": 3, "value": "Mia in #care, or 116 123"}
    )
    answer = await stage.command("I can't do this any more. I want to kill myself tonight.", BEA)
    assert "116 123" in answer


async def test_a_help_contact_can_be_opened_with_one_click(stage: DiscordStage) -> None:
    contact = f"https://help.example/now or <#{stage.channel['id']}>"
    await stage.administrate("help-contact", {"name": "contact", "type": 3, "value": contact})
    await stage.dm("hi", BEA)
    await stage.command("I can't do this any more. I want to kill myself tonight.", BEA)
    said = stage.server.seen_by(BEA)[-1]["content"]
    assert "<https://help.example/now>" in said
    assert f"<#{stage.channel['id']}>" in said


async def test_the_help_contact_can_be_removed(stage: DiscordStage) -> None:
    await stage.administrate("help-contact", {"name": "contact", "type": 3, "value": "Mia"})
    assert "Help contact: none" in await stage.administrate("help-contact")


async def test_the_first_recorded_channel_brings_the_intents_it_needs(stage: DiscordStage) -> None:
    await stage.record_channel()
    first, second = stage.server.gateway.identifies
    assert not first["intents"] & 1 << 15
    assert second["intents"] & 1 << 15
    assert "Counted channels: #general" in await stage.administrate("show")


@pytest.mark.parametrize("flags", [0, 1 << 14])
async def test_recording_is_not_switched_on_where_the_bot_may_not_read(
    stage: DiscordStage, flags: int
) -> None:
    stage.server.rest.flags = flags
    said = await stage.administrate(
        "record",
        {"name": "channel", "type": 7, "value": stage.channel["id"]},
        {"name": "on", "type": 5, "value": True},
    )
    assert "Message Content Intent" in said
    assert "Counted channels: none" in await stage.administrate("show")


async def test_a_channel_the_bot_cannot_see_is_refused(stage: DiscordStage) -> None:
    hidden = {"id": stage.server.world.guild_id, "type": 0, "allow": "0", "deny": str(1 << 10)}
    stage.channel["permission_overwrites"] = [hidden]
    await stage.server.gateway.dispatch("CHANNEL_UPDATE", stage.channel, guild_id=stage.server.world.guild_id)
    channel = {"name": "channel", "type": 7, "value": stage.channel["id"]}
    assert "can't see #general" in await stage.administrate(
        "record", channel, {"name": "on", "type": 5, "value": True}
    )
    assert "can't write in #general" in await stage.administrate("summary", channel)


async def test_every_change_leaves_an_audit_row(stage: DiscordStage) -> None:
    await stage.summarise("Friday", 17, "Europe/Lisbon")
    database = stage.application.community_settings._database
    async with database.reading() as work:
        community = await work.communities.find(f"discord:{stage.server.world.guild_id}")
        assert community is not None
        keys = {key for _, _, key, _ in await work.communities.audited(community.id)}
    assert keys == {"summary_channel", "weekday", "hour", "time_zone"}


async def test_a_channel_discord_does_not_tell_about_is_refused_kindly(stage: DiscordStage) -> None:
    stage.channel = stage.channel | {"id": "123456789012345678"}
    channel = {"name": "channel", "type": 7, "value": stage.channel["id"]}
    assert "can't see that channel" in await stage.administrate("summary", channel)


async def test_a_fault_is_a_kind_line_to_the_administrator(
    stage: DiscordStage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(*given: Any) -> CommunityPreferences:
        raise ValueError(f"nothing for {given}")

    monkeypatch.setattr(CommunitySettings, "read", fail)
    assert "went wrong" in await stage.administrate("show")
    assert stage.server.world.guild_id not in caplog.text
    assert "ValueError" in caplog.text
