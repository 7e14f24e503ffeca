"""The program is killed while deliveries are under way; nothing acknowledged is lost."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.balance.identity import Member
from bot.bootstrap import open_application
from bot.settings import load
from tests.adapters.conversation.scenes import CLEAN
from tests.adapters.conversation.stage import ANA
from tests.adapters.slack.server.carriers import Acknowledged
from tests.adapters.slack.server.slack import Slack
from tests.adapters.slack.server.workspace import APP_TOKEN, BOT_TOKEN, CHANNEL, OWNER, TEAM, user_of

A = user_of(ANA)
ROOT = Path(__file__).parents[3]
AT_ONCE = 8
LONGEST = 40

PROGRAM = """
import asyncio, sys
from pathlib import Path
from adapters.slack import build
from bot.bootstrap import open_application
from bot.settings import load

async def main():
    async with open_application(load(Path(sys.argv[1]), {})) as application:
        await build(application).run()

asyncio.run(main())
"""


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    server = Slack(now)
    await server.start()
    yield server
    await server.stop()
    assert server.workspace.problems == []


@pytest.fixture
def configuration(slack: Slack, tmp_path: Path) -> Path:
    path = tmp_path / "config.toml"
    path.write_text(
        f"""
        [database]
        url = "sqlite+aiosqlite:///{tmp_path / "checkpost.sqlite3"}"
        [privacy]
        secret = "a secret for tests, long enough"
        [slack]
        enabled = true
        bot_token = "{BOT_TOKEN}"
        app_token = "{APP_TOKEN}"
        api_url = "{slack.api_url}"
        """,
        encoding="utf-8",
    )
    return path


@asynccontextmanager
async def program(slack: Slack, configuration: Path) -> AsyncIterator[None]:
    """Run the program until the block ends, and then kill it without a word."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", PROGRAM, str(configuration), cwd=ROOT
    )
    try:
        await asyncio.wait_for(slack.socket.connected.wait(), 30)
        yield
    finally:
        process.kill()
        await process.wait()
        while slack.socket.connected.is_set():  # noqa: ASYNC110 - the server notices in its own time
            await asyncio.sleep(0.005)


async def test_no_acknowledged_post_is_lost_and_none_counts_twice(slack: Slack, configuration: Path) -> None:
    slack.patience = 1.0
    waiting: dict[str, dict[str, object]] = {}
    acknowledged: set[str] = set()

    async def deliver(event_id: str) -> None:
        answer: Acknowledged = await slack.event(waiting[event_id], "MessagePayload", event_id=event_id)
        if answer.status == 200:
            acknowledged.add(event_id)

    async with program(slack, configuration):
        await slack.command(user_of(OWNER), f"record <#{CHANNEL}|general> on", name="/checkpost-admin")
        (offer,) = await slack.command(A, CLEAN)
        await slack.press(A, offer, "Yes, count my posts")
    for milliseconds in (4, LONGEST):
        async with program(slack, configuration):
            for _ in range(AT_ONCE):
                event_id = slack.workspace.unique("Ev")
                waiting[event_id] = slack.message(
                    A, CHANNEL, f"Which tomato number {event_id} did you plant?"
                )
            under_way = [
                asyncio.create_task(deliver(event_id)) for event_id in waiting if event_id not in acknowledged
            ]
            await asyncio.sleep(milliseconds / 1000)
            if milliseconds == LONGEST:
                await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
        await asyncio.gather(*under_way)
    promised = len(acknowledged)
    assert promised
    async with open_application(load(configuration, {})) as application:
        balance = await application.show_balance(Member("slack", f"{TEAM}/{A}"), f"slack:{TEAM}", now())
    assert (0 if balance is None else balance.posts + balance.filler) >= promised
    async with program(slack, configuration):
        await asyncio.gather(*(deliver(event_id) for event_id in waiting))
    assert acknowledged == set(waiting)
    async with open_application(load(configuration, {})) as application:
        balance = await application.show_balance(Member("slack", f"{TEAM}/{A}"), f"slack:{TEAM}", now())
    assert balance is not None
    assert balance.posts + balance.filler == len(waiting)


async def test_a_draft_whose_answer_was_cut_off_is_answered_when_it_comes_again(
    slack: Slack, configuration: Path
) -> None:
    slack.patience = 1.0
    event = slack.message(A, slack.workspace.direct_channel(A), CLEAN)
    answered: Acknowledged | None = None
    for milliseconds in (8, 3_000):
        async with program(slack, configuration):
            delivery = asyncio.create_task(slack.event(event, "MessagePayload", event_id="Ev1"))
            await asyncio.wait({delivery}, timeout=milliseconds / 1000)
        answered = await delivery
        if answered.status == 200:
            assert slack.workspace.seen_by(A)
    assert answered is not None
    assert answered.status == 200
