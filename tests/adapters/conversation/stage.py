"""What a platform's tests provide so that the same scenes can be played on it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

ANA, BEA, CLEO, DAN, EVE = "Ana", "Bea", "Cleo", "Dan", "Eve"
"""People of one community; Ana is the one who writes, unless a scene says otherwise."""


class StageClock:
    """The clock of the whole stage: the coach's and the platform's."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **span: float) -> None:
        self.now += timedelta(**span)


START = datetime(2026, 10, 11, 8, 0, tzinfo=UTC)
"""A Sunday, two weeks before clocks go back in Europe."""


@dataclass(frozen=True)
class Answer:
    """One private answer as its reader sees it.

    Attributes:
        text: every word of it, without markup, the quoted draft included.
        buttons: the labels of its buttons.
    """

    text: str
    buttons: tuple[str, ...] = ()

    def __contains__(self, words: str) -> bool:
        return words.casefold() in f"{self.text}\n{' '.join(self.buttons)}".casefold()


class Stage(Protocol):
    """A community on a platform, with the coach in it."""

    clock: StageClock

    async def dm(self, text: str, by: str = ANA) -> Answer:
        """Send the coach a direct message and wait for the answer."""
        ...

    async def command(self, text: str, by: str = ANA) -> Answer:
        """Call `/checkpost` with a draft in a channel and wait for the answer."""
        ...

    async def press(self, label: str, by: str = ANA) -> Answer:
        """Press a button of the latest answer that has it, and wait for what it brings."""
        ...

    def said(self, to: str = ANA) -> list[Answer]:
        """Return every private answer a person got, oldest first."""
        ...

    def heard_by(self, person: str) -> list[str]:
        """Return everything of the coach's that a person can see, private or not, as plain text."""
        ...

    def wire(self) -> str:
        """Return everything the coach ever sent to the platform, as it went over the wire."""
        ...

    async def record_channel(self) -> None:
        """Have an administrator choose the stage's channel for recording."""
        ...

    async def observe_post(self, text: str, by: str = ANA, *, times: int = 1) -> None:
        """Post in the stage's channel, delivered so many times, and wait until it is dealt with."""
        ...

    async def summarise(self, weekday: str, hour: int, time_zone: str) -> None:
        """Have an administrator choose the stage's channel, a day and an hour for the weekly summary."""
        ...

    async def send_due(self) -> None:
        """Let the scheduler look once, at the stage's present moment."""
        ...

    def announced(self) -> list[str]:
        """Return what the coach posted for everybody in the stage's channel, oldest first."""
        ...
