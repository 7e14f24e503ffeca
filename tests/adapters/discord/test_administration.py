"""What administrators set, in the server itself."""

from typing import Any

import pytest

from adapters.discord import delivery
from bot.services.community_settings import CommunityPreferences, CommunitySettings
from tests.adapters.conversation.scenes import CHATTER, PROMOTION, TWO_OWN_LINKS, agree
from tests.adapters.conversation.stage import ANA, BEA
from tests.adapters.discord.server.errors import RefusedError
from tests.adapters.discord.stage import DiscordStage, buttons, plain_text
from tests.adapters.discord.test_answering import EPHEMERAL


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


async def test_a_person_or_a_role_named_as_the_help_contact_can_be_reached(stage: DiscordStage) -> None:
    world = stage.server.world
    mia, role = world.person("Mia"), world.role("Listeners")
    await stage.server.gateway.dispatch(
        "GUILD_ROLE_CREATE", {"guild_id": world.guild_id, "role": role}, guild_id=world.guild_id
    )
    contact = f"<@{mia['id']}> or any of <@&{role['id']}>"
    await stage.administrate("help-contact", {"name": "contact", "type": 3, "value": contact})
    await stage.command("I can't do this any more. I want to kill myself tonight.", BEA)
    said = stage.server.seen_by(BEA)[-1]["content"]
    assert f"<https://discord.com/users/{mia['id']}> or any of \\@Listeners" in said


async def test_the_help_contact_can_be_removed(stage: DiscordStage) -> None:
    await stage.administrate("help-contact", {"name": "contact", "type": 3, "value": "Mia"})
    assert "Help contact: none" in await stage.administrate("help-contact")


async def test_the_first_recorded_channel_brings_the_intents_it_needs(stage: DiscordStage) -> None:
    await stage.record_channel()
    first, second = stage.server.gateway.identifies
    assert not first["intents"] & 1 << 15
    assert second["intents"] & 1 << 15
    assert "Counted channels: #general" in await stage.administrate("show")


async def test_the_last_recorded_channel_takes_the_intents_along(stage: DiscordStage) -> None:
    await stage.record_channel()
    client = stage.adapter._client
    assert client is not None
    await client.ask_for_no_more_than_needed()
    assert stage.adapter._client is client
    assert not client.anew
    await stage.administrate("record", channel_option(stage), switched(on=False))
    await client.ask_for_no_more_than_needed()
    await stage.until_connected(identifies=3)
    intents = [each["intents"] for each in stage.server.gateway.identifies]
    assert intents[2] == intents[0]
    assert not intents[2] & (1 << 15 | 1 << 1)


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


@pytest.mark.parametrize("permission", [1 << 14, 1 << 15], ids=["embed links", "attach files"])
async def test_a_channel_that_takes_no_chart_is_refused_for_the_summary(
    stage: DiscordStage, permission: int
) -> None:
    hidden = {"id": stage.server.world.guild_id, "type": 0, "allow": "0", "deny": str(permission)}
    stage.channel["permission_overwrites"] = [hidden]
    await stage.server.gateway.dispatch("CHANNEL_UPDATE", stage.channel, guild_id=stage.server.world.guild_id)
    said = await stage.administrate("summary", channel_option(stage))
    assert "embed links and attach files" in said
    assert "Hi, I'm Checkpost" in await stage.administrate("introduce", channel_option(stage))


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


async def test_an_answer_that_takes_long_is_announced_in_time(
    stage: DiscordStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "DEFER_AFTER", 0.02)
    slow = RefusedError(429, 0, "slow down", retry_after=0.3)
    stage.server.rest.faults.append(("POST", "/channels/", slow))
    assert not (await stage.administrate("introduce", channel_option(stage))).text
    await stage.server.until(lambda: "introduced myself" in plain_text(stage.server.seen_by("Owner")[0]))
    assert stage.server.seen_by("Owner")[0]["flags"] & EPHEMERAL


