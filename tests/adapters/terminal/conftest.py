from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.bootstrap import Application, open_application
from bot.settings import DatabaseSettings, PrivacySettings, Settings
from tests.adapters.conversation.stage import START, StageClock
from tests.adapters.terminal.stage import TerminalStage


@pytest.fixture
def clock() -> StageClock:
    return StageClock(START)


@pytest.fixture
async def application(clock: StageClock, tmp_path: Path) -> AsyncIterator[Application]:
    settings = Settings(
        database=DatabaseSettings(url=f"sqlite+aiosqlite:///{tmp_path / 'checkpost.sqlite3'}"),
        privacy=PrivacySettings(secret="a secret for tests, long enough"),
    )
    async with open_application(settings, clock) as opened:
        yield opened


@pytest.fixture
async def stage(application: Application, clock: StageClock) -> AsyncIterator[TerminalStage]:
    made = TerminalStage(application, clock)
    yield made
    await made.close()
