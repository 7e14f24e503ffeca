"""`checkpost run`, as far as it goes without a platform."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.bootstrap import Application, database_url, open_application, secret
from bot.commands.keeping import Platforms
from bot.commands.run import marked_live
from bot.settings import DatabaseSettings, PrivacySettings, Settings
from bot.storage.database import Database
from tests.commands.test_keeping import FakeAdapter


@pytest.fixture
async def application(tmp_path: Path) -> AsyncIterator[Application]:
    settings = Settings(
        database=DatabaseSettings(url=f"sqlite+aiosqlite:///{tmp_path / 'record.sqlite3'}"),
        privacy=PrivacySettings(secret="a secret for tests, long enough"),
    )
    async with open_application(settings) as opened:
        yield opened


async def is_live(settings: Settings) -> bool:
    database = await Database.open(database_url(settings), secret(settings))
    try:
        return await database.is_live()
    finally:
        await database.close()


async def test_a_database_is_live_once_a_platform_is_reached_and_not_before(application: Application):
    adapter = FakeAdapter("discord", [])
    task = asyncio.create_task(marked_live(application, Platforms(["discord"], lambda _: adapter)))
    await asyncio.sleep(0.3)
    assert not await is_live(application.settings)
    adapter.serving = True
    await asyncio.sleep(0.5)
    assert await is_live(application.settings)
    assert not task.done()
    task.cancel()


def test_a_run_that_reaches_no_platform_leaves_no_mark(checkpost, monkeypatch, tmp_path):
    monkeypatch.setenv("CHECKPOST_DISCORD__ENABLED", "true")
    monkeypatch.setenv("CHECKPOST_DISCORD__TOKEN", "MTIz.abc.def")
    monkeypatch.setenv("CHECKPOST_DISCORD__API_URL", "http://127.0.0.1:9/api/v10")
    monkeypatch.setenv("CHECKPOST_PRIVACY__SECRET", "a secret for tests, long enough")
    ran = checkpost("run")
    assert ran.status == 2
    (file,) = tmp_path.rglob("checkpost.sqlite3")
    settings = Settings(
        database=DatabaseSettings(url=f"sqlite+aiosqlite:///{file}"),
        privacy=PrivacySettings(secret="a secret for tests, long enough"),
    )
    assert not asyncio.run(is_live(settings))
