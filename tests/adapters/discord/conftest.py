"""A real application over a real SQLite file, and the real library against a server on the loopback."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from adapters.discord.adapter import DiscordAdapter
from bot.balance.identity import Member
from bot.bootstrap import Application, open_application
from bot.settings import DatabaseSettings, DiscordSettings, PrivacySettings, Settings
from tests.adapters.conversation.stage import ANA, BEA, START, StageClock
from tests.adapters.discord.server.server import TOKEN, DiscordServer
from tests.adapters.discord.stage import DiscordStage

FORUM = 15


@pytest.fixture
def clock() -> StageClock:
    return StageClock(START)


@pytest.fixture
async def server(clock: StageClock) -> AsyncIterator[DiscordServer]:
    async with DiscordServer(clock=clock) as running:
        yield running


Opened = Callable[..., AbstractAsyncContextManager[Application]]


@pytest.fixture
def opened(server: DiscordServer, clock: StageClock, tmp_path: Path) -> Opened:
    """Open the application, with changes to Discord's settings."""

    def open_(**changes: Any) -> AbstractAsyncContextManager[Application]:
        discord = {"enabled": True, "token": TOKEN, "api_url": server.api_url} | changes
        settings = Settings(
            database=DatabaseSettings(url=f"sqlite+aiosqlite:///{tmp_path / 'checkpost.sqlite3'}"),
            privacy=PrivacySettings(secret="a secret for tests, long enough"),
            discord=DiscordSettings(**discord),
        )
        return open_application(settings, clock)

    return open_


@pytest.fixture
async def application(opened: Opened) -> AsyncIterator[Application]:
    async with opened() as application:
        yield application


@asynccontextmanager
async def running(adapter: DiscordAdapter) -> AsyncIterator[asyncio.Task[None]]:
    """Run an adapter until the block ends, then stop it as the program does."""
    task = asyncio.create_task(adapter.run())
    try:
        yield task
    finally:
        await adapter.close()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
async def stage(
    server: DiscordServer, application: Application, clock: StageClock
) -> AsyncIterator[DiscordStage]:
    made = DiscordStage(server, application, DiscordAdapter(application), clock)
    async with running(made.adapter):
        await made.until_connected()
        yield made


@pytest.fixture
async def prepared(server: DiscordServer, opened: Opened, clock: StageClock) -> Opened:
    """A server that has #general and #help recorded, with Ana and Bea agreed; nobody is connected yet."""
    chosen = [server.world.channel("general")["id"], server.world.channel("help", FORUM)["id"]]
    async with opened() as application:
        await application.community_settings.change(
            f"discord:{server.world.guild_id}", Member("discord", "1"), clock(), recorded_channels=chosen
        )
        for person in (ANA, BEA):
            await application.consents.grant(Member("discord", server.world.person(person)["id"]), clock())
    clock.pass_by(hours=1)
    return opened
