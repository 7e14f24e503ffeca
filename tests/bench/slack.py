"""Measures the Slack adapter over signed HTTP against bare Bolt on aiohttp, in the same run.

Run with `python -m tests.bench.slack [--events 3000] [--commands 300] [--workspaces 3000]`; everything
stays on the loopback interface, requests come from a process of their own.
"""

import argparse
import asyncio
import gc
import json
import resource
import statistics
import tempfile
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.oauth.installation_store.models.bot import Bot
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import translate
from adapters.slack.client import SlackCoach
from adapters.slack.workspaces import Workspaces
from bot.bootstrap import Application, now, open_application
from bot.settings import DatabaseSettings, PrivacySettings, Settings, SlackSettings
from tests.adapters.slack.server.slack import Slack
from tests.adapters.slack.server.workspace import (
    BOT_TOKEN,
    CHANNEL,
    CLIENT_ID,
    CLIENT_SECRET,
    SIGNING_SECRET,
    TEAM,
    user_of,
)
from tests.bench.slack_load import command, drive, signed

ROUNDS = 3
FLAT = 5.0
"""MiB that memory may grow by over the later rounds through all workspaces: what an allocator keeps."""

AT_ONCE = 50
PAUSE = 1.0
"""Seconds between a member's answer and their next question, on average, where members take their time."""

EVENTS_AT_ONCE = 200
MEMBERS = 100
WORDS = "tomato soil balcony water shade seed autumn basil compost frost pot leaf root sun rain".split()
DRAFT = "I wrote a guide about soil for balconies, have a look at my blog: https://ana.example/soil"

Load = Callable[..., Any]


