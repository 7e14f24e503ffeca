"""What the adapter does about the time it was away."""

from typing import Any

import aiohttp
import discord
import pytest

from adapters.discord import archives, catching_up
from bot.balance.identity import Member
from tests.adapters.conversation.scenes import CHATTER, PROMOTION
from tests.adapters.conversation.stage import ANA, BEA, StageClock
from tests.adapters.discord.absence import connected, posts_of, until, until_counted
from tests.adapters.discord.conftest import Opened
from tests.adapters.discord.server.errors import RefusedError
from tests.adapters.discord.server.server import DiscordServer
from tests.adapters.discord.stage import DiscordStage, eventually


async def test_what_was_posted_while_the_program_was_away_is_counted_once(
    server: DiscordServer, prepared: Opened, clock: StageClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "adapters.discord.catching_up")
    async with connected(server, prepared, clock) as stage:
        await stage.observe_post(CHATTER[0])
    clock.pass_by(hours=1)
    for text in CHATTER[1:4]:
        await server.post(ANA, server.world.channel("general"), text)
        clock.pass_by(minutes=1)
    thread = server.world.thread("pears", server.world.channel("help"), server.world.person(BEA))
    await server.post(ANA, thread, CHATTER[5])
    async with connected(server, prepared, clock) as stage:
        await until_counted(stage, 5)
    assert "catching up: 2 of 2 channels and threads, 4 posts read" in caplog.text
    assert CHATTER[1] not in caplog.text
    async with connected(server, prepared, clock) as stage:
        await eventually(stage.adapter.connected)
        assert await posts_of(stage) == 5


async def test_threads_archived_meanwhile_are_read_where_somebody_wrote(
    server: DiscordServer, prepared: Opened, clock: StageClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "adapters.discord.catching_up")
    world, bea = server.world, server.world.person(BEA)
    before = world.thread("before", world.channel("general"), bea)
    untouched = world.thread("untouched", world.channel("general"), bea)
    woken = world.thread("woken", world.channel("general"), bea)
    answered = world.thread("pears", world.channel("help"), bea)
    await server.post(ANA, before, CHATTER[6])
    await server.post(ANA, untouched, CHATTER[7])
    world.archive(before, clock())
    async with connected(server, prepared, clock) as stage:
        await until_counted(stage, 2)
        clock.pass_by(hours=1)
        await stage.observe_post(CHATTER[0])
    clock.pass_by(hours=1)
    await server.post(ANA, woken, CHATTER[1])
    await server.post(ANA, answered, CHATTER[2])
    clock.pass_by(hours=2)
    for thread in (untouched, woken, answered):  # all archived meanwhile, but nobody wrote in the first
        world.archive(thread, clock())
    caplog.clear()
    async with connected(server, prepared, clock) as stage:
        await until_counted(stage, 5)
    assert "3 of 3 channels and threads" in caplog.text
    read = [path for _, path, _ in server.rest.requests if path.endswith("/messages")]
    assert f"/channels/{woken['id']}/messages" in read
    assert read.count(f"/channels/{before['id']}/messages") == 1


async def test_archived_threads_are_bounded_in_number(
    server: DiscordServer, prepared: Opened, clock: StageClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "MOST_THREADS", 2)
    for number in range(4):
        clock.pass_by(minutes=1)
        thread = server.world.thread(f"t{number}", server.world.channel("help"), server.world.person(BEA))
        await server.post(ANA, thread, CHATTER[number])
        server.world.archive(thread, clock())
    async with connected(server, prepared, clock) as stage:
        await until_counted(stage, 2)
        await stage.settled()
        assert await posts_of(stage) == 2


