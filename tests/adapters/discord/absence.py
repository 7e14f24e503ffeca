"""A program that goes away and comes back, as the tests of absences see it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

from adapters.discord.adapter import DiscordAdapter
from bot.balance.identity import Member
from tests.adapters.conversation.stage import ANA, StageClock
from tests.adapters.discord.conftest import Opened, running
from tests.adapters.discord.server.server import DiscordServer
from tests.adapters.discord.stage import DiscordStage


@asynccontextmanager
async def connected(server: DiscordServer, opened: Opened, clock: StageClock) -> AsyncIterator[DiscordStage]:
    server.gateway.identifies.clear()
    server.gateway.sessions.clear()
    async with opened() as application:
        stage = DiscordStage(server, application, DiscordAdapter(application), clock)
        async with running(stage.adapter):
            await stage.until_connected()
            yield stage


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(10):
        while not await condition():  # noqa: ASYNC110 - the database has no event
            await asyncio.sleep(0.02)


async def posts_of(stage: DiscordStage, by: str = ANA) -> int:
    member = Member("discord", stage.server.world.person(by)["id"])
    balance = await stage.application.show_balance(member, None, stage.clock() + timedelta(hours=1))
    return balance.posts if balance else 0


async def until_counted(stage: DiscordStage, posts: int, by: str = ANA) -> None:
    async def counted() -> bool:
        return await posts_of(stage, by) == posts

    await until(counted)
