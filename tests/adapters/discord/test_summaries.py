"""Posting a week once, and finding it again."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest

from adapters.discord.markup import units
from adapters.discord.summaries import words
from adapters.kit.protocol import AdapterError
from bot.balance.balance import Balance
from bot.balance.identity import Member
from bot.summaries.chart import Bar, Chart
from bot.summaries.digest import Digest
from bot.summaries.summary import Kudos, Summary
from tests.adapters.discord.server import payloads
from tests.adapters.discord.server.errors import RefusedError
from tests.adapters.discord.server.ids import snowflake
from tests.adapters.discord.server.world import Said
from tests.adapters.discord.stage import DiscordStage

SUMMARY = Summary(
    "discord:1",
    "2026-W42",
    "A good week in the garden",
    ("12 members wrote 80 posts. @everyone",),
    "Ask a question. [Tip 4]",
)
MARKER = "Checkpost 2026-W42"


async def test_a_summary_pings_nobody_and_can_be_found(stage: DiscordStage) -> None:
    channel = stage.channel["id"]
    assert await stage.adapter.find(channel, MARKER) is False
    await stage.adapter.post(channel, SUMMARY, MARKER)
    assert await stage.adapter.find(channel, MARKER) is True
    assert await stage.adapter.find(channel, "Checkpost 2026-W43") is False
    (said,) = [each for each in stage.server.world.messages.values() if each.audience is None]
    assert said.pinged == []
    assert "\\@everyone" in said.payload["content"]


async def test_posting_again_within_minutes_is_recognised_by_discord(stage: DiscordStage) -> None:
    for _ in range(2):
        await stage.adapter.post(stage.channel["id"], SUMMARY, MARKER)
    assert len(stage.announced()) == 1
    requested = [body for method, path, body in stage.server.rest.requests if method == "POST"]
    assert all(body["enforce_nonce"] and len(body["nonce"]) <= 25 for body in requested)


async def test_an_old_summary_is_not_looked_for_for_ever(stage: DiscordStage) -> None:
    await stage.adapter.post(stage.channel["id"], SUMMARY, MARKER)
    stage.clock.pass_by(days=30)
    await stage.adapter.post(stage.channel["id"], SUMMARY, "Checkpost 2026-W46")
    before = len(stage.server.rest.requests)
    assert await stage.adapter.find(stage.channel["id"], "Checkpost 2026-W45") is False
    assert len(stage.server.rest.requests) == before + 1


async def test_a_marker_lost_in_a_busy_channel_leaves_it_open(
    stage: DiscordStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.discord.summaries.MOST_READ", 5)
    for number in range(8):
        await stage.server.post("Ana", stage.channel, f"message {number}")
    assert await stage.adapter.find(stage.channel["id"], MARKER) is None


async def test_somebody_elses_message_with_the_marker_is_not_ours(stage: DiscordStage) -> None:
    channel = stage.channel["id"]
    message = payloads.message(
        channel, stage.server.world.person("Ana"), f"look: {MARKER}", id=snowflake(stage.clock())
    )
    stage.server.world.messages[message["id"]] = Said(message, None, {})
    assert await stage.adapter.find(channel, MARKER) is False


async def test_a_channel_that_may_not_be_read_leaves_it_open(stage: DiscordStage) -> None:
    hidden = {"id": stage.server.world.guild_id, "type": 0, "allow": "0", "deny": str(1 << 16)}
    stage.channel["permission_overwrites"] = [hidden]
    await stage.server.gateway.dispatch("CHANNEL_UPDATE", stage.channel, guild_id=stage.server.world.guild_id)
    await stage.settled()
    assert await stage.adapter.find(stage.channel["id"], MARKER) is None


async def test_an_unknown_channel_leaves_it_open(stage: DiscordStage) -> None:
    stage.server.rest.faults.append(("GET", "/channels/", RefusedError(404, 10003, "Unknown Channel")))
    assert await stage.adapter.find("123456789012345678", MARKER) is None


@pytest.mark.parametrize(
    "refused", [RefusedError(403, 50013, "Missing Permissions"), RefusedError(404, 10003, "Unknown Channel")]
)
async def test_a_refusal_says_what_to_do(stage: DiscordStage, refused: RefusedError) -> None:
    stage.server.rest.faults.append(("POST", "/channels/", refused))
    with pytest.raises(AdapterError, match="/coach-admin summary"):
        await stage.adapter.post(stage.channel["id"], SUMMARY, MARKER)


async def test_a_fault_of_discords_is_no_certain_refusal(stage: DiscordStage) -> None:
    stage.server.rest.faults.append(("POST", "/channels/", RefusedError(503, 0, "Service Unavailable")))
    with pytest.raises(Exception) as caught:  # noqa: PT011 - anything but a certain refusal
        await stage.adapter.post(stage.channel["id"], SUMMARY, MARKER)
    assert not isinstance(caught.value, AdapterError)


async def test_a_stopped_adapter_refuses_for_certain(stage: DiscordStage) -> None:
    await stage.adapter.close()
    with pytest.raises(AdapterError, match="not connected"):
        await stage.adapter.post(stage.channel["id"], SUMMARY, MARKER)


async def test_a_very_long_summary_still_fits(stage: DiscordStage) -> None:
    long = Summary(
        "discord:1", "2026-W42", "A long week", tuple("Something happened. " * 20 for _ in range(10))
    )
    await stage.adapter.post(stage.channel["id"], long, MARKER)
    assert await stage.adapter.find(stage.channel["id"], MARKER) is True


async def test_the_chart_is_an_image_with_everything_it_shows_in_words(stage: DiscordStage) -> None:
    chart = Chart((Bar("W41", None), Bar("W42", 12)), 5, 10)
    summary = Summary("discord:1", "2026-W42", "A week", ("About 80 posts.",), None, chart)
    await stage.adapter.post(stage.channel["id"], summary, MARKER)
    (body,) = [body for method, _, body in stage.server.rest.requests if method == "POST"]
    ((name, content),) = body["files"]
    assert content.startswith(b"\x89PNG")
    (embed,) = body["embeds"]
    assert embed["image"]["url"] == f"attachment://{name}"
    assert embed["footer"]["text"] == chart.alternative
    assert body["attachments"][0]["description"] == chart.alternative
    assert await stage.adapter.find(stage.channel["id"], MARKER) is True


async def test_who_is_named_is_not_pinged(stage: DiscordStage) -> None:
    ana = stage.server.world.person("Ana")["id"]
    kudos = (Kudos(Member("discord", ana), "answered 9 questions"),)
    summary = Summary("discord:1", "2026-W42", "A week", ("About 80 posts.",), kudos=kudos)
    await stage.adapter.post(stage.channel["id"], summary, MARKER)
    (said,) = [each for each in stage.server.world.messages.values() if each.audience is None]
    assert f"<@{ana}> answered 9 questions" in said.payload["content"]
    assert said.pinged == []


async def test_a_digest_comes_by_direct_message_and_says_how_to_end_it(stage: DiscordStage) -> None:
    ana = stage.server.world.person("Ana")["id"]
    band = (Fraction(1, 20), Fraction(1, 10))
    balance = Balance(28, datetime(2026, 11, 17, tzinfo=UTC), 20, 0, 0, 0, 2, 18, 0, *band)
    await stage.adapter.send_digest(Member("discord", ana), Digest(balance, None))
    (said,) = [
        each for each in stage.server.world.messages.values() if "Your week" in each.payload["content"]
    ]
    assert "digest off" in said.payload["content"]
    assert said.audience == {ana}
    refused = RefusedError(403, 50007, "Cannot send messages to this user")
    stage.server.rest.faults.append(("POST", "/channels/", refused))
    with pytest.raises(AdapterError, match="403"):
        await stage.adapter.send_digest(Member("discord", ana), Digest(balance, None))


def test_the_marker_stands_early_and_small() -> None:
    said = words(SUMMARY, MARKER)
    assert said.splitlines()[1] == f"-# {MARKER}"
    assert units(said) < 2000
