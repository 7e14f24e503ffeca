"""`checkpost run` as an operator runs it: a process of its own."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from bot.balance.identity import Member
from bot.bootstrap import open_application
from bot.settings import Settings
from tests.adapters.discord.server.server import TOKEN, DiscordServer

SECRET = "a secret for tests, long enough"


@asynccontextmanager
async def started(
    server: DiscordServer, settings: Settings, home: Path, **changes: str
) -> AsyncIterator[Process]:
    """Start a process, and kill it at the end if it still runs.

    Args:
        server: the Discord it talks to.
        settings: names its database.
        home: its home directory.
        **changes: further environment variables.
    """
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
        "HOME": str(home),
        "CHECKPOST_DATABASE__URL": settings.database.url,
        "CHECKPOST_PRIVACY__SECRET": SECRET,
        "CHECKPOST_DISCORD__ENABLED": "true",
        "CHECKPOST_DISCORD__TOKEN": TOKEN,
        "CHECKPOST_DISCORD__API_URL": server.api_url,
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        "from bot.cli import main; main()",
        "run",
        env=environment | changes,
        stderr=PIPE,
        stdout=PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def until_counted(settings: Settings, member: Member, posts: int, community: str | None = None) -> None:
    """Wait until another process can read so many posts."""
    async with open_application(settings) as application, asyncio.timeout(20):
        while True:
            balance = await application.show_balance(member, community, datetime.now(UTC))
            if balance is not None and balance.posts >= posts:
                return
            await asyncio.sleep(0.05)
