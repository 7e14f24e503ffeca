import asyncio

import pytest

from bot.commands.keeping import RETRY_SECONDS, Platforms
from bot.services.platform import AdapterError
from bot.summaries.summary import Summary


class FakeAdapter:
    """A platform that is refused as often as it is told to be, and then serves."""

    def __init__(self, name: str, refusals: list[str]) -> None:
        self.name = name
        self.refusals = refusals
        self.serving = False
        self.closed = False

    async def run(self) -> None:
        await asyncio.sleep(0)
        if self.refusals:
            raise AdapterError(self.refusals.pop(0))
        self.serving = True
        await asyncio.Event().wait()

    async def probe(self) -> str:
        return self.name

    async def close(self) -> None:
        self.closed = True

    def connected(self) -> bool:
        return self.serving

    async def post(self, channel: str, summary: Summary, marker: str) -> None: ...

    async def find(self, channel: str, marker: str) -> bool | None: ...

    async def send_digest(self, *arguments: object) -> None: ...


async def kept(refusals: dict[str, list[str]], rounds: int) -> tuple[Platforms, list[float]]:
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)
        await asyncio.sleep(0)

    platforms = Platforms(list(refusals), lambda name: FakeAdapter(name, refusals[name]), sleep)
    tasks = [asyncio.create_task(platforms.keep(name)) for name in refusals]
    for _ in range(rounds):
        await asyncio.sleep(0)
    for task in tasks:
        task.cancel()
    ended = await asyncio.gather(*tasks, return_exceptions=True)
    refused = [error for error in ended if isinstance(error, AdapterError)]
    if refused:
        raise refused[0]
    return platforms, waited


async def test_one_platform_that_is_refused_leaves_the_other_serving_and_is_tried_again(caplog):
    platforms, waited = await kept({"discord": ["Discord refused discord.token"], "slack": []}, rounds=20)
    assert platforms.connected("slack")
    assert platforms.connected("discord")
    assert waited == [RETRY_SECONDS]
    assert "Discord refused discord.token" in caplog.text


async def test_the_only_platform_that_is_refused_ends_the_program():
    with pytest.raises(AdapterError, match="refused"):
        await kept({"discord": ["Discord refused discord.token"]}, rounds=20)


async def test_when_every_platform_is_refused_the_program_ends():
    with pytest.raises(AdapterError):
        await kept({"discord": ["no"] * 9, "slack": ["no"] * 9}, rounds=20)
