"""Members who want a digest or kudos, and how to reach them; nobody else's platform id is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.balance.identity import Member
from bot.balance.instant import instant, moment
from bot.storage.inserting import insert_into
from bot.storage.keyring import Keyring
from bot.storage.prepared import Prepared
from bot.storage.weekly_tables import MemberTallyRow, PersonalRow

_REACH = "platform id"
_NAMED = Prepared(
    select(*PersonalRow.__table__.c)
    .join(MemberTallyRow, MemberTallyRow.member == PersonalRow.member)
    .where(
        PersonalRow.kudos,
        MemberTallyRow.community == bindparam("community"),
        MemberTallyRow.week == bindparam("week"),
    )
    .order_by(PersonalRow.member)
)
_COLUMNS = tuple(column.name for column in PersonalRow.__table__.c)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a member wants to hear, and when.

    Attributes:
        member: the member's number.
        person: who they are on their platform.
        kudos: whether they may be named in the community's summary.
        digest: whether they want a weekly digest.
        weekday: 0 is Monday.
        hour: 0 to 23, on their own clocks.
        time_zone: their time zone, an IANA name.
        quiet_from: the hour from which they are left alone.
        quiet_until: the hour at which that ends; the same hour: never left alone.
        since: since when they want the digest.
        sent: the week, as an ordinal, whose digest was sent last; 0 for none.
        attempts: how often the platform refused the present one.
        retry_at: when it may be tried again.
    """

    member: int
    person: Member
    kudos: bool
    digest: bool
    weekday: int
    hour: int
    time_zone: str
    quiet_from: int
    quiet_until: int
    since: datetime
    sent: int = 0
    attempts: int = 0
    retry_at: datetime | None = None


class Personal:
    """Reads and writes members' wishes within one transaction."""

    def __init__(self, connection: AsyncConnection, keyring: Keyring) -> None:
        self._connection = connection
        self._keyring = keyring

    async def find(self, member: int) -> Wishes | None:
        """Return what a member wants; None where they want nothing."""
        return next(iter(await self._where(PersonalRow.member == member)), None)

    async def all(self) -> list[Wishes]:
        """Return everybody who wants a digest or kudos."""
        return await self._where(PersonalRow.member.is_not(None))

    async def digests(self, at: datetime) -> list[Wishes]:
        """Return everybody who wants a digest and is not put off after a refusal."""
        due = or_(PersonalRow.retry_at.is_(None), PersonalRow.retry_at <= instant(at))
        return await self._where(PersonalRow.digest & due)

    async def named(self, community: int, week: int) -> list[Wishes]:
        """Return who took part in a community's week and may be named."""
        rows = await _NAMED.rows(self._connection, {"community": community, "week": week})
        return [self._wishes(row) for row in rows]

    async def change(self, wishes: Wishes) -> None:
        """Store what a member wants; who wants nothing is deleted."""
        if not (wishes.kudos or wishes.digest):
            await self._connection.execute(delete(PersonalRow).where(PersonalRow.member == wishes.member))
            return
        values = self._values(wishes)
        statement = insert_into(self._connection.dialect.name, PersonalRow).values(**values)
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=[PersonalRow.member], set_=values)
        )

    async def claim(self, member: int, week: int) -> bool:
        """Claim a member's digest of a week; False where another process has, or they want none any more."""
        result = await self._connection.execute(
            update(PersonalRow)
            .where(PersonalRow.member == member, PersonalRow.digest, PersonalRow.sent < week)
            .values(sent=week)
        )
        return result.rowcount > 0

    async def settle(self, wishes: Wishes, week: int, retry_at: datetime | None) -> None:
        """End a claim: sent, or put off until a moment because it was certainly not sent."""
        put_off = retry_at is not None
        await self._connection.execute(
            update(PersonalRow)
            .where(PersonalRow.member == wishes.member, PersonalRow.sent == week)
            .values(
                sent=wishes.sent if put_off else week,
                attempts=wishes.attempts + 1 if put_off else 0,
                retry_at=None if retry_at is None else instant(retry_at),
            )
        )

    async def _where(self, chosen: ColumnElement[bool]) -> list[Wishes]:
        query = select(*PersonalRow.__table__.c).where(chosen).order_by(PersonalRow.member)
        return [self._wishes(row) for row in await self._connection.execute(query)]

    def _wishes(self, row: Sequence[Any]) -> Wishes:
        member, reach, kudos, digest, *settings, since, sent, attempts, retry_at = row
        platform, _, id_ = self._keyring.open(reach, _REACH).partition(":")
        return Wishes(
            member,
            Member(platform, id_),
            bool(kudos),
            bool(digest),
            *settings,
            since=moment(since),
            sent=sent,
            attempts=attempts,
            retry_at=None if retry_at is None else moment(retry_at),
        )

    def _values(self, wishes: Wishes) -> dict[str, Any]:
        values = {name: getattr(wishes, name) for name in _COLUMNS if name != "reach"}
        values["reach"] = self._keyring.seal(str(wishes.person), _REACH)
        values["since"] = instant(wishes.since)
        values["retry_at"] = None if wishes.retry_at is None else instant(wishes.retry_at)
        return values
