"""Measures the week: a summary from the roll-up against a scan, and ten thousand communities in one hour.

Run with `python -m tests.bench.weekly [--posts 1000000] [--growth 10] [--communities 10000]`; it needs
about 400 bytes of disk for each post, in a temporary folder.
"""

import argparse
import asyncio
import sqlite3
import statistics
import tempfile
import time
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.balance.bounds import Bounds
from bot.balance.instant import instant, moment
from bot.services.community_settings import CommunityPreferences, CommunitySettings
from bot.services.weekly_building import WeeklyBuilding
from bot.services.weekly_counts import WeeklyCounts
from bot.services.weekly_summaries import Outcome, WeeklySummaries
from bot.storage.database import Database
from bot.storage.merging import COLUMNS
from bot.storage.migrate import upgrade
from bot.storage.posts import row_of
from bot.storage.stale import week_of
from bot.summaries.counts import FIGURES
from bot.summaries.summary import Summary
from bot.summaries.week import Week
from tests.bench.ledger import COMMUNITY, NOW, POSTS_A_MEMBER, entries, made

ROUNDS = 50
A_SECOND = 50
"""Discord's limit for one bot, in all (https://discord.com/developers/docs/topics/rate-limits)."""

INSERT = f"INSERT INTO post ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"  # noqa: S608 - our own names
SUMS = (60, 10, 5, 6, 55, 10, 12, 8, 15, 9, 7, 6, 6, 5, 0, 0, 0, 0)
TALLY = f"INSERT INTO community_tally VALUES (?, ?{', ?' * len(SUMS)})"  # noqa: S608 - our own names
SCAN = """
SELECT count(*), count(DISTINCT member), sum(kind = 0), sum(act = 0), sum(act = 1), sum(act = 2),
       sum(shares_others)
  FROM post WHERE community = ? AND posted >= ? AND posted < ? AND NOT deleted AND substance
"""


async def week(folder: Path, count: int) -> tuple[float, float]:
    """Print how long one community's week takes; return the medians from the roll-up and by the scan."""
    path = folder / f"week-{count}.sqlite3"
    people = count // POSTS_A_MEMBER
    database, community, members = await made(path, people)
    raw = sqlite3.connect(path, isolation_level=None)
    raw.execute("PRAGMA synchronous = OFF")
    raw.execute("PRAGMA cache_size = -2000000")
    raw.execute("BEGIN")
    raw.executemany(
        INSERT,
        map(row_of, entries(range(count), count, community, members)),
    )
    # The last three weeks are stale, as if they had just been imported.
    raw.executemany(
        "INSERT INTO stale_tally (community, member, week) VALUES (?, ?, ?)",
        [(community, member, week_of(NOW) - 2) for member in members],
    )
    raw.execute("COMMIT")
    settings = CommunitySettings(database, CommunityPreferences())
    counts = WeeklyCounts(database, settings, Bounds())
    start = time.perf_counter()
    await counts.refresh()
    refreshed = time.perf_counter() - start
    wanted = Week.of(moment(NOW).date()).before()
    rolled = await _median(lambda: counts(COMMUNITY, wanted))
    place = await _found(database)
    building = WeeklyBuilding(database, settings, counts)
    built = await _median(lambda: building.publish(place, wanted))
    raw.execute("CREATE INDEX bench_week ON post (community, posted)")
    first, after = map(instant, wanted.bounds(ZoneInfo("UTC")))
    scan: list[float] = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        raw.execute(SCAN, (community, first, after)).fetchall()
        scan.append(time.perf_counter() - start)
    inside = raw.execute(SCAN, (community, first, after)).fetchone()
    raw.close()
    await database.close()
    scanned = statistics.median(scan)
    print(
        f"a community's week, {count:,} posts, {inside[0]:,} of them by {inside[1]:,} members in the week:\n"
        f"  indexed scan      {scanned * 1e3:8.2f} ms (one SQL statement, simpler than what counts)\n"
        f"  from the roll-up  {rolled * 1e3:8.2f} ms ({scanned / rolled:.0f} times faster; "
        f"{len(FIGURES)} figures)\n"
        f"  a whole summary   {built * 1e3:8.2f} ms (eight weeks, kudos, frozen durably)\n"
        f"  counting {people:,} members' last three weeks again: {refreshed:.1f} s, in the background"
    )
    return rolled, scanned