async def test_a_fault_is_a_kind_line_to_the_administrator(
    stage: DiscordStage, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(*given: Any) -> CommunityPreferences:
        raise ValueError(f"nothing for {given}")

    monkeypatch.setattr(CommunitySettings, "read", fail)
    assert "went wrong" in await stage.administrate("show")
    assert stage.server.world.guild_id not in caplog.text
    assert "ValueError" in caplog.text


def channel_option(stage: DiscordStage) -> dict[str, Any]:
    return {"name": "channel", "type": 7, "value": stage.channel["id"]}


def switched(*, on: bool) -> dict[str, Any]:
    return {"name": "on", "type": 5, "value": on}


async def test_posts_in_a_showcase_channel_are_on_neither_side(stage: DiscordStage) -> None:
    await stage.record_channel()
    shown = await stage.administrate("showcase", channel_option(stage), switched(on=True))
    assert "neither side of the share: #general" in shown
    await agree(stage)
    stage.clock.pass_by(hours=1)
    await stage.observe_post(PROMOTION)
    stage.clock.pass_by(hours=1)
    assert "1 in showcase channels" in await stage.dm("balance")
    again = await stage.administrate("showcase", channel_option(stage), switched(on=False))
    assert "neither side of the share: none" in again


async def test_posts_of_an_exempt_role_are_not_counted(stage: DiscordStage) -> None:
    world = stage.server.world
    staff = world.role("Staff")
    world.roles_of[world.person(ANA)["id"]] = [staff["id"]]
    await stage.server.gateway.dispatch(
        "GUILD_ROLE_CREATE", {"guild_id": world.guild_id, "role": staff}, guild_id=world.guild_id
    )
    await stage.record_channel()
    role = {"name": "role", "type": 8, "value": staff["id"]}
    assert "not counted: Staff" in await stage.administrate("exempt-role", role, switched(on=True))
    for person in (ANA, BEA):
        await agree(stage, person)
    stage.clock.pass_by(hours=1)
    for person in (ANA, BEA):
        await stage.observe_post(CHATTER[0], person)
    assert "No record yet" in await stage.dm("balance")
    assert "0 of 1 post" in await stage.dm("balance", BEA)
    await stage.administrate("exempt-role", role, switched(on=False))
    await stage.observe_post(CHATTER[1])
    assert "0 of 1 post" in await stage.dm("balance")


async def test_a_deleted_channel_and_a_deleted_role_leave_the_settings(stage: DiscordStage) -> None:
    guild_id = stage.server.world.guild_id
    role = stage.server.world.role("Staff")
    await stage.server.gateway.dispatch(
        "GUILD_ROLE_CREATE", {"guild_id": guild_id, "role": role}, guild_id=guild_id
    )
    await stage.record_channel()
    await stage.administrate("summary", channel_option(stage))
    await stage.administrate("showcase", channel_option(stage), switched(on=True))
    await stage.administrate(
        "exempt-role", {"name": "role", "type": 8, "value": role["id"]}, switched(on=True)
    )
    await stage.server.gateway.dispatch("CHANNEL_DELETE", stage.channel, guild_id=guild_id)
    await stage.server.gateway.dispatch(
        "GUILD_ROLE_DELETE", {"guild_id": guild_id, "role_id": role["id"]}, guild_id=guild_id
    )
    await stage.settled()
    said = await stage.administrate("show")
    assert "gone" not in said
    assert "Counted channels: none" in said
    assert "The weekly summary goes nowhere yet" in said


async def test_the_bounds_are_set_in_whole_per_cent(stage: DiscordStage) -> None:
    bounds = [{"name": "lower", "type": 4, "value": 10}, {"name": "upper", "type": 4, "value": 25}]
    assert "aim for 10–25%" in await stage.administrate("bounds", *bounds)
    crossed = [{"name": "lower", "type": 4, "value": 30}, {"name": "upper", "type": 4, "value": 25}]
    assert "lower must not be above upper" in await stage.administrate("bounds", *crossed)


async def test_a_rule_switched_off_is_silent_for_everybody(stage: DiscordStage) -> None:
    rule = {"name": "rule", "type": 3, "value": "own-links"}
    assert "switched off: own-links" in await stage.administrate("rule", rule, switched(on=False))
    assert "Mute own-links" not in await stage.command(TWO_OWN_LINKS)
    await stage.administrate("rule", rule, switched(on=True))
    assert "Mute own-links" in await stage.command(TWO_OWN_LINKS)


async def test_nudges_are_off_until_an_administrator_switches_them_on(stage: DiscordStage) -> None:
    assert "ask for them: off" in await stage.administrate("show")
    assert "ask for them: on" in await stage.administrate("nudges", switched(on=True))


async def test_the_summary_is_tested_privately(stage: DiscordStage) -> None:
    await stage.summarise("Monday", 9, "Europe/Lisbon")
    assert "nothing was posted" in await stage.administrate("test-summary")
    assert stage.announced() == []
    assert stage.heard_by(ANA) == []


async def test_one_click_introduces_the_coach_and_offers_to_try_a_draft(stage: DiscordStage) -> None:
    await stage.administrate("introduce", channel_option(stage))
    await stage.server.until(lambda: len(stage.said("Owner")) > 1)
    assert "I introduced myself in #general" in stage.said("Owner")[-1]
    (introduction,) = stage.announced()
    assert "Nobody else sees your draft" in introduction
    post = next(said.payload for said in stage.server.world.messages.values() if said.audience is None)
    opened = await stage.server.press(BEA, post, buttons(post)["Try a draft"])
    await stage.server.until(lambda: opened.modal)
    assert opened.modal is not None
    before = len(stage.server.seen_by(BEA))
    await stage.server.submit(BEA, opened.modal, TWO_OWN_LINKS)
    assert "Mute own-links" in await stage.next_answer(BEA, before)
    assert len(stage.announced()) == 1


async def test_an_introduction_that_discord_refuses_is_told(stage: DiscordStage) -> None:
    stage.server.rest.faults.append(("POST", "/channels/", RefusedError(403, 50013, "Missing Permissions")))
    assert "can't write in #general" in await stage.administrate("introduce", channel_option(stage))
    assert stage.announced() == []
