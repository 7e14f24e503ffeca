"""Measures the ledger: recording against raw executemany, and the balance as the table grows.

Run with `python tests/bench/ledger.py [--posts 1000000] [--growth 10]`; it needs about 260 bytes of
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
from collections.abc import Iterable, Iterator, Sequence
from hashlib import blake2b
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from bot.balance.bounds import Bounds
from bot.balance.consent import VERSION, Consent, ConsentState
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
ANSWERS = 0.5
INSERT = f"INSERT INTO post ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"  # noqa: S608 - our own names
PRAGMAS = (
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -32768",
)
KINDS = (Kind.PROMOTION, Kind.ENGAGEMENT, Kind.ENGAGEMENT, Kind.ENGAGEMENT, Kind.NEUTRAL, Kind.NEUTRAL)


def entries(numbers: Iterable[int], total: int, community: int, members: Sequence[int]) -> Iterator[Entry]:
    """Yield posts by number; half of them answer any other of all the posts, so chains of answers form.

    The posts of a member follow each other in number and are spread over the time the record goes back.
    """
    each = -(-total // len(members))
    for number in numbers:
        chance = random.Random(number)
        posted = NOW - SPAN * DAY * (number % each) // each - chance.randrange(HOUR)
        kind = chance.choice(KINDS)
        yield Entry(
            members[number // each],
            community,
            Post(
                message=code(number),
                channel=chance.randrange(20),
                posted=posted,
                parent=code(chance.randrange(total)) if chance.random() < ANSWERS else None,
                version=Version(edited=False, at=posted, digest=chance.randbytes(16)),
                facts=Facts(
                    kind,
                    act=Act.ANSWERING if kind is Kind.ENGAGEMENT else None,
                    substance=chance.random() > 0.1,
                    fingerprint=chance.randbytes(32),
                ),
            ),
        )


def code(number: int) -> bytes:
    """Return the coded id of a message by its number."""
    return blake2b(number.to_bytes(8, "big"), digest_size=16).digest()


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
            await work.members.answer(stored.id, Consent(ConsentState.GIVEN, VERSION, moment(0)))
            members.append(stored.id)
    return database, community, members


async def recording(folder: Path, count: int) -> None:
    """Print how fast batches are recorded, and how fast the driver alone stores the same rows.

    Both write the same rows into the same tables, batch by batch in turn, with the same settings of
    SQLite and one durable commit a batch.
    """
    ours, community, members = await made(folder / "ours.sqlite3", 300)
    theirs, *_ = await made(folder / "theirs.sqlite3", 300)
    await theirs.close()
    raw = sqlite3.connect(folder / "theirs.sqlite3", isolation_level=None)
    for pragma in PRAGMAS:
        raw.execute(pragma)
    numbers = list(range(count))
    random.Random(1).shuffle(numbers)
    our_time = raw_time = 0.0
    for start in range(0, count, BATCH):
        batch = list(entries(numbers[start : start + BATCH], count, community, members))
        rows = [row_of(entry) for entry in batch]
        before = time.perf_counter()
        raw.execute("BEGIN IMMEDIATE")
        raw.executemany(INSERT, rows)
        raw.execute("COMMIT")
        between = time.perf_counter()
        async with ours.writing() as work:
            await work.posts.merge(batch)
        raw_time += between - before
        our_time += time.perf_counter() - between
    raw.close()
    await ours.close()
    say(f"recording {count:,} posts in batches of {BATCH:,}, one fsync a batch:")
    say(f"  raw executemany {count / raw_time:>9,.0f} a second")
    say(f"  recorded        {count / our_time:>9,.0f} a second, {raw_time / our_time:.2f} of raw")


async def balances(folder: Path, count: int) -> None:
    """Print how long one member's balance takes in a table of so many posts."""
    people = count // POSTS_A_MEMBER
    path = folder / f"balance-{count}.sqlite3"
    database, community, members = await made(path, people)
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA synchronous = OFF")
    # Filling the table is not what is measured, and an index is made faster than it grows.
    index = raw.execute("SELECT sql FROM sqlite_master WHERE name = 'uq_post_message'").fetchone()[0]
    raw.execute("BEGIN")
    raw.execute("DROP INDEX uq_post_message")
    raw.executemany(INSERT, map(row_of, entries(range(count), count, community, members)))
    raw.execute(index)
    raw.execute("COMMIT")
    raw.close()
    show = ShowBalance(database, Bounds())
    chance = random.Random(3)
    asked = [Member("discord", str(chance.randrange(people))) for _ in range(300)]
    at = moment(NOW)
    queries: list[float] = []
    answers: list[float] = []
    for _ in range(2):  # the first round warms the caches
        queries.clear()
        answers.clear()
        for member in asked:
            before = time.perf_counter()
            await show(member, COMMUNITY, at)
            answers.append((time.perf_counter() - before) * 1e3)
            queries.append(await query(database, member))
    await database.close()
    say(f"balance at {count:,} posts of {people:,} members, {path.stat().st_size / count:.0f} bytes a post:")
    for name, times in (("query ", queries), ("answer", answers)):
        early, *_, late = statistics.quantiles(times, n=20)
        middle = statistics.median(times)
        say(f"  {name} median {middle:.2f} ms, 5% within {early:.2f} ms, 95% within {late:.2f} ms")


async def query(database: Database, member: Member) -> float:
    """Return how many milliseconds the ledger's two queries take, without what surrounds them."""
    async with database.glancing() as work:
        met = await work.meet(member, COMMUNITY)
        assert met.member is not None
        assert met.place is not None
        window = (NOW - 28 * DAY, NOW)
        before = time.perf_counter()
        await work.posts.of_member(met.member.id, met.place.id, *window)
        await work.posts.above(met.member.id, met.place.id, *window)
        return (time.perf_counter() - before) * 1e3


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


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
