"""Nudges, as a member gets them."""

import pytest

from tests.adapters.conversation.scenes import CHATTER, PROMOTION, agree
from tests.adapters.conversation.stage import BEA
from tests.adapters.discord.server.errors import RefusedError
from tests.adapters.discord.stage import DiscordStage, buttons
from tests.adapters.discord.test_answering import latest


async def drifted(stage: DiscordStage) -> None:
    """Let Ana promote more than she aims for, in a community that allows nudges, and ask for them."""
    await stage.record_channel()
    await stage.administrate("nudges", {"name": "on", "type": 5, "value": True})
    await agree(stage)
    for text in (*CHATTER[:9], PROMOTION, f"{PROMOTION} and the second one, too"):
        stage.clock.pass_by(hours=1)
        await stage.observe_post(text)
    await stage.dm("settings")
    await stage.press("Give me nudges")
    await stage.dm("nudges quiet 0-0")
    stage.clock.pass_by(hours=1)


async def nudge(stage: DiscordStage) -> int:
    """Let the adapter look whom to nudge; returns how many messages Ana got."""
    client = stage.adapter._client
    assert client is not None
    before = len(stage.said())
    await client.nudge()
    return len(stage.said()) - before


async def test_a_nudge_is_a_direct_message_with_a_way_to_end_it(stage: DiscordStage) -> None:
    await drifted(stage)
    assert await nudge(stage) == 1
    said = stage.said()[-1]
    assert "You asked me to mention this" in said
    assert "of 11 posts" in said
    assert "breach" not in said
    assert stage.heard_by(BEA) == []
    assert await nudge(stage) == 0
    assert "No more of these" in await stage.press("Stop these")
    stage.clock.pass_by(days=8)
    assert await nudge(stage) == 0


async def test_a_reaction_keeps_them_coming(stage: DiscordStage) -> None:
    await drifted(stage)
    await nudge(stage)
    await stage.press("Show my balance")
    stage.clock.pass_by(days=8)
    assert await nudge(stage) == 1
    assert "Stop these" in buttons(latest(stage))


@pytest.mark.parametrize("code", [50007, 50278], ids=["wants none", "no server in common"])
async def test_a_closed_door_is_no_fault(
    stage: DiscordStage, caplog: pytest.LogCaptureFixture, code: int
) -> None:
    await drifted(stage)
    stage.server.rest.faults.append(
        ("POST", "/channels/", RefusedError(403, code, "Cannot send messages to this user"))
    )
    assert await nudge(stage) == 0
    assert "failed" not in caplog.text


async def test_nobody_is_nudged_unasked(stage: DiscordStage) -> None:
    await drifted(stage)
    await stage.dm("nudges off")
    assert await nudge(stage) == 0
