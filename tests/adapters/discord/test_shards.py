"""Two processes with disjoint shards on one database: each does its own servers, and those only."""

import asyncio
import signal
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.balance.identity import Member
from bot.bootstrap import open_application
from bot.settings import DatabaseSettings, PrivacySettings, Settings
from tests.adapters.conversation.scenes import CHATTER
from tests.adapters.conversation.stage import ANA
from tests.adapters.discord.processes import SECRET, started, until_counted
from tests.adapters.discord.server.server import DiscordServer

SHARDS = 2


class Fleet:
    """Two servers, one on each shard, both recorded, and processes that run a shard each."""

    def __init__(self, server: DiscordServer, settings: Settings, home: Path) -> None:
        self.server = server
        self.settings = settings
        first = int(server.world.guild_id) >> 22
        self.guilds = {first % SHARDS: server.world.guild_id}
        self.guilds[1 - first % SHARDS] = server.world.another_guild(1 - first % SHARDS, SHARDS)
        self.channels = {
            shard: server.world.channel("general", guild_id=id_) for shard, id_ in self.guilds.items()
        }
        self.ana = Member("discord", server.world.person(ANA)["id"])
        self._start = partial(started, server, settings, home, CHECKPOST_DISCORD__SHARD_COUNT=str(SHARDS))

    async def prepare(self) -> None:
        at = datetime.now(UTC) - timedelta(hours=1)
        async with open_application(self.settings) as application:
            for shard, guild in self.guilds.items():
                await application.community_settings.change(
                    f"discord:{guild}", self.ana, at, recorded_channels=[self.channels[shard]["id"]]
                )
            await application.consents.grant(self.ana, at)

    def process(self, shard: int) -> Any:
        return self._start(CHECKPOST_DISCORD__SHARD_IDS=str(shard))

    async def connected(self, *shards: int) -> None:
        def all_here() -> bool:
            here = {session.shard[0] for session in self.server.gateway.connected()}
            return here >= set(shards)

        await self.server.gateway.wait(all_here)

    async def post(self, shard: int, *texts: str) -> list[dict[str, Any]]:
        return [await self.server.post(ANA, self.channels[shard], text) for text in texts]

    async def counted(self, shard: int, posts: int) -> None:
        await until_counted(self.settings, self.ana, posts, f"discord:{self.guilds[shard]}")

    async def posts(self, shard: int) -> int:
        async with open_application(self.settings) as application:
            community = f"discord:{self.guilds[shard]}"
            balance = await application.show_balance(self.ana, community, datetime.now(UTC))
            return balance.posts if balance else 0

    def read(self, shard: int, since: int = 0) -> bool:
        """Tell whether anybody read a shard's channel over REST."""
        path = f"/channels/{self.channels[shard]['id']}/messages"
        return any(found == path for _, found, _ in self.server.rest.requests[since:])


@pytest.fixture
async def fleet(database_url: str, tmp_path: Path) -> AsyncIterator[Fleet]:
    """A server on the real clock, which the processes go by."""
    settings = Settings(database=DatabaseSettings(url=database_url), privacy=PrivacySettings(secret=SECRET))
    async with DiscordServer() as server:
        made = Fleet(server, settings, tmp_path)
        await made.prepare()
        yield made


async def test_each_records_its_own_servers_and_no_event_twice(fleet: Fleet) -> None:
    async with fleet.process(0) as first, fleet.process(1) as second:
        await fleet.connected(0, 1)
        told = [*await fleet.post(0, *CHATTER[:5]), *await fleet.post(1, *CHATTER[5:8])]
        await fleet.counted(0, 5)
        await fleet.counted(1, 3)
        for message in told:  # Discord may tell again what it told before
            await fleet.server.repeat("MESSAGE_CREATE", message)
        await fleet.server.gateway.caught_up()
        for process in (first, second):
            process.send_signal(signal.SIGTERM)
        said = [await asyncio.wait_for(process.communicate(), 30) for process in (first, second)]
    assert [first.returncode, second.returncode] == [0, 0]
    assert b"Traceback" not in b"".join(output + errors for output, errors in said)
    assert (await fleet.posts(0), await fleet.posts(1)) == (5, 3)
    assert sorted(asked["shard"] for asked in fleet.server.gateway.identifies) == [[0, 2], [1, 2]]
    assert fleet.server.world.command_updates == 1


async def test_each_catches_up_with_its_own_servers_only(fleet: Fleet) -> None:
    await fleet.post(0, *CHATTER[:2])
    await fleet.post(1, *CHATTER[2:5])
    async with fleet.process(0):
        await fleet.counted(0, 2)
    assert fleet.read(0)
    assert not fleet.read(1)
    assert await fleet.posts(1) == 0
    before = len(fleet.server.rest.requests)
    async with fleet.process(1):
        await fleet.counted(1, 3)
    assert not fleet.read(0, since=before)
    assert await fleet.posts(0) == 2


async def test_each_erases_its_own_servers_only(fleet: Fleet) -> None:
    async with fleet.process(0), fleet.process(1):
        await fleet.connected(0, 1)
        await fleet.post(0, *CHATTER[:2])
        await fleet.post(1, *CHATTER[2:5])
        await fleet.counted(0, 2)
        await fleet.counted(1, 3)
    fleet.server.world.removed_from |= set(fleet.guilds.values())
    for mine, other in ((1, 0), (0, None)):
        kept = [] if other is None else [f"discord:{fleet.guilds[other]}"]
        async with fleet.process(mine), asyncio.timeout(20):
            while await known(fleet.settings) != kept:  # noqa: ASYNC110 - the database has no event
                await asyncio.sleep(0.05)
        if other is not None:
            assert await fleet.posts(other) == 2


async def known(settings: Settings) -> list[str]:
    async with open_application(settings) as application:
        return await application.absences.communities("discord")