async def fleet(folder: Path, communities: int) -> None:
    """Print how long many communities due in one hour take, and how fast they are sent."""
    url = f"sqlite+aiosqlite:///{folder / 'fleet.sqlite3'}"
    await upgrade(url)
    database = await Database.open(url, b"bench")
    settings = CommunitySettings(database, CommunityPreferences())
    at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    wanted = Week(2026, 47)
    await _founded(database, communities, wanted, at)
    counts = WeeklyCounts(database, settings, Bounds())
    building = WeeklyBuilding(database, settings, counts)
    async with database.reading() as work:
        places = await work.communities.summarised()
    for place in places:  # as after their first week
        await counts.settle(place)
    begun, spent = time.perf_counter(), time.process_time()
    for place in places:
        await building.publish(place, wanted)
    print(
        f"{communities:,} communities: built and frozen in {time.perf_counter() - begun:.1f} s "
        f"({time.process_time() - spent:.1f} s of one core)"
    )
    clock = SimulatedClock()
    channel = Platform(clock)
    summaries = WeeklySummaries(database, settings, building, "bench", clock.now, clock.sleep)
    begun, spent = time.perf_counter(), time.process_time()
    sent = await summaries.send_due({"discord": channel}, at)
    outcomes = Counter(one.outcome for one in sent)
    again = await summaries.send_due({"discord": channel}, at + timedelta(minutes=30))
    most = max(channel.seconds.values())
    print(
        f"  sent: {outcomes[Outcome.POSTED]:,} posted once in {clock.now() / 60:.1f} simulated minutes, "
        f"at most {most} in one second ({A_SECOND} are allowed); {len(again)} again half an hour later\n"
        f"  claimed, frozen, marked and posted in {time.perf_counter() - begun:.1f} s "
        f"({time.process_time() - spent:.1f} s of processor)"
    )
    assert len(channel.marks) == len(set(channel.marks)) == communities
    await database.close()


class SimulatedClock:
    """Seconds that pass when somebody sleeps."""

    def __init__(self) -> None:
        self._now = 0.0

    def now(self) -> float:
        """Return the seconds that passed."""
        return self._now

    async def sleep(self, seconds: float) -> None:
        """Wait until it is the sleeper's turn; meanwhile simulated time passes."""
        wake = self._now + seconds
        await asyncio.sleep(0)
        self._now = max(self._now, wake)


class Platform:
    """A platform that counts what it is asked in each second."""

    name = "discord"

    def __init__(self, clock: SimulatedClock) -> None:
        self._clock = clock
        self.seconds: Counter[int] = Counter()
        self.marks: list[str] = []

    def connected(self) -> bool:
        """Return True."""
        return True

    async def post(self, channel: str, summary: Summary, marker: str) -> None:  # noqa: ARG002
        """Count a message."""
        self.seconds[int(self._clock.now())] += 1
        self.marks.append(f"{channel} {marker}")


async def _founded(database: Database, communities: int, week: Week, at: datetime) -> None:
    """Make communities with a summary channel and eight weeks of ten members each."""
    since = instant(at - timedelta(days=90))
    async with database.writing() as work:
        for number in range(communities):
            place = await work.communities.add(f"discord:{number}")
            await work.communities.change(replace(place, summary_channel=f"c{number}"))
            await work.communities.audit(place.id, since, bytes(16), "summary_channel", f"c{number}")
            await work.tallies._connection.exec_driver_sql(
                TALLY,
                [(place.id, week.ordinal - back, *SUMS) for back in range(8)],
            )


async def _found(database: Database):
    async with database.reading() as work:
        place = await work.communities.find(COMMUNITY)
    assert place is not None
    return place


async def _median(work) -> float:
    times: list[float] = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        await work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


async def main() -> None:
    """Run every measurement."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=1_000_000)
    parser.add_argument("--growth", type=int, default=1, help="measure again at so many times the posts")
    parser.add_argument("--communities", type=int, default=10_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        before, _ = await week(folder, options.posts)
        if options.growth > 1:
            after, _ = await week(folder, options.posts * options.growth)
            print(
                f"growth from {options.posts:,} to {options.posts * options.growth:,}: {after / before:.2f}"
            )
        await fleet(folder, options.communities)


if __name__ == "__main__":
    asyncio.run(main())
