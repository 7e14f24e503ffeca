"""Measures the Discord adapter over the loopback, with the real library and a server in another process.

Run with `python -m tests.bench.discord [--messages 200000]`. It prints: how many posts a second bare
discord.py hands to a handler, and how many the adapter records, durably, in the same run; how long
members wait for `/checkpost` when 50 go on calling it, each about a second after their answer, and when 50
call it in the same instant; and the memory after each tenth of the messages, with a word on whether it
stayed flat.
"""

import argparse
import asyncio
import contextlib
import gc
import json
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import discord

from adapters.discord import addresses
from adapters.discord.adapter import DiscordAdapter
from bot.balance.event import MessageEvent
from bot.balance.identity import Member
from bot.bootstrap import Application, open_application
from bot.services.record_posts import Recorded, RecordPosts
from bot.settings import DatabaseSettings, DiscordSettings, PrivacySettings, Settings
from tests.adapters.discord.server.server import TOKEN

MEMBERS, ROUNDS = 50, 20
WARM = 500  # posts that start the process which reads them
PARTS = 10
LATE = 5  # before, each connection to the database fills the pages it may keep
FLAT = 0.03  # so much more in the last parts is the allocator's doing


class Server:
    """The other process."""

    def __init__(self, process: asyncio.subprocess.Process, about: dict[str, Any]) -> None:
        self._process = process
        self.about = about

    async def ask(self, *words: object) -> dict[str, Any]:
        """Have something done and return the answer."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{' '.join(map(str, words))}\n".encode())
        return json.loads(await self._process.stdout.readline())


@contextlib.asynccontextmanager
async def served() -> AsyncIterator[Server]:
    """Run the other process."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tests.bench.discord_server",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        limit=1 << 24,
    )
    assert process.stdout is not None
    try:
        yield Server(process, json.loads(await process.stdout.readline()))
    finally:
        process.kill()
        await process.wait()


async def until(condition: Callable[[], bool]) -> None:
    while not condition():  # noqa: ASYNC110 - what is waited for has no event
        await asyncio.sleep(0.002)


def settle() -> None:
    """Leave what is loaded out of the search for garbage, as `checkpost run` does before it connects."""
    gc.collect()
    gc.freeze()


async def bare_rate(server: Server, count: int) -> float:
    """Return how many posts a second the library alone hands to a handler."""
    seen = 0
    intents = discord.Intents(guilds=True, guild_messages=True, message_content=True)
    client = discord.AutoShardedClient(intents=intents, max_messages=None, chunk_guilds_at_startup=False)

    async def on_message(message: discord.Message) -> None:
        nonlocal seen
        seen += bool(message.content)

    client.event(on_message)
    addresses.use_api(server.about["api_url"])
    settle()
    task = asyncio.create_task(client.start(TOKEN))
    await until(client.is_ready)
    started = time.perf_counter()
    await server.ask("flood", count)
    await until(lambda: seen >= count)
    took = time.perf_counter() - started
    await client.close()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    return count / took


async def recorded_rate(server: Server, count: int, total: Callable[[], int]) -> float:
    """Return how many posts a second the adapter records, each committed."""
    before = total()
    started = time.perf_counter()
    await server.ask("flood", count)
    await until(lambda: total() - before >= count)
    return count / (time.perf_counter() - started)


def counted() -> Callable[[], int]:
    """Count what the adapter records from now on."""
    count = 0
    record = RecordPosts.__call__

    async def listen(
        self: RecordPosts, events: Sequence[MessageEvent], deliveries: Sequence[str] = ()
    ) -> Recorded:
        nonlocal count
        done = await record(self, events, deliveries)
        count += done.recorded
        return done

    RecordPosts.__call__ = listen  # the adapter holds the use case, and the application cannot be changed
    return lambda: count


@contextlib.asynccontextmanager
async def coached(server: Server, folder: Path) -> AsyncIterator[DiscordAdapter]:
    """Run the adapter with a channel recorded and 50 members who agreed."""
    settings = Settings(
        database=DatabaseSettings(url=f"sqlite+aiosqlite:///{folder / 'bench.sqlite3'}"),
        privacy=PrivacySettings(secret="a secret for a benchmark only"),
        discord=DiscordSettings(enabled=True, token=TOKEN, api_url=server.about["api_url"]),
    )
    async with open_application(settings) as application:
        await prepare(application, server)
        adapter = DiscordAdapter(application)
        settle()
        task = asyncio.create_task(adapter.run())
        await until(lambda: adapter.connected() or task.done())
        yield adapter
        await adapter.close()
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def prepare(application: Application, server: Server) -> None:
    before = datetime.now(UTC) - timedelta(hours=1)
    community = f"discord:{server.about['guild']}"
    await application.community_settings.change(
        community, Member("discord", "1"), before, recorded_channels=[server.about["channel"]]
    )
    for person in server.about["people"]:
        await application.consents.grant(Member("discord", person), before)


def waits(took: Sequence[float], how: str) -> str:
    """Return how long answers took, in words."""
    ordered = sorted(took)
    p99 = ordered[int(len(ordered) * 0.99)]
    return (
        f"/checkpost to its answer, {MEMBERS} members {how}, {len(ordered)} calls: "
        f"median {statistics.median(ordered) * 1e3:.0f} ms, p99 {p99 * 1e3:.0f} ms"
    )


def megabytes() -> float:
    """Return the memory the process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def flatness(memory: Sequence[float]) -> str:
    """Return whether the memory stayed flat over the last parts, in words."""
    late = memory[-LATE:]
    growth = max(late) / late[0] - 1
    verdict = "flat" if growth <= FLAT else "NOT flat"
    return (
        f"memory over the last {LATE} tenths: {', '.join(f'{each:.0f}' for each in late)} MB, "
        f"grown by {growth:.1%}: {verdict} (at most {FLAT:.0%} counts as flat)"
    )


async def main(messages: int) -> None:
    part = messages // PARTS
    with tempfile.TemporaryDirectory() as folder:
        async with served() as server:
            bare = await bare_rate(server, part)
            print(f"bare discord.py: {bare:,.0f} posts a second from text to handler")
        async with served() as server, coached(server, Path(folder)):
            await server.ask("checkpost", MEMBERS, 2)
            print(waits((await server.ask("busy", MEMBERS, ROUNDS))["took"], "who go on asking"))
            print(waits((await server.ask("checkpost", MEMBERS, ROUNDS))["took"], "in the same instant"))
            total, memory = counted(), list[float]()
            await recorded_rate(server, WARM, total)
            for number in range(1, PARTS + 1):
                rate = await recorded_rate(server, part, total)
                memory.append(megabytes())
                print(
                    f"{number * part:,} posts: {rate:,.0f} recorded a second, "
                    f"{rate / bare:.2f} of the library's rate; {memory[-1]:.0f} MB"
                )
            print(flatness(memory))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--messages", type=int, default=200_000)
    asyncio.run(main(parser.parse_args().messages))
