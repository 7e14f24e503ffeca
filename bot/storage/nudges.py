"""Members who asked for nudges, and how to reach them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.balance.identity import Member
from bot.balance.instant import instant, moment
from bot.balance.nudges import Nudging
from bot.storage.inserting import insert_into
from bot.storage.keyring import Keyring
from bot.storage.nudge_tables import NudgeRow

_REACH = "platform id for nudges"


@dataclass(frozen=True, slots=True)
class StoredNudging:
    """A member who asked for nudges.

    Attributes:
        member: the member's number.
        person: who they are on their platform.
        nudging: when they may be nudged.
    """

    member: int
    person: Member
    nudging: Nudging


class Nudges:
    """Reads and writes who asked for nudges within one transaction."""

    def __init__(self, connection: AsyncConnection, keyring: Keyring) -> None:
        self._connection = connection
        self._keyring = keyring

    async def find(self, member: int) -> StoredNudging | None:
        """Return a member's nudges; None where they asked for none."""
        return next(iter(await self._where(NudgeRow.member == member)), None)

    async def all(self) -> list[StoredNudging]:
        """Return everybody who asked for nudges."""
        return await self._where(NudgeRow.member.is_not(None))

    async def put(self, stored: StoredNudging) -> None:
        """Store that a member asked for nudges, or when they are to be left alone."""
        values = {
            "member": stored.member,
            "reach": self._keyring.seal(str(stored.person), _REACH),
            "quiet_from": stored.nudging.quiet_from,
            "quiet_until": stored.nudging.quiet_until,
            "time_zone": stored.nudging.zone.key,
            "last_at": _instant(stored.nudging.last),
            "before_at": _instant(stored.nudging.before),
            "unanswered": stored.nudging.unanswered,
        }
        statement = insert_into(self._connection.dialect.name, NudgeRow).values(**values)
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=[NudgeRow.member], set_=values)
        )

    async def claim(self, stored: StoredNudging, at: datetime) -> bool:
        """Note that a nudge is sent now; False where another process has sent one since it was read."""
        last = _instant(stored.nudging.last)
        unchanged = NudgeRow.last_at.is_(None) if last is None else NudgeRow.last_at == last
        result = await self._connection.execute(
            update(NudgeRow)
            .where(NudgeRow.member == stored.member, unchanged)
            .values(last_at=instant(at), before_at=last, unanswered=NudgeRow.unanswered + 1)
        )
        return result.rowcount > 0

    async def answered(self, member: int) -> None:
        """Note that a member reacted."""
        await self._connection.execute(update(NudgeRow).where(NudgeRow.member == member).values(unanswered=0))

    async def remove(self, member: int) -> int:
        """Forget that a member asked for nudges; returns how many rows there were."""
        result = await self._connection.execute(delete(NudgeRow).where(NudgeRow.member == member))
        return result.rowcount

    async def _where(self, chosen: ColumnElement[bool]) -> list[StoredNudging]:
        query = select(*NudgeRow.__table__.c).where(chosen).order_by(NudgeRow.member)
        return [self._stored(row) for row in await self._connection.execute(query)]

    def _stored(self, row: Sequence[Any]) -> StoredNudging:
        member, reach, quiet_from, quiet_until, zone, last, before, unanswered = row
        platform, _, id_ = self._keyring.open(reach, _REACH).partition(":")
        nudging = Nudging(quiet_from, quiet_until, ZoneInfo(zone), _moment(last), _moment(before), unanswered)
        return StoredNudging(member, Member(platform, id_), nudging)


def _instant(at: datetime | None) -> int | None:
    return None if at is None else instant(at)


def _moment(at: int | None) -> datetime | None:
    return None if at is None else moment(at)