async def test_archives_that_may_not_be_read_keep_nothing_else_from_being_caught_up(
    server: DiscordServer, prepared: Opened, clock: StageClock, caplog: pytest.LogCaptureFixture
) -> None:
    general = server.world.channel("general")
    refused = RefusedError(403, 50001, "Missing Access")
    server.rest.faults.append(("GET", f"/channels/{general['id']}/threads", refused))
    await server.post(ANA, general, CHATTER[0])
    async with connected(server, prepared, clock) as stage:
        await until_counted(stage, 1)
    assert "looking for archived threads failed: Forbidden" in caplog.text


async def test_a_post_edited_meanwhile_counts_as_it_stands_now(
    server: DiscordServer, prepared: Opened, clock: StageClock
) -> None:
    clock.pass_by(hours=1)
    message = await server.post(ANA, server.world.channel("general"), CHATTER[1])
    clock.pass_by(minutes=5)
    await server.edit(message, PROMOTION, clock().isoformat())
    async with connected(server, prepared, clock) as stage:
        await until_counted(stage, 1)
        assert "1 of 1 post" in await stage.dm("balance")


@pytest.fixture
async def staffed(server: DiscordServer, prepared: Opened, clock: StageClock) -> Opened:
    """Ana has a role whose posts are not counted, and wrote, as others did, while nobody was connected."""
    world, staff = server.world, server.world.role("Staff")
    world.roles_of[world.person(ANA)["id"]] = [staff["id"]]
    async with prepared() as application:
        await application.community_settings.change(
            f"discord:{world.guild_id}", Member("discord", "1"), clock(), exempt_roles=[staff["id"]]
        )
    for person in (ANA, "Stranger", BEA):
        await server.post(person, world.channel("general"), CHATTER[0])
    return prepared


async def counted(stage: DiscordStage, by: str) -> None:
    await until_counted(stage, 1, by)


async def test_posts_of_an_exempt_role_are_not_counted_afterwards_either(
    server: DiscordServer, staffed: Opened, clock: StageClock
) -> None:
    async with connected(server, staffed, clock) as stage:
        await counted(stage, BEA)
        assert await posts_of(stage, ANA) == 0
    stranger = server.world.person("Stranger")["id"]
    assert not any(path.endswith(f"/members/{stranger}") for _, path, _ in server.rest.requests)


async def test_where_discord_does_not_tell_the_roles_posts_are_read_after_the_next_start(
    server: DiscordServer, staffed: Opened, clock: StageClock, caplog: pytest.LogCaptureFixture
) -> None:
    hers = f"/guilds/{server.world.guild_id}/members/{server.world.person(ANA)['id']}"
    server.rest.faults.append(("GET", hers, RefusedError(501, 0, "Not Implemented")))
    async with connected(server, staffed, clock) as stage:
        await eventually(lambda: "catching up with a channel failed" in caplog.text)
        await stage.settled()
        assert await posts_of(stage, ANA) == await posts_of(stage, BEA) == 0
    async with connected(server, staffed, clock) as stage:
        await counted(stage, BEA)
        assert await posts_of(stage, ANA) == 0


async def test_a_long_absence_is_bounded_in_posts(
    server: DiscordServer, prepared: Opened, clock: StageClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catching_up, "MOST_POSTS", 2)
    for text in CHATTER[:5]:
        clock.pass_by(minutes=1)
        await server.post(ANA, server.world.channel("general"), text)
    async with connected(server, prepared, clock) as stage:
        await until_counted(stage, 2)


async def test_a_channel_that_may_not_be_read_keeps_nothing_else_from_being_caught_up(
    server: DiscordServer, prepared: Opened, clock: StageClock
) -> None:
    refused = RefusedError(403, 50001, "Missing Access")
    server.rest.faults.append(("GET", f"/channels/{server.world.channel('general')['id']}/messages", refused))
    thread = server.world.thread("pears", server.world.channel("help"), server.world.person(BEA))
    await server.post(ANA, thread, CHATTER[5])
    async with connected(server, prepared, clock) as stage:
        await until_counted(stage, 1)


