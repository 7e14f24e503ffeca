"""A process that dies at any await of the sending path leaves one summary in the channel, never two."""

import asyncio
import gc
from collections.abc import Awaitable, Generator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.balance.bounds import Bounds
from bot.balance.identity import Member
from bot.services.community_settings import CommunityPreferences, CommunitySettings
from bot.services.weekly_building import WeeklyBuilding
from bot.services.weekly_counts import WeeklyCounts
from bot.services.weekly_summaries import ABANDONED_AFTER, Outcome, WeeklySummaries, marker
from bot.storage.database import Database
from bot.storage.migrate import upgrade
from bot.summaries.summary import Summary
from bot.summaries.week import Week
from tests.conftest import SECRET

COMMUNITY = "discord:1"
DUE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LATER = ABANDONED_AFTER + timedelta(minutes=2)
MARK = marker(Week(2026, 47))


# A process that died half-way through opening a connection never closes it.
pytestmark = pytest.mark.filterwarnings("ignore:.*was deleted before being closed:ResourceWarning")


class Killed(BaseException):
    """The process dies here."""


class DiesAt:
    """Awaits something and dies at the n-th step at which it gives the loop away."""

    def __init__(self, work: Awaitable[Any], step: int) -> None:
        self._work = work
        self._step = step
        self.steps = 0

    def __await__(self) -> Generator[Any, Any, Any]:
        inner = self._work.__await__()
        try:
            waited_for = next(inner)
            while True:
                self.steps += 1
                if self.steps == self._step:
                    waited_for = inner.throw(Killed())
                    continue
                try:
                    answer = yield waited_for
                except BaseException as error:  # noqa: BLE001 - handed on as it is
                    waited_for = inner.throw(error)
                else:
                    waited_for = inner.send(answer)
        except StopIteration as done:
            return done.value


class Channel:
    """A channel on a platform that takes a moment to answer."""

    name = "discord"

    def __init__(self, *, readable: bool = True) -> None:
        self.messages: list[str] = []
        self.readable = readable

    async def run(self) -> None: ...

    async def probe(self) -> str:
        return "Checkpost"

    async def close(self) -> None: ...

    def connected(self) -> bool:
        return True

    async def post(self, channel: str, summary: Summary, marker: str) -> None:  # noqa: ARG002
        await asyncio.sleep(0)
        self.messages.append(marker)
        await asyncio.sleep(0)

    async def find(self, channel: str, marker: str) -> bool | None:  # noqa: ARG002
        await asyncio.sleep(0)
        return marker in self.messages if self.readable else None


async def sends(url: str, channel: Channel, at: datetime, step: int = 0) -> tuple[list[Outcome], int]:
    """Run one process until it has sent what is due, or dies at a step; return how many steps it made."""
    database = await Database.open(url, SECRET)
    try:
        settings = CommunitySettings(database, CommunityPreferences())
        building = WeeklyBuilding(database, settings, WeeklyCounts(database, settings, Bounds()))
        summaries = WeeklySummaries(database, settings, building, f"process {at} {step}")
        place = await _place(database)
        dying = DiesAt(summaries._claim_and_send(channel, place, Week(2026, 47), lambda: at), step)
        sent = await _outcome(dying)
        return sent, dying.steps
    finally:
        await database.close()
        await _buried()


async def _outcome(dying: DiesAt) -> list[Outcome]:
    try:
        sent = await dying
    except Killed:
        return []
    return [] if sent is None else [sent.outcome]


async def _buried() -> None:
    """Let go of what the dead process held: its connections, and with them its locks."""
    gc.collect()
    await asyncio.sleep(0.02)  # their threads say goodbye to the loop


async def _place(database: Database):
    async with database.reading() as work:
        place = await work.communities.find(COMMUNITY)
    assert place is not None
    return place


@pytest.fixture(autouse=True)
def _quick_burials():
    gc.freeze()  # what was there before no process of these tests holds
    yield
    gc.unfreeze()


@pytest.fixture
async def made(tmp_path) -> list[str]:
    """Twins of one database, ready for a summary; each death has one of its own."""
    first = tmp_path / "0.sqlite3"
    url = f"sqlite+aiosqlite:///{first}"
    await upgrade(url)
    database = await Database.open(url, SECRET)
    settings = CommunitySettings(database, CommunityPreferences())
    await settings.change(COMMUNITY, Member("discord", "9"), DUE - timedelta(days=30), summary_channel="c1")
    await database.scrub()
    await database.close()
    content = first.read_bytes()
    urls: list[str] = []
    for number in range(1, 200):
        (tmp_path / f"{number}.sqlite3").write_bytes(content)
        urls.append(f"sqlite+aiosqlite:///{tmp_path / f'{number}.sqlite3'}")
    return urls


@pytest.mark.parametrize("readable", [True, False])
async def test_a_death_at_any_await_leaves_one_summary(made, readable):
    channel = Channel(readable=readable)
    _, steps = await sends(made.pop(), channel, DUE)
    assert channel.messages == [MARK]
    assert steps > 10
    silent = 0
    for step in range(1, steps + 1):
        url, channel = made.pop(), Channel(readable=readable)
        await sends(url, channel, DUE, step)
        outcomes = [(await sends(url, channel, DUE + number * LATER))[0] for number in (1, 2)]
        assert len(channel.messages) <= 1, f"posted twice after a death at step {step}"
        if readable:
            assert channel.messages == [MARK], f"never posted after a death at step {step}"
        elif not channel.messages:
            silent += 1
            assert [Outcome.UNCERTAIN] in outcomes, f"nobody was told after a death at step {step}"
    # Only between "I am about to post" and the post itself may an unread channel stay silent.
    assert silent <= 8


async def test_a_second_death_while_healing_leaves_one_summary(made):
    _, steps = await sends(made.pop(), Channel(), DUE)
    for step in range(2, steps + 1, 11):
        for again in range(1, steps + 1, 13):
            if not made:
                return
            url, channel = made.pop(), Channel()
            await sends(url, channel, DUE, step)
            await sends(url, channel, DUE + LATER, again)
            for number in (2, 3):
                await sends(url, channel, DUE + number * LATER)
            assert channel.messages == [MARK], f"deaths at {step} and {again}"
