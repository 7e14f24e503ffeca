"""Members who asked to be told when their balance drifts, and who is told now."""

from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.balance.balance import Balance
from bot.balance.bounds import Bounds
from bot.balance.identity import Member
from bot.balance.nudges import Nudging, Verdict, turn, worth_mentioning
from bot.balance.window import Window
from bot.services.ledgers import Ledgers
from bot.storage.database import Database
from bot.storage.nudges import StoredNudging

QUIET = (22, 8)
"""The quiet hours of whoever set none."""

_DAY = 24


@dataclass(frozen=True, slots=True)
class Nudge:
    """One member to be told now.

    Attributes:
        member: who, on their platform.
        balance: their balance in the community it is about.
    """

    member: Member
    balance: Balance


class Nudges:
    """Nudges are off until a member asks for them, and go out only where the community allows it.

    Args:
        database: the record.
        bounds: the configuration's window and band.
    """

    def __init__(self, database: Database, bounds: Bounds) -> None:
        self._database = database
        self._bounds = bounds

    async def read(self, member: Member) -> Nudging | None:
        """Return when a member may be nudged; None where they asked for none."""
        async with self._database.glancing() as work:
            stored = await work.members.find(member)
            found = await work.nudges.find(stored.id) if stored else None
        return found.nudging if found else None

    async def switch_on(self, member: Member) -> None:
        """Store that a member asked for nudges; their platform id is kept, encrypted, while they do."""
        async with self._database.writing() as work:
            stored = await work.members.add(member)
            if await work.nudges.find(stored.id) is None:
                nudging = Nudging(*QUIET, ZoneInfo("UTC"))
                await work.nudges.put(StoredNudging(stored.id, member, nudging))

    async def switch_off(self, member: Member) -> None:
        """Store that a member wants no nudges any more; nothing about it is kept."""
        async with self._database.writing() as work:
            stored = await work.members.find(member)
            if stored is not None:
                await work.nudges.remove(stored.id)

    async def quiet(self, member: Member, start: int, end: int, time_zone: str) -> bool:
        """Set a member's quiet hours; the same hour twice means none. False where they get no nudges.

        Raises:
            ValueError: an hour or the time zone does not exist; the message says so.
        """
        if not (0 <= start < _DAY and 0 <= end < _DAY):
            raise ValueError("hours are numbers from 0 to 23")
        try:
            zone = ZoneInfo(time_zone)
        except (KeyError, ValueError, OSError):
            raise ValueError("the time zone is written like Europe/Lisbon") from None
        async with self._database.writing() as work:
            stored = await work.members.find(member)
            found = await work.nudges.find(stored.id) if stored else None
            if found is None:
                return False
            nudging = replace(found.nudging, quiet_from=start, quiet_until=end, zone=zone)
            await work.nudges.put(replace(found, nudging=nudging))
        return True

    async def answered(self, member: Member) -> None:
        """Note that a member reacted to a nudge."""
        async with self._database.writing() as work:
            stored = await work.members.find(member)
            if stored is not None:
                await work.nudges.answered(stored.id)

    async def due(self, platform: str, at: datetime) -> list[Nudge]:
        """Return who is to be told now, each noted as told; whoever ignored two gets no more.

        A crash before it is delivered loses a nudge and never repeats one.

        Args:
            platform: whose members.
            at: now, in UTC.
        """
        async with self._database.reading() as work:
            waiting = [one for one in await work.nudges.all() if one.person.platform == platform]
        nudges: list[Nudge] = []
        for one in waiting:
            verdict = turn(one.nudging, at)
            if verdict is Verdict.STOP:
                async with self._database.writing() as work:
                    await work.nudges.remove(one.member)
            elif verdict is Verdict.SEND and (balance := await self._balance(one, at)) is not None:
                async with self._database.writing() as work:
                    if await work.nudges.claim(one, at):
                        nudges.append(Nudge(one.person, balance))
        return nudges

    async def _balance(self, one: StoredNudging, at: datetime) -> Balance | None:
        """Return the balance to mention, of the first community that allows nudges; None for none."""
        window = Window.ending(at, self._bounds.window_days)
        async with self._database.reading() as work:
            stored = (await work.members.by_id([one.member])).get(one.member)
            if stored is None or not stored.recorded:
                return None
            places = await work.communities.by_id(await work.posts.communities_of(one.member))
            ledgers = Ledgers(work, self._database.keyring, self._bounds)
            for _, place in sorted(places.items()):
                if place.nudges and place.name.startswith(f"{one.person.platform}:"):
                    ledger = await ledgers.load(stored, place, window)
                    if ledger and worth_mentioning(ledger.balance, self._bounds.minimum_posts):
                        return ledger.balance
        return None
