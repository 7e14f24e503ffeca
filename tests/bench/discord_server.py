"""Discord on the loopback in a process of its own, so that its work is not measured with ours.

Reads a line for each thing to do from standard input and answers each with a line of JSON.
"""

import asyncio
import json
import random
import sys
import time
from pathlib import Path
from typing import Any

from tests.adapters.discord.server import payloads, schemas
from tests.adapters.discord.server.ids import snowflake
from tests.adapters.discord.server.messages import Open
from tests.adapters.discord.server.server import DiscordServer

DRAFTS = (
    "Thank you, Bea, for the talk on soil tests yesterday. Which lab did you send yours to?",
    "Good point! My blog has it: https://ana.example/tomatoes and my shop: https://ana.example/shop",
    "Please buy my new book on tomatoes, it is out today: https://ana.example/book",
    "We turned the whole heap over this afternoon, and it was warm in the middle already.",
    "Does somebody know why basil leaves turn pale? Mine stand on a south window since May.",
)

_ANSWER = 4  # an announcement that one is coming is none


class Bench:
    """What the measurements ask of the server."""

    def __init__(self, server: DiscordServer) -> None:
        self.server = server
        self.sent: dict[str, float] = {}
        self.took: list[float] = []
        opened = server.interactions.opened

        def noted(payload: dict[str, Any]) -> Open:
            self.sent[payload["token"]] = time.perf_counter()
            return opened(payload)

        server.interactions.opened = noted
        callback, edit = server.interactions.callback, server.interactions.edit_original

        def timed(token: str, body: dict[str, Any]) -> dict[str, Any]:
            if body["type"] == _ANSWER:
                self._answered(token)
            return callback(token, body)

        def timed_edit(token: str, body: dict[str, Any]) -> dict[str, Any]:
            self._answered(token)
            return edit(token, body)

        server.interactions.callback = timed
        server.interactions.edit_original = timed_edit

    def _answered(self, token: str) -> None:
        if token in self.sent:
            self.took.append(time.perf_counter() - self.sent.pop(token))

    async def checkpost(self, members: int, rounds: int) -> list[float]:
        """Let so many members call /checkpost at once, several times; returns each one's wait in seconds."""
        self.took.clear()
        for each in range(rounds):
            for number in range(members):
                option = {"name": "draft", "type": 3, "value": DRAFTS[(number + each) % len(DRAFTS)]}
                await self.server.command(f"Person {number}", "checkpost", [option])
            while self.sent:  # noqa: ASYNC110 - the answers have no event
                await asyncio.sleep(0.005)
        self.server.world.messages.clear()
        return list(self.took)

    async def busy(self, members: int, rounds: int) -> list[float]:
        """Let so many members call /checkpost again and again, each about a second after an answer.

        Returns each call's wait in seconds.
        """
        self.took.clear()

        async def member(number: int) -> None:
            chance = random.Random(number)
            for each in range(rounds):
                await asyncio.sleep(chance.uniform(0, 2))
                option = {"name": "draft", "type": 3, "value": DRAFTS[(number + each) % len(DRAFTS)]}
                said = await self.server.command(f"Person {number}", "checkpost", [option])
                while said.payload["token"] in self.sent:  # noqa: ASYNC110 - the answers have no event
                    await asyncio.sleep(0.005)

        await asyncio.gather(*(member(number) for number in range(members)))
        self.server.world.messages.clear()
        return list(self.took)

    async def flood(self, count: int) -> None:
        """Send so many posts to every session, as fast as they are taken."""
        channel = self.server.world.channel("general")
        people = [self.server.world.person(f"Person {number}") for number in range(50)]
        for number in range(count):
            author = people[number % len(people)]
            text = f"{DRAFTS[number % len(DRAFTS)]} {number}"
            message = payloads.message(channel["id"], author, text, id=snowflake())
            member = {key: value for key, value in payloads.member(author).items() if key != "user"}
            data = message | {"guild_id": self.server.world.guild_id, "member": member}
            for session in self.server.gateway.connected():
                await self.server.gateway._send(session, "MESSAGE_CREATE", data)
                session.sent[-1] = {}  # nothing is resumed here


async def main() -> None:
    schemas.FOLDER = Path("/nowhere")
    async with DiscordServer() as server:
        bench = Bench(server)
        server.world.channel("general")
        ids = [server.world.person(f"Person {number}")["id"] for number in range(50)]
        _say(
            api_url=server.api_url,
            guild=server.world.guild_id,
            channel=server.world.channel("general")["id"],
            people=ids,
        )
        while line := await asyncio.to_thread(sys.stdin.readline):
            what, *numbers = line.split()
            if what == "checkpost":
                _say(took=await bench.checkpost(*map(int, numbers)))
            elif what == "busy":
                _say(took=await bench.busy(*map(int, numbers)))
            else:
                await bench.flood(*map(int, numbers))
                _say(done=True)


def _say(**answer: Any) -> None:
    print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
