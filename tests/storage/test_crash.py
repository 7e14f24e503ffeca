"""Killing the process at any moment loses nothing that it acknowledged."""

import asyncio
import random
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from bot.balance.identity import Member
from bot.services.community_settings import CommunityPreferences, CommunitySettings
from bot.services.consents import Consents
from bot.services.seen_events import SeenEvents
from bot.storage.database import Database
from tests.conftest import SECRET

RECORDER = Path(__file__).parent / "recorder.py"
START = datetime(2026, 11, 16, tzinfo=UTC)
MEMBER = Member("discord", "u")


async def acknowledged_until_killed(url: str, seed: int, seconds: float) -> list[str]:
    """Let a process record, kill it after so many seconds of recording, and return what it said it did."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, str(RECORDER), url, str(seed), stdout=asyncio.subprocess.PIPE
    )
    first = await process.stdout.readline()
    reading = asyncio.create_task(process.stdout.read())
    await asyncio.sleep(seconds)
    assert process.returncode is None
    process.kill()
    rest = await reading
    assert await process.wait() == -signal.SIGKILL
    # The last line may have been cut off by the kill; then it was not acknowledged.
    return (first + rest).decode().rpartition("\n")[0].split()


async def test_killing_the_process_loses_nothing_it_acknowledged(database, database_url):
    settings = CommunitySettings(database, CommunityPreferences())
    await settings.change("discord:1", MEMBER, START, recorded_channels=["c"])
    await Consents(database).grant(MEMBER, START)
    chance = random.Random()  # noqa: S311 - a moment, not a secret
    for seed in range(4):
        acknowledged = await acknowledged_until_killed(database_url, seed, chance.uniform(0.05, 0.5))
        assert acknowledged
        reopened = await Database.open(database_url, SECRET)
        keyring = reopened.keyring
        codes = {keyring.message("discord:1", "discord", "c", message): message for message in acknowledged}
        async with reopened.reading() as work:
            known = await work.posts.known(codes)
        lost = [message for code, message in codes.items() if code not in known]
        assert lost == []
        # Posts of one transaction are there together or not at all, and so is the delivery that brought them.
        assert await SeenEvents(reopened).seen(f"delivery {acknowledged[-1]}", START)
        await reopened.close()
