"""Plays the scenes on Discord: the real library against the server on the loopback."""

import asyncio
import json
import re
from collections.abc import Callable
from typing import Any

from adapters.discord.adapter import DiscordAdapter
from bot.bootstrap import Application
from tests.adapters.conversation.stage import ANA, Answer, StageClock
from tests.adapters.discord.server.server import DiscordServer

_MARKS = re.compile(r"\\([^0-9A-Za-z\s])|\*\*|__|^-# ", re.MULTILINE)


def plain_text(message: dict[str, Any]) -> str:
    """Return a message as its reader sees it, without markup."""
    parts = [message["content"], *(embed.get("description", "") for embed in message["embeds"])]
    return _MARKS.sub(lambda match: match.group(1) or "", "\n".join(parts))


def buttons(message: dict[str, Any]) -> dict[str, str]:
    """Return a message's buttons: label to custom id."""
    return {each["label"]: each["custom_id"] for row in message["components"] for each in row["components"]}


def as_answer(message: dict[str, Any]) -> Answer:
    return Answer(plain_text(message), tuple(buttons(message)))


async def eventually(condition: Callable[[], bool]) -> None:
    """Wait until something of the adapter's is true that no event of the server's tells about."""
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - it has no event either
            await asyncio.sleep(0.005)


class DiscordStage:
    """A server, its people, and the running adapter."""

    def __init__(
        self, server: DiscordServer, application: Application, adapter: DiscordAdapter, clock: StageClock
    ) -> None:
        self.server = server
        self.application = application
        self.adapter = adapter
        self.clock = clock
        self.channel = server.world.channel("general")

    async def dm(self, text: str, by: str = ANA) -> Answer:
        before = len(self.server.seen_by(by))
        await self.server.dm(by, text)
        return await self.next_answer(by, before)

    async def command(self, text: str, by: str = ANA) -> Answer:
        before = len(self.server.seen_by(by))
        await self.server.command(by, "checkpost", [{"name": "draft", "type": 3, "value": text}])
        return await self.next_answer(by, before)

    async def press(self, label: str, by: str = ANA) -> Answer:
        seen = self.server.seen_by(by)
        message = next(each for each in reversed(seen) if label in buttons(each))
        await self.server.press(by, message, buttons(message)[label])
        return await self.next_answer(by, len(seen))

    async def next_answer(self, by: str, before: int) -> Answer:
        await self.server.until(lambda: len(self.server.seen_by(by)) > before)
        return as_answer(self.server.seen_by(by)[before])

    def said(self, to: str = ANA) -> list[Answer]:
        return [as_answer(message) for message in self.server.seen_by(to)]

    def heard_by(self, person: str) -> list[str]:
        return [plain_text(message) for message in self.server.seen_by(person)]

    def wire(self) -> str:
        return json.dumps([(path, str(body)) for _, path, body in self.server.rest.requests])

    async def administrate(self, name: str, *options: dict[str, Any]) -> Answer:
        before = len(self.server.seen_by("Owner"))
        resolved = {
            key: self.channel[key] for key in ("id", "type", "name", "flags", "parent_id", "topic", "nsfw")
        } | {
            "permissions": "0",
            "position": 0,
            "last_message_id": None,
            "rate_limit_per_user": 0,
        }
        await self.server.command(
            "Owner",
            "coach-admin",
            [{"name": name, "type": 1, "options": list(options)}],
            resolved={
                "channels": {self.channel["id"]: resolved},
                "roles": {role["id"]: role for role in self.server.world.roles.values()},
            },
        )
        return await self.next_answer("Owner", before)

    async def record_channel(self) -> None:
        await self.administrate(
            "record",
            {"name": "channel", "type": 7, "value": self.channel["id"]},
            {"name": "on", "type": 5, "value": True},
        )
        await self.until_connected(identifies=2)

    async def until_connected(self, identifies: int = 1) -> None:
        """Wait for the connection; the first recorded channel needs a second one, with more intents."""
        await eventually(
            lambda: len(self.server.gateway.identifies) >= identifies and self.adapter.connected()
        )

    async def observe_post(self, text: str, by: str = ANA, *, times: int = 1) -> None:
        message = await self.server.post(by, self.channel, text)
        for _ in range(times - 1):
            await self.server.repeat("MESSAGE_CREATE", message)
        await self.settled()

    async def settled(self) -> None:
        """Wait until everything sent was dealt with: the gateway keeps the order, then all is written."""
        client = self.adapter._client
        assert client is not None
        await self.server.gateway.caught_up()
        await eventually(lambda: not client._under_way._tasks)
        await client._recording.caught_up()

    async def summarise(self, weekday: str, hour: int, time_zone: str) -> None:
        days = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
        await self.administrate(
            "summary",
            {"name": "channel", "type": 7, "value": self.channel["id"]},
            {"name": "weekday", "type": 4, "value": days.index(weekday)},
            {"name": "hour", "type": 4, "value": hour},
            {"name": "time_zone", "type": 3, "value": time_zone},
        )

    async def send_due(self) -> None:
        await self.application.weekly_summaries.send_due({"discord": self.adapter}, self.clock())

    def announced(self) -> list[str]:
        return [
            plain_text(said.payload)
            for said in self.server.world.messages.values()
            if said.audience is None and said.payload["author"]["id"] == self.server.world.bot["id"]
        ]
