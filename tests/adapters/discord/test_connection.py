"""Losing the connection and finding it again."""

import pytest

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
