"""`checkpost run` as an operator runs it: a process of its own, killed at will."""

import asyncio
import signal
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.balance.identity import Member
from bot.bootstrap import open_application
from bot.settings import DatabaseSettings, PrivacySettings, Settings
from tests.adapters.conversation.scenes import CHATTER, CLEAN
from tests.adapters.conversation.stage import ANA
from tests.adapters.discord import processes
from tests.adapters.discord.processes import SECRET, until_counted
from tests.adapters.discord.server.server import DiscordServer
from tests.adapters.discord.stage import plain_text


@pytest.fixture
async def server() -> AsyncIterator[DiscordServer]:
    """A server on the real clock, which the process goes by."""
    async with DiscordServer() as running:
        running.world.channel("general")
        yield running


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    url = f"sqlite+aiosqlite:///{tmp_path / 'checkpost.sqlite3'}"
    return Settings(database=DatabaseSettings(url=url), privacy=PrivacySettings(secret=SECRET))


Started = Callable[..., Any]


@pytest.fixture
def started(server: DiscordServer, settings: Settings, tmp_path: Path) -> Started:
    return partial(processes.started, server, settings, tmp_path)


async def connected(server: DiscordServer) -> None:
    await server.gateway.wait(server.gateway.connected)


async def test_a_refused_token_ends_in_one_line_and_status_two(started: Started) -> None:
    async with started(CHECKPOST_DISCORD__TOKEN="wrong") as process:
        output, errors = await asyncio.wait_for(process.communicate(), 30)
    said = (output + errors).decode().strip().splitlines()
    assert process.returncode == 2
    assert len(said) == 1
    assert "discord.token is refused" in said[0]


async def test_it_answers_and_stops_cleanly_when_told_to(started: Started, server: DiscordServer) -> None:
    async with started() as process:
        await connected(server)
        await server.dm(ANA, CLEAN)
        await server.until(lambda: server.seen_by(ANA))
        process.send_signal(signal.SIGTERM)
        output, errors = await asyncio.wait_for(process.communicate(), 30)
    assert process.returncode == 0
    assert "Traceback" not in (output + errors).decode()
    assert CLEAN not in (output + errors).decode()
    assert "Reads well" in plain_text(server.seen_by(ANA)[0])


async def test_what_is_committed_survives_a_kill_and_is_counted_once(
    started: Started, server: DiscordServer, settings: Settings
) -> None:
    member = Member("discord", server.world.person(ANA)["id"])
    channel = server.world.channel("general")
    async with open_application(settings) as application:
        await application.community_settings.change(
            f"discord:{server.world.guild_id}", member, datetime.now(UTC), recorded_channels=[channel["id"]]
        )
        await application.consents.grant(member, datetime.now(UTC))
    messages: list[dict[str, Any]] = []
    for texts in (CHATTER[:4], CHATTER[4:8]):
        async with started() as process:
            await connected(server)
            for message in messages:
                await server.repeat("MESSAGE_CREATE", message)
            messages += [await server.post(ANA, channel, text) for text in texts]
            await until_counted(settings, member, len(messages))
            process.kill()
            await process.wait()
        server.gateway.sessions.clear()
    async with open_application(settings) as application:
        balance = await application.show_balance(member, None, datetime.now(UTC))
        assert balance is not None
        assert balance.posts == 8
