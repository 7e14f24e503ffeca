"""Offers after AutoMod stopped a message: three switches, one direct message, and never its words."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.discord.adapter import DiscordAdapter
from bot.balance.identity import Member
from tests.adapters.conversation.scenes import CLEAN, DISTRESS
from tests.adapters.conversation.stage import ANA, BEA, StageClock
from tests.adapters.discord.conftest import Opened, running
from tests.adapters.discord.server.errors import RefusedError
from tests.adapters.discord.server.server import DiscordServer
from tests.adapters.discord.stage import DiscordStage, buttons
from tests.adapters.discord.test_answering import latest

AUTOMOD, MESSAGE_CONTENT = 1 << 21, 1 << 15
STOPPED = "Only a marzipan-brained idiot like you, Dan, would plant leeks there. You are pathetic."
BLOCK, ALERT, TIMEOUT = 1, 2, 3
MANAGE_SERVER = str(1 << 5)


@pytest.fixture
async def allowed(server: DiscordServer, opened: Opened, clock: StageClock) -> AsyncIterator[DiscordStage]:
    """The operator's switch is on, and nobody else's; the coach was invited to manage the server."""
    manager = server.world.role("Manager")
    manager["permissions"] = MANAGE_SERVER
    server.world.roles_of[server.world.bot["id"]] = [manager["id"]]
    async with opened(automod_offers=True) as application:
        made = DiscordStage(server, application, DiscordAdapter(application), clock)
        async with running(made.adapter):
            await made.until_connected()
            yield made


@pytest.fixture
async def agreed(allowed: DiscordStage) -> DiscordStage:
    """All three switches are on, the member's by Ana."""
    await switch_here(allowed, on=True)
    await allowed.command(CLEAN)
    await allowed.dm("settings")
    assert "experiment" in await allowed.press("Offer help if a filter stops me")
    return allowed


async def switch_here(stage: DiscordStage, *, on: bool) -> str:
    return (await stage.administrate("automod", {"name": "on", "type": 5, "value": on})).text


async def blocked(stage: DiscordStage, by: str = ANA, action: int = BLOCK) -> int:
    """Have AutoMod stop a message; returns how many messages its author got."""
    before = len(stage.said(by))
    await stage.server.block(by, STOPPED, action)
    await stage.settled()
    return len(stage.said(by)) - before


def kept(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())


async def test_who_agreed_gets_one_direct_message_a_day(agreed: DiscordStage) -> None:
    sent = len(agreed.server.rest.requests)
    assert await blocked(agreed) == 1
    assert await blocked(agreed) == 0
    posted = [path for method, path, _ in agreed.server.rest.requests[sent:] if method != "GET"]
    dm = agreed.server.world.dm(agreed.server.world.person(ANA))["id"]
    assert posted == ["/users/@me/channels", f"/channels/{dm}/messages"]
    said = agreed.said()[-1]
    assert "You asked me to offer this" in said
    assert "Stop these" in said
    assert agreed.heard_by(BEA) == []
    agreed.clock.pass_by(hours=23)
    assert await blocked(agreed) == 0
    agreed.clock.pass_by(hours=1)
    assert await blocked(agreed) == 1


async def test_without_the_operators_switch_nothing_is_heard_and_nothing_offered(stage: DiscordStage) -> None:
    await stage.application.community_settings.change(
        f"discord:{stage.server.world.guild_id}", Member("discord", "1"), stage.clock(), blocked_offers=True
    )
    ana = Member("discord", stage.server.world.person(ANA)["id"])
    await stage.application.blocked_offers.switch(ana, on=True)
    assert not stage.server.gateway.identifies[0]["intents"] & AUTOMOD
    assert await blocked(stage) == 0
    assert "filter" not in await stage.dm("settings")
    admin = next(each for each in stage.server.world.commands if each["name"] == "coach-admin")
    assert "automod" not in {option["name"] for option in admin["options"]}
    assert "AutoMod" not in await stage.administrate("show")


async def test_without_the_communitys_switch_nothing_is_sent(agreed: DiscordStage) -> None:
    assert "(experimental): off" in await switch_here(agreed, on=False)
    assert await blocked(agreed) == 0