async def test_what_could_not_be_read_is_read_after_the_next_start(
    server: DiscordServer, prepared: Opened, clock: StageClock, caplog: pytest.LogCaptureFixture
) -> None:
    general = server.world.channel("general")
    await server.post(ANA, general, CHATTER[0])
    clock.pass_by(hours=1)
    broken = RefusedError(400, 0, "Bad Request")  # after a 500 the library itself waits and tries again
    server.rest.faults.append(("GET", f"/channels/{general['id']}/messages", broken))
    async with connected(server, prepared, clock) as stage:
        await eventually(lambda: "catching up with a channel failed" in caplog.text)
        await stage.observe_post(CHATTER[1])
        assert await posts_of(stage) == 1
    async with connected(server, prepared, clock) as stage:
        await until_counted(stage, 2)


async def test_a_connection_that_breaks_keeps_no_other_channel_from_being_caught_up(
    server: DiscordServer, prepared: Opened, clock: StageClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = discord.TextChannel.history

    def broken(channel: discord.TextChannel, **asked: Any) -> Any:
        if channel.name == "general":
            raise aiohttp.ServerDisconnectedError
        return history(channel, **asked)

    monkeypatch.setattr(discord.TextChannel, "history", broken)
    await server.post(ANA, server.world.channel("general"), CHATTER[0])
    thread = server.world.thread("pears", server.world.channel("help"), server.world.person(BEA))
    await server.post(ANA, thread, CHATTER[5])
    async with connected(server, prepared, clock) as stage:
        await until_counted(stage, 1)
    monkeypatch.setattr(discord.TextChannel, "history", history)
    async with connected(server, prepared, clock) as stage:
        await until_counted(stage, 2)


async def test_a_session_that_cannot_be_resumed_is_caught_up_with(
    server: DiscordServer, prepared: Opened, clock: StageClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def at_once(shard_id: int | None, *, initial: bool = False) -> None:
        del shard_id, initial  # Discord wants five seconds between two beginnings; the test does not

    async with connected(server, prepared, clock) as stage:
        monkeypatch.setattr(stage.adapter._client, "before_identify_hook", at_once)
        await stage.observe_post(CHATTER[0])
        # posted while nobody is connected, so that only reading the channel can find it
        await server.gateway.drop()
        server.gateway.sessions.clear()
        clock.pass_by(minutes=5)
        await server.post(ANA, server.world.channel("general"), CHATTER[1])
        await stage.until_connected(identifies=2)
        await until_counted(stage, 2)


async def test_a_server_that_was_out_of_order_is_caught_up_with(
    server: DiscordServer, prepared: Opened, clock: StageClock
) -> None:
    async with connected(server, prepared, clock) as stage:
        for person in (ANA, BEA):
            await stage.observe_post(CHATTER[0], person)
        await server.out_of_order()
        clock.pass_by(minutes=5)
        await server.post(ANA, server.world.channel("general"), CHATTER[1])
        server.world.left.add(server.world.person(BEA)["id"])
        await server.in_order()

        async def caught_up() -> bool:
            return (await posts_of(stage), await posts_of(stage, BEA)) == (2, 0)

        await until(caught_up)


async def test_a_server_that_is_out_of_order_at_the_start_is_caught_up_with_later(
    server: DiscordServer, prepared: Opened, clock: StageClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    ready: list[int] = []
    catch_up = catching_up.CatchingUp.after_connecting

    async def noted(self: catching_up.CatchingUp, shard_id: int) -> None:
        await catch_up(self, shard_id)
        ready.append(shard_id)

    monkeypatch.setattr(catching_up.CatchingUp, "after_connecting", noted)
    server.world.out_of_order.add(server.world.guild_id)
    await server.post(ANA, server.world.channel("general"), CHATTER[0])
    async with connected(server, prepared, clock) as stage:
        await eventually(lambda: bool(ready))
        await server.in_order()
        await until_counted(stage, 1)
