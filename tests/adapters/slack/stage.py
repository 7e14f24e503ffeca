"""Plays the scenes on Slack: the real library against the server on the loopback."""

import asyncio
import json

from adapters.slack.client import SlackCoach
from bot.bootstrap import Application
from tests.adapters.conversation.stage import ANA, Answer, StageClock
from tests.adapters.slack.server.slack import Slack, buttons, read
from tests.adapters.slack.server.workspace import CHANNEL, OWNER, Said, user_of


def as_answer(said: Said) -> Answer:
    """Return a message as its reader sees it."""
    return Answer(read(said), tuple(button["text"]["text"] for button in buttons(said)))


class SlackStage:
    """A workspace, its people, and the running adapter."""

    def __init__(
        self, slack: Slack, application: Application, adapter: SlackCoach, clock: StageClock
    ) -> None:
        self.slack = slack
        self.application = application
        self.adapter = adapter
        self.clock = clock

    async def until_connected(self) -> None:
        """Wait for the connection, and reach the app the way it is meant to be reached."""
        async with asyncio.timeout(10):
            while not self.adapter.connected():  # noqa: ASYNC110 - the library has no event for it
                await asyncio.sleep(0.005)
            if self.adapter.port:
                self.slack.reach_over_http(self.adapter.port)
            else:
                await self.slack.socket.connected.wait()

    async def dm(self, text: str, by: str = ANA) -> Answer:
        return as_answer((await self.slack.dm(user_of(by), text))[0])

    async def command(self, text: str, by: str = ANA) -> Answer:
        return as_answer((await self.slack.command(user_of(by), text))[0])

    async def press(self, label: str, by: str = ANA) -> Answer:
        seen = self.slack.workspace.seen_by(user_of(by))
        said = next(one for one in reversed(seen) if label in as_answer(one).buttons)
        return as_answer((await self.slack.press(user_of(by), said, label))[0])

    def said(self, to: str = ANA) -> list[Answer]:
        return [
            as_answer(said) for said in self.slack.workspace.seen_by(user_of(to)) if said.channel != CHANNEL
        ]

    def heard_by(self, person: str) -> list[str]:
        return [read(said) for said in self.slack.workspace.seen_by(user_of(person))]

    def wire(self) -> str:
        return json.dumps([said.payload for said in self.slack.workspace.said] + [self.slack.workspace.calls])

    async def administrate(self, text: str) -> Answer:
        """Use the administrators' command."""
        return as_answer((await self.slack.command(user_of(OWNER), text, name="/checkpost-admin"))[0])

    async def record_channel(self) -> None:
        await self.administrate(f"record <#{CHANNEL}|general> on")

    async def observe_post(self, text: str, by: str = ANA, *, times: int = 1) -> None:
        message = self.slack.message(user_of(by), CHANNEL, text)
        event_id = self.slack.workspace.unique("Ev")
        for _ in range(times):
            acknowledged = await self.slack.event(message, "MessagePayload", event_id=event_id)
            assert acknowledged.status == 200

    async def summarise(self, weekday: str, hour: int, time_zone: str) -> None:
        await self.administrate(f"summary <#{CHANNEL}|general>")
        await self.administrate(f"summary {weekday} {hour} {time_zone}")

    async def send_due(self) -> None:
        await self.application.weekly_summaries.send_due({"slack": self.adapter}, self.clock())

    def announced(self) -> list[str]:
        return [read(said) for said in self.slack.workspace.said if said.channel == CHANNEL]