async def test_without_the_members_consent_nothing_is_sent(agreed: DiscordStage) -> None:
    await agreed.dm("hi", BEA)
    assert await blocked(agreed, BEA) == 0
    await agreed.dm("settings")
    assert "No more" in await agreed.press("No offers when a filter stops me")
    assert await blocked(agreed) == 0


async def test_an_offer_ends_them_with_one_click(agreed: DiscordStage) -> None:
    await blocked(agreed)
    await agreed.press("Stop these")
    agreed.clock.pass_by(days=2)
    assert await blocked(agreed) == 0


async def test_only_a_stopped_message_counts_not_what_else_its_rule_does(agreed: DiscordStage) -> None:
    assert await blocked(agreed, action=ALERT) == 0
    assert await blocked(agreed, action=TIMEOUT) == 0


async def test_the_intent_alone_is_asked_for_and_no_words_with_it(allowed: DiscordStage) -> None:
    (asked,) = allowed.server.gateway.identifies
    assert asked["intents"] & AUTOMOD
    assert not asked["intents"] & MESSAGE_CONTENT


async def test_what_was_stopped_is_in_no_log_no_table_and_nothing_sent(
    agreed: DiscordStage, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await agreed.record_channel()
    assert agreed.server.gateway.identifies[-1]["intents"] & MESSAGE_CONTENT
    caplog.set_level("DEBUG", "adapters")
    assert await blocked(agreed) == 1
    files = kept(tmp_path)
    ana = agreed.server.world.person(ANA)["id"]
    for word in ("marzipan", "pathetic", ana):
        assert word not in caplog.text
        assert word.encode() not in files
    for word in ("marzipan", "pathetic"):
        assert word not in agreed.wire()


async def test_a_closed_door_is_silent(agreed: DiscordStage, caplog: pytest.LogCaptureFixture) -> None:
    agreed.server.rest.faults.append(
        ("POST", "/channels/", RefusedError(403, 50007, "Cannot send messages to this user"))
    )
    assert await blocked(agreed) == 0
    assert caplog.text == ""


async def test_what_is_pasted_is_answered_on_its_tone_without_a_word_of_it(agreed: DiscordStage) -> None:
    await blocked(agreed)
    before = len(agreed.server.rest.requests)
    answer = await agreed.dm(STOPPED)
    assert "How this may come across" in answer
    assert "Leave the person out of it" in answer
    sent = str(agreed.server.rest.requests[before:])
    assert "marzipan" not in sent
    assert "pathetic" not in sent
    assert buttons(latest(agreed)) == {}


async def test_what_has_no_sharp_tone_is_told_so(agreed: DiscordStage) -> None:
    await blocked(agreed)
    assert "Nothing about its tone" in await agreed.dm(CLEAN)


async def test_somebody_in_distress_gets_care(agreed: DiscordStage) -> None:
    await blocked(agreed)
    assert "really hard" in await agreed.dm(DISTRESS)


async def test_half_an_hour_later_a_draft_is_a_draft_again(agreed: DiscordStage) -> None:
    assert "to look at." in await agreed.dm(STOPPED)
    await blocked(agreed)
    agreed.clock.pass_by(minutes=31)
    assert "to look at." in await agreed.dm(STOPPED)


async def test_forgetting_ends_the_offers_and_the_export_tells_of_them(agreed: DiscordStage) -> None:
    ana = Member("discord", agreed.server.world.person(ANA)["id"])
    await blocked(agreed)
    told = (await agreed.application.privacy.export(ana))["offers_when_a_filter_stops_a_message"]
    assert told == {"sent_last": agreed.clock().isoformat()}
    await agreed.dm("forget me")
    agreed.clock.pass_by(days=2)
    assert await blocked(agreed) == 0
    assert not await agreed.application.blocked_offers.awaited(ana, agreed.clock() - timedelta(days=2))


async def test_a_server_the_coach_may_not_manage_is_told_why_nothing_would_come(
    server: DiscordServer, opened: Opened, clock: StageClock
) -> None:
    async with opened(automod_offers=True) as application:
        stage = DiscordStage(server, application, DiscordAdapter(application), clock)
        async with running(stage.adapter):
            await stage.until_connected()
            assert "separate invitation" in await switch_here(stage, on=True)
            assert "(experimental): off" in await stage.administrate("show")
