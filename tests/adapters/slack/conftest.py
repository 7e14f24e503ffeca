"""A real application over a real SQLite file, and the real library against a server on the loopback."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from adapters.slack.client import SlackCoach
from bot.bootstrap import Application, open_application
from bot.settings import DatabaseSettings, PrivacySettings, Settings, SlackSettings
from tests.adapters.conversation.stage import START, StageClock
from tests.adapters.slack.server import shapes
from tests.adapters.slack.server.slack import Slack
from tests.adapters.slack.server.workspace import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET
from tests.adapters.slack.stage import SlackStage

Opened = Callable[..., AbstractAsyncContextManager[Application]]


def pytest_report_header() -> str | None:
    return None if shapes.PRESENT else f"slack: {shapes.ABSENT}"


@pytest.fixture
def clock() -> StageClock:
    return StageClock(START)


@pytest.fixture
async def slack(clock: StageClock) -> AsyncIterator[Slack]:
    server = Slack(clock)
    await server.start()
    yield server
    await server.stop()
    assert server.workspace.problems == []


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as the first start leaves it, to be copied: migrating one for each test takes long."""
    path = tmp_path_factory.mktemp("slack") / "checkpost.sqlite3"

    async def migrate() -> None:
        async with open_application(_settings(path)):
            pass

    asyncio.run(migrate())
    return path


def _settings(path: Path, **slack: Any) -> Settings:
    return Settings(
        database=DatabaseSettings(url=f"sqlite+aiosqlite:///{path}"),
        privacy=PrivacySettings(secret="a secret for tests, long enough"),
        slack=SlackSettings(**slack),
    )


@pytest.fixture
def opened(slack: Slack, clock: StageClock, migrated: Path, tmp_path: Path) -> Opened:
    """Open the application, with changes to Slack's settings."""
    path = tmp_path / "checkpost.sqlite3"
    shutil.copy(migrated, path)

    def open_(**changes: Any) -> AbstractAsyncContextManager[Application]:
        chosen = {
            "enabled": True,
            "bot_token": BOT_TOKEN,
            "app_token": APP_TOKEN,
            "signing_secret": SIGNING_SECRET,
            "api_url": slack.api_url,
            "port": 0,
        } | changes
        return open_application(_settings(path, **chosen), clock)

    return open_


async def at_once(_: float) -> None:
    """Stand in for waiting: the pace between two messages is tested where it is made."""


@asynccontextmanager
async def running(adapter: SlackCoach) -> AsyncIterator[asyncio.Task[None]]:
    """Run an adapter until the block ends, then stop it as the program does."""
    task = asyncio.create_task(adapter.run())
    try:
        yield task
    finally:
        await adapter.close()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@asynccontextmanager
async def staged(slack: Slack, application: Application, clock: StageClock) -> AsyncIterator[SlackStage]:
    """Run the adapter and bring deliveries to it until the block ends."""
    made = SlackStage(slack, application, SlackCoach(application, sleep=at_once), clock)
    async with running(made.adapter):
        await made.until_connected()
        yield made


@pytest.fixture(params=["socket", "http"])
async def stage(
    request: pytest.FixtureRequest, slack: Slack, opened: Opened, clock: StageClock
) -> AsyncIterator[SlackStage]:
    async with opened(mode=request.param) as application, staged(slack, application, clock) as made:
        yield made
