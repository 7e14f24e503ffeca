"""Plays the scenes in the terminal: everybody has a screen of their own, and one record is behind them."""

import asyncio
from contextlib import suppress

from rich.text import Text

from adapters.terminal.client import LOCAL, TerminalCoach
from adapters.terminal.settings import COMMUNITY
from bot.balance.identity import Member
from bot.bootstrap import Application
from tests.adapters.conversation.stage import ANA, Answer, StageClock

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class FakeScreen:
    """Types what a test says and keeps what was shown."""

    interactive = False
    colour = False

    def __init__(self) -> None:
        self.typed: asyncio.Queue[str | None] = asyncio.Queue()
        self.asked = asyncio.Event()
        self.shown: list[str] = []
        self.prefilled = ""

    async def read(self, words: frozenset[str], prefilled: str = "") -> str | None:  # noqa: ARG002
        self.prefilled = prefilled
        if self.typed.empty():
            self.asked.set()
        return await self.typed.get()

    def write(self, text: Text) -> None:
        self.shown.append(text.plain)

    async def say(self, text: str) -> list[str]:
        """Type something and return what is shown until the coach waits again."""
        before = len(self.shown)
        self.asked.clear()
        self.typed.put_nowait(text)
        await self.asked.wait()
        return self.shown[before:]


class TerminalStage:
    """One record, and a terminal for each person."""

    def __init__(self, application: Application, clock: StageClock) -> None:
        self.clock = clock
        self._application = application
        self._screens: dict[str, FakeScreen] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._answers: dict[str, list[Answer]] = {}
        self._board = FakeScreen()

    async def dm(self, text: str, by: str = ANA) -> Answer:
        screen = await self._screen(by)
        return self._answer(await screen.say(text), by)

    async def command(self, text: str, by: str = ANA) -> Answer:
        return await self.dm(f"check: {text}", by)

    async def press(self, label: str, by: str = ANA) -> Answer:
        last = next(answer for answer in reversed(self._answers[by]) if label in answer.buttons)
        choices = last.text.rpartition("\n")[2]
        word = next(
            part.split("]")[0] for part in choices.split("[") if part.split("] ")[-1].strip() == label
        )
        return await self.dm(word, by)

    def said(self, to: str = ANA) -> list[Answer]:
        return self._answers.get(to, [])

    def heard_by(self, person: str) -> list[str]:
        return self._screens[person].shown if person in self._screens else []

    def wire(self) -> str:
        return "\n".join(line for screen in self._screens.values() for line in screen.shown)

    async def record_channel(self) -> None:
        """Nothing watches a terminal: posts are reported with "I posted this"."""

    async def observe_post(self, text: str, by: str = ANA, *, times: int = 1) -> None:
        for _ in range(times):
            await self.command(text, by)
            await self.press("I posted this", by)

    async def summarise(self, weekday: str, hour: int, time_zone: str) -> None:
        await self._application.community_settings.change(
            COMMUNITY,
            LOCAL,
            self.clock(),
            summary_channel="screen",
            weekday=WEEKDAYS.index(weekday),
            hour=hour,
            time_zone=time_zone,
        )

    async def send_due(self) -> None:
        poster = TerminalCoach(self._application, self._board)
        await self._application.weekly_summaries.send_due({"terminal": poster}, self.clock())

    def announced(self) -> list[str]:
        weeks: list[str] = []
        for line in self._board.shown:
            if "(Checkpost " in line:
                weeks.append("")
            weeks[-1] += f"{line}\n"
        return weeks

    async def close(self) -> None:
        for screen in self._screens.values():
            screen.typed.put_nowait(None)
        await asyncio.gather(*self._tasks)

    async def _screen(self, person: str) -> FakeScreen:
        if person not in self._screens:
            screen = self._screens[person] = FakeScreen()
            member = LOCAL if person == ANA else Member("terminal", person)
            coach = TerminalCoach(self._application, screen, member)
            self._tasks.append(asyncio.create_task(coach.run()))
            with suppress(TimeoutError):
                await asyncio.wait_for(screen.asked.wait(), 5)
        return self._screens[person]

    def _answer(self, shown: list[str], by: str) -> Answer:
        text = "\n".join(shown)
        choices = shown[-1] if shown and shown[-1].startswith("[") else ""
        labels = tuple(part.split("] ", 1)[1].strip() for part in choices.split("   ") if "] " in part)
        answer = Answer(text, labels)
        self._answers.setdefault(by, []).append(answer)
        return answer
