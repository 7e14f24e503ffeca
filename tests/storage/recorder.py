"""A process that records batches and says each message it has acknowledged, until it is killed.

Run as `python recorder.py URL SEED`; used by test_crash.py.
"""

import asyncio
import random
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from bot.balance.event import MessageEvent
from bot.services.reading_posts import in_thread
from bot.services.record_posts import RecordPosts
from bot.storage.database import Database
from bot.text.kind import Kind


class NeutralReader:
    """Calls everything neutral."""

    def kinds(self, readings):
        return [{Kind.NEUTRAL: 1.0} for _ in readings]

    def opinion(self, reading):
        raise NotImplementedError


async def main(url: str, seed: int) -> None:
    """Record for ever."""
    database = await Database.open(url, b"a secret of the tests")
    record = RecordPosts(database, in_thread(NeutralReader()))
    chance = random.Random(seed)  # noqa: S311 - sizes, not secrets
    number = 0
    while True:
        events = []
        for _ in range(chance.randrange(1, 30)):
            number += 1
            at = datetime(2026, 11, 17, tzinfo=UTC) + timedelta(seconds=number)
            message = f"{seed}-{number}"
            events.append(
                MessageEvent("discord", "discord:1", "c", "u", message, at, f"post {number} of many")
            )
        await record(events, deliveries=[f"delivery {events[-1].message}"])
        sys.stdout.write("".join(f"{event.message}\n" for event in events))
        sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
