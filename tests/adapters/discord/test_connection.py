"""Losing the connection and finding it again."""

import asyncio
import threading

import pytest
from discord.gateway import KeepAliveHandler

from adapters.discord.adapter import DiscordAdapter
from adapters.discord.client import CoachClient
from bot.balance.identity import Member
from bot.bootstrap import Application
from tests.adapters.conversation.stage import StageClock
from tests.adapters.discord.conftest import Opened, running
from tests.adapters.discord.server.server import DiscordServer
from tests.adapters.discord.stage import DiscordStage, eventually


async def test_a_lost_connection_is_resumed(stage: DiscordStage) -> None:
    await stage.server.gateway.drop()
    await stage.server.gateway.wait(lambda: stage.server.gateway.resumes == 1)
    await stage.until_connected()
    assert "Checkpost" in await stage.dm("hi")
    assert len(stage.server.gateway.identifies) == 1


async def test_a_session_that_is_gone_is_begun_anew(
    stage: DiscordStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = stage.adapter._client
    assert client is not None

    async def at_once(shard_id: int | None, *, initial: bool = False) -> None:
        del shard_id, initial  # Discord wants five seconds between two beginnings; the test does not

    monkeypatch.setattr(client, "before_identify_hook", at_once)
    await stage.server.gateway.forget_sessions()
    await stage.until_connected(identifies=2)
    assert "Checkpost" in await stage.dm("hi")


async def test_being_told_to_reconnect_is_followed(stage: DiscordStage) -> None:
    socket = stage.server.gateway.connected()[0].socket
    assert socket is not None
    await socket.send_json({"op": 7, "d": None, "s": None, "t": None})
    await stage.server.gateway.wait(lambda: stage.server.gateway.resumes == 1)
    await stage.until_connected()
    assert "Checkpost" in await stage.dm("hi")


async def test_a_connection_that_died_unnoticed_is_resumed(
    server: DiscordServer, application: Application, clock: StageClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.gateway.heartbeat_ms = 50
    stage = DiscordStage(server, application, DiscordAdapter(application), clock)
    async with running(stage.adapter):
        await stage.until_connected()
        for thread in heartbeats():
            monkeypatch.setattr(thread, "heartbeat_timeout", 0.2)
        server.gateway.silent = True
        server.gateway.heartbeat_ms = 41_250
        await server.gateway.wait(lambda: server.gateway.resumes == 1)
        server.gateway.silent = False
        await stage.until_connected()
        assert "Checkpost" in await stage.dm("hi")
    assert len(server.gateway.identifies) == 1


async def test_health_follows_the_connection(stage: DiscordStage) -> None:
    assert stage.adapter.connected()
    stage.server.gateway.hello_after = 0.1
    await stage.server.gateway.drop()
    await eventually(lambda: not stage.adapter.connected())
    await eventually(stage.adapter.connected)


async def test_closing_twice_does_no_harm(stage: DiscordStage) -> None:
    await stage.adapter.close()
    await stage.adapter.close()
    assert not stage.adapter.connected()


def heartbeats() -> list[KeepAliveHandler]:
    return [thread for thread in threading.enumerate() if isinstance(thread, KeepAliveHandler)]


async def waiting_to_begin() -> None:
    """Wait until the library waits out the five seconds that Discord wants between two beginnings."""
    await eventually(lambda: any(thread.ws.session_id is None for thread in heartbeats()))


async def test_closing_while_a_session_is_begun_anew_leaves_no_heartbeat(stage: DiscordStage) -> None:
    await stage.server.gateway.forget_sessions()
    await waiting_to_begin()
    async with asyncio.timeout(2):
        await stage.adapter.close()
        await eventually(lambda: not heartbeats())
    assert len(stage.server.gateway.identifies) == 1


async def test_closing_while_the_next_shard_waits_its_turn_ends_at_once(
    opened: Opened, server: DiscordServer
) -> None:
    async with opened(shard_count=2) as application:
        adapter = DiscordAdapter(application)
        task = asyncio.create_task(adapter.run())
        await server.gateway.wait(lambda: len(server.gateway.identifies) == 1)
        await waiting_to_begin()
        async with asyncio.timeout(2):
            await adapter.close()
            await task
            await eventually(lambda: not heartbeats())
    assert [asked["shard"] for asked in server.gateway.identifies] == [[0, 2]]


async def test_the_first_recorded_channel_is_followed_while_shards_wait_their_turn(
    opened: Opened, server: DiscordServer, clock: StageClock
) -> None:
    async with opened(shard_count=2) as application:
        adapter = DiscordAdapter(application)
        async with running(adapter):
            await server.gateway.wait(lambda: len(server.gateway.identifies) == 1)
            await waiting_to_begin()
            await application.community_settings.change(
                f"discord:{server.world.guild_id}", Member("discord", "1"), clock(), recorded_channels=["2"]
            )
            client = adapter._client
            assert isinstance(client, CoachClient)
            client.recording_changed(int(server.world.guild_id))
            await server.gateway.wait(lambda: len(server.gateway.identifies) == 2)
    assert server.gateway.identifies[1]["shard"] == [0, 2]
    assert server.gateway.identifies[1]["intents"] & 1 << 15
