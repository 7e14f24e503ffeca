"""Measures the ledger: recording against raw executemany, and the balance as the table grows.

Run with `python tests/bench/ledger.py [--posts 1000000] [--growth 10]`; it needs about 250 bytes of
disk for each post, in a temporary folder.
"""

import argparse
import asyncio
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from bot.balance.bounds import Bounds
from bot.balance.consent import Consent, ConsentState
from bot.balance.facts import Act, Facts
from bot.balance.identity import Member
from bot.balance.instant import DAY, HOUR, moment
from bot.balance.post import Post, Version
from bot.services.show_balance import ShowBalance
from bot.storage.database import Database
from bot.storage.merging import COLUMNS
from bot.storage.migrate import upgrade
from bot.storage.posts import Entry, row_of
from bot.text.kind import Kind

BATCH = 1_000
POSTS_A_MEMBER = 1_000
NOW = 20_780 * DAY
SPAN = 254
COMMUNITY = "discord:bench"
KINDS = (Kind.PROMOTION, Kind.ENGAGEMENT, Kind.ENGAGEMENT, Kind.ENGAGEMENT, Kind.NEUTRAL, Kind.NEUTRAL)


def entries(count: int, first: int, members: Sequence[int], seed: int) -> Iterator[Entry]:
    """Yield posts in order of time, two in three of them replies to an earlier one."""
    chance = random.Random(seed)
    recent: list[bytes] = [chance.randbytes(16)]
    for index in range(count):
        posted = NOW - SPAN * DAY + (SPAN * DAY * index) // count
        message = chance.randbytes(16)
        kind = chance.choice(KINDS)
        yield Entry(
            members[chance.randrange(len(members))],
            first,
            Post(
                message=message,
                channel=chance.randrange(20),
                posted=posted,
                parent=chance.choice(recent[-200:]) if chance.random() < 0.66 else None,
                version=Version(edited=False, at=posted, digest=chance.randbytes(16)),
                facts=Facts(
                    kind,
                    act=Act.ANSWERING if kind is Kind.ENGAGEMENT else None,
                    substance=chance.random() > 0.1,
                    fingerprint=chance.randbytes(32),
                ),
            ),
        )
        recent.append(message)
        del recent[:-200]


async def made(path: Path, people: int) -> tuple[Database, int, list[int]]:
    """Return a migrated database with a community and members who agreed."""
    url = f"sqlite+aiosqlite:///{path}"
    await upgrade(url)
    database = await Database.open(url, b"bench")
    members: list[int] = []
    async with database.writing() as work:
        community = (await work.communities.add(COMMUNITY)).id
        for number in range(people):
            stored = await work.members.add(Member("discord", str(number)))
            await work.members.answer(stored.id, Consent(ConsentState.GIVEN, 1, moment(0)))
            members.append(stored.id)
    return database, community, members


async def recording(folder: Path, count: int) -> None:
    """Print how fast batches are recorded, and how fast the driver alone stores the same rows."""
    people = 300
    ours, community, members = await made(folder / "ours.sqlite3", people)
    theirs, *_ = await made(folder / "theirs.sqlite3", people)
    await theirs.close()
    raw = sqlite3.connect(folder / "theirs.sqlite3", isolation_level=None)
    for pragma in ("synchronous = FULL", "foreign_keys = ON", "secure_delete = ON", "cache_size = -32768"):
        raw.execute(f"PRAGMA {pragma}")
    insert = f"INSERT INTO post ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"
    our_time = raw_time = 0.0
    batches = list(_batches(list(entries(count, community, members, seed=1))))
    for batch in batches:
        rows = [row_of(entry) for entry in batch]
        start = time.perf_counter()
        raw.execute("BEGIN IMMEDIATE")
        raw.executemany(insert, rows)
        raw.execute("COMMIT")
        raw_time += time.perf_counter() - start
        start = time.perf_counter()
        async with ours.writing() as work:
            await work.posts.merge(batch)
        our_time += time.perf_counter() - start
    raw.close()
    await ours.close()
    print(f"recording, {count:,} posts in batches of {BATCH:,}, one fsync a batch:")
    print(f"  raw executemany {count / raw_time:>10,.0f} a second")
    print(f"  recorded        {count / our_time:>10,.0f} a second ({raw_time / our_time:.2f} of raw)")


def _batches(items: list[Entry]) -> Iterator[list[Entry]]:
    return (items[start : start + BATCH] for start in range(0, len(items), BATCH))


async def balances(folder: Path, count: int) -> None:
    """Print how long one member's balance takes in a table of so many posts."""
    people = count // POSTS_A_MEMBER
    path = folder / f"balance-{count}.sqlite3"
    database, community, members = await made(path, people)
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA synchronous = OFF")
    raw.execute("PRAGMA cache_size = -2000000")
    insert = f"INSERT INTO post ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"
    raw.execute("BEGIN")
    raw.executemany(insert, map(row_of, entries(count, community, members, seed=2)))
    raw.execute("COMMIT")
    raw.close()
    show = ShowBalance(database, Bounds())
    chance = random.Random(3)
    asked = [Member("discord", str(chance.randrange(people))) for _ in range(300)]
    at = moment(NOW) + timedelta(microseconds=HOUR)
    times: list[float] = []
    posts: list[int] = []
    for _ in range(2):  # the first round warms the caches
        times.clear()
        posts.clear()
        for member in asked:
            start = time.perf_counter()
            balance = await show(member, COMMUNITY, at)
            times.append(time.perf_counter() - start)
            posts.append(0 if balance is None else balance.posts + balance.filler)
    await database.close()
    size = path.stat().st_size
    print(
        f"balance, {count:,} posts, {people:,} members, {size / count:.0f} bytes a post: "
        f"median {statistics.median(times) * 1e3:.2f} ms, 95% {statistics.quantiles(times, n=20)[-1] * 1e3:.2f} ms "
        f"({statistics.median(posts):.0f} posts in the window)"
    )


async def main() -> None:
    """Run every measurement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--recorded", type=int, default=200_000)
    parser.add_argument("--posts", type=int, default=1_000_000)
    parser.add_argument(
        "--growth", type=int, default=1, help="measure the balance again at so many times the posts"
    )
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        await recording(folder, options.recorded)
        await balances(folder, options.posts)
        if options.growth > 1:
            await balances(folder, options.posts * options.growth)


if __name__ == "__main__":
    asyncio.run(main())