@asynccontextmanager
async def bare() -> AsyncIterator[int]:
    """Serve Bolt on aiohttp with listeners that do nothing; yields the port."""

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None, team_id=TEAM, bot_user_id="U0BOT", bot_id="B0BOT", bot_token=BOT_TOKEN
        )

    app = AsyncApp(signing_secret=SIGNING_SECRET, authorize=authorize, process_before_response=True)

    async def message(body: dict[str, Any]) -> None:
        del body

    async def checkpost(ack: AsyncAck) -> None:
        await ack("Reads well to me.")

    app.event("message")(message)
    app.command("/checkpost")(checkpost)

    async def events(request: web.Request) -> web.StreamResponse:
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

    server = web.Application()
    server.add_routes([web.post("/slack/events", events)])
    runner = web.AppRunner(server, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield runner.addresses[0][1]
    await runner.cleanup()


@asynccontextmanager
async def coach(folder: Path, **chosen: Any) -> AsyncIterator[tuple[Application, SlackCoach, str]]:
    """Run the adapter over HTTP on a database of its own."""
    slack = Slack(now)
    await slack.start()
    settings = Settings(
        database=DatabaseSettings(url=f"sqlite+aiosqlite:///{folder / 'slack.sqlite3'}"),
        privacy=PrivacySettings(secret="a secret for measuring"),
        slack=SlackSettings(
            enabled=True, mode="http", signing_secret=SIGNING_SECRET, api_url=slack.api_url, port=0, **chosen
        ),
    )
    async with open_application(settings) as application:
        adapter = SlackCoach(application)
        running = asyncio.create_task(adapter.run())
        while not adapter.port:  # noqa: ASYNC110 - there is no event for it
            await asyncio.sleep(0.01)
        gc.collect()  # as `checkpost run` does
        gc.freeze()
        yield application, adapter, slack.api_url.removesuffix("/api/")
        await adapter.close()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    await slack.stop()


def events(first: int, count: int) -> list[bytes]:
    """Return the requests for so many posts, no two alike."""
    at = int(datetime.now(UTC).timestamp())
    return [
        signed(json.dumps(_post(number, at)), "application/json", SIGNING_SECRET)
        for number in range(first, first + count)
    ]


def _post(number: int, at: int) -> dict[str, Any]:
    ts = f"{at}.{number:06d}"
    said = " ".join(WORDS[(number * step + step) % len(WORDS)] for step in range(1, 14))
    message = {
        "type": "message",
        "user": f"U{number % MEMBERS:05d}",
        "team": TEAM,
        "ts": ts,
        "event_ts": ts,
        "text": f"Has anybody tried {said} {number}?",
        "channel": CHANNEL,
        "channel_type": "channel",
    }
    return {
        "token": "x",
        "team_id": TEAM,
        "api_app_id": "A0APP",
        "type": "event_callback",
        "event_id": f"Ev{number:08d}",
        "event_time": at,
        "event": message,
        "authorizations": [{"team_id": TEAM, "user_id": "U0BOT", "is_bot": True}],
    }


def commands(
    count: int, back: str, team: Callable[[int], str] = lambda _: TEAM, said: str = DRAFT
) -> list[bytes]:
    """Return the requests for so many uses of `/checkpost`; late answers go to `back`."""
    return [
        command(
            {
                "token": "x",
                "team_id": team(number),
                "channel_id": CHANNEL,
                "user_id": f"U{number % 500:05d}",
                "command": "/checkpost",
                "text": f"{said} {number}" if said is DRAFT else said,
                "trigger_id": "1.2",
                "api_app_id": "A0APP",
                "response_url": f"{back}/respond/UANA/cmd{number}",
            },
            SIGNING_SECRET,
        )
        for number in range(count)
    ]


async def recording(load: Load, folder: Path, count: int) -> None:
    """Compare recorded posts a second with what bare Bolt takes."""
    async with bare() as floor, coach(folder, bot_token=BOT_TOKEN) as (application, adapter, _):
        owner = translate.member(TEAM, user_of("Owner"))
        place = translate.community(TEAM)
        for number in range(MEMBERS):
            await application.consents.grant(translate.member(TEAM, f"U{number:05d}"), now())
        await application.community_settings.change(place, owner, now(), recorded_channels=[CHANNEL])
        ours: list[float] = []
        theirs: list[float] = []
        for number in range(ROUNDS + 1):
            batch = events(number * count, count)
            theirs.append(count / (await load(floor, batch, EVENTS_AT_ONCE))[0])
            ours.append(count / (await load(adapter.port, batch, EVENTS_AT_ONCE))[0])
        counted = 0
        for number in range(MEMBERS):
            balance = await application.show_balance(translate.member(TEAM, f"U{number:05d}"), place, now())
            counted += balance.posts + balance.filler if balance is not None else 0
        rate, floor_rate = statistics.median(ours[1:]), statistics.median(theirs[1:])
        print(
            f"events with recording: {rate:,.0f}/s; bare Bolt: {floor_rate:,.0f}/s; "
            f"ratio {rate / floor_rate:.2f} (wanted >= 0.50); {counted:,} of {(ROUNDS + 1) * count:,} counted"
        )


async def answering(load: Load, folder: Path, count: int) -> None:
    """Compare `/checkpost` with bare Bolt, one at a time and fifty at once."""
    async with bare() as floor, coach(folder, bot_token=BOT_TOKEN) as (_, adapter, back):
        await load(adapter.port, commands(50, back), 1)
        alone = {port: (await load(port, commands(count, back), 1))[1] for port in (floor, adapter.port)}
        ports = floor, adapter.port
        _, busy, _ = await load(adapter.port, commands(count * 3, back), AT_ONCE, PAUSE)
        _, crowded, late = await load(adapter.port, commands(count * 3, back), AT_ONCE)
    low, high = (statistics.median(alone[port]) * 1000 for port in ports)
    print(
        f"/checkpost: median {high:.1f} ms, bare Bolt {low:.1f} ms; {high - low:.1f} ms above (wanted <= 30)"
    )
    print(f"/checkpost, {AT_ONCE} members who go on asking: {waits(busy)}")
    print(f"/checkpost, {AT_ONCE} members without a pause: {waits(crowded)}; ", end="")
    print(f"{late} of {len(crowded)} came after the acknowledgement")


def waits(took: list[float]) -> str:
    """Return how long answers took, in words."""
    slow = sorted(took)[int(len(took) * 0.99)]
    return f"median {statistics.median(took) * 1000:.0f} ms, p99 {slow * 1000:.0f} ms (wanted <= 300)"


async def installed(load: Load, folder: Path, count: int) -> None:
    """Serve many workspaces, and look at the memory after each round through all of them."""
    chosen = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET}
    async with coach(folder, **chosen) as (application, adapter, back):
        workspaces = Workspaces(application.installations, now, AsyncWebClient, application.settings.slack)
        for number in range(count):
            bot = Bot(
                team_id=f"T{number:06d}",
                bot_token=f"xoxb-{number}",
                bot_id="B0BOT",
                bot_user_id="U0BOT",
                installed_at=0.0,
            )
            await workspaces.async_save_bot(bot)
        begun = _resident()
        sizes: list[float] = []
        for _ in range(ROUNDS + 1):
            await load(
                adapter.port, commands(count, back, lambda number: f"T{number:06d}", "balance"), AT_ONCE
            )
            sizes.append(_resident())
    shown = ", ".join(f"{size:.0f}" for size in sizes)
    grown = sizes[-1] - sizes[1]
    print(
        f"{count:,} workspaces installed: {begun:.0f} MiB, {shown} MiB after each round through all of them; "
        f"{grown:+.1f} MiB over the last {ROUNDS - 1}: {'flat' if grown <= FLAT else 'NOT flat'} "
        f"(wanted <= {FLAT:.0f})"
    )


def _resident() -> float:
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


async def measure(arguments: argparse.Namespace) -> None:
    """Take every measure."""
    loop = asyncio.get_running_loop()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as other:

        async def load(port: int, requests: list[bytes], connections: int, pause: float = 0.0) -> Any:
            return await loop.run_in_executor(other, drive, port, requests, connections, pause)

        for measured, count in (
            (recording, arguments.events),
            (answering, arguments.commands),
            (installed, arguments.workspaces),
        ):
            if count:
                with tempfile.TemporaryDirectory() as folder:
                    await measured(load, Path(folder), count)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=3_000)
    parser.add_argument("--commands", type=int, default=300)
    parser.add_argument("--workspaces", type=int, default=3_000)
    asyncio.run(measure(parser.parse_args()))
