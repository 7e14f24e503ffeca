"""The roll-up of the weeks: what each member adds, and each community's sum of it."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, bindparam, delete, exists, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.inserting import compiled, insert_into
from bot.storage.prepared import Prepared
from bot.storage.stale import mark_from, week_of
from bot.storage.weekly_tables import (
    CommunityTallyRow,
    MemberTallyRow,
    PublishedRow,
    StaleTallyRow,
    TallyBasisRow,
)
from bot.summaries.counts import FIGURES, Figure, MemberCounts, WeekCounts

_OWN = tuple(MemberCounts.__slots__)
_SUMS = tuple(name for figure in FIGURES for name in (figure, f"{figure}_by"))
_OF_1970 = 719_162 // 7
"""The ordinal of the week of the first of January 1970 (`bot.summaries.week.Week.ordinal`)."""

_there = bindparam("community", type_=Integer)
_SUMMED = Prepared(
    select(CommunityTallyRow.week, *(CommunityTallyRow.__table__.c[name] for name in _SUMS)).where(
        CommunityTallyRow.community == _there,
        CommunityTallyRow.week.between(bindparam("first"), bindparam("last")),
    )
)
_based: Any = exists().where(TallyBasisRow.community == _there, TallyBasisRow.digest == bindparam("digest"))
_stale: Any = exists().where(StaleTallyRow.community == _there)
_fresh: Any = select(_based, _stale)
_FRESH = Prepared(_fresh)

Changes = Counter[tuple[int, int, str]]
"""By how much sums change: of a community's number, a week's ordinal and a figure."""


@dataclass(frozen=True, slots=True)
class Stale:
    """A member whose weeks in a community are to be counted again.

    Attributes:
        community: the community's number.
        member: the member's number.
        week: the first such week, as `bot.storage.stale.week_of` counts them.
    """

    community: int
    member: int
    week: int


class Tallies:
    """Reads and writes tallies within one transaction; weeks are ordinals (`Week.ordinal`)."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection
        self._changes: Changes = Counter()

    async def take_stale(self, limit: int, community: int | None = None) -> list[Stale]:
        """Take what is stale off the list, for this transaction to count again.

        Args:
            limit: how much at most.
            community: the community's number; None for any.
        """
        query = select(StaleTallyRow.community, StaleTallyRow.member, StaleTallyRow.week)
        if community is not None:
            query = query.where(StaleTallyRow.community == community)
        # What somebody else is counting right now is waited for where a sum is about to be read.
        query = query.limit(limit).with_for_update(skip_locked=community is None)
        taken = [Stale(*row) for row in await self._connection.execute(query)]
        if taken:
            keys = tuple_(StaleTallyRow.community, StaleTallyRow.member)
            chosen = keys.in_([(stale.community, stale.member) for stale in taken])
            await self._connection.execute(delete(StaleTallyRow).where(chosen))
        return taken

    async def put(self, community: int, member: int, first: int, counted: Mapping[int, MemberCounts]) -> None:
        """Store what a member adds to the weeks from one on; drafts checked stay as they are.

        The community's sums change with `settle`, which ends every piece of work that puts.
        """
        known = await self._of_member(community, member, first)
        weeks = {
            week: replace(
                counted.get(week, MemberCounts()),
                checked=known.get(week, MemberCounts()).checked,
                improved=known.get(week, MemberCounts()).improved,
            )
            for week in known.keys() | counted.keys()
        }
        await self._store(community, member, known, weeks)

    async def add_checks(self, community: int, member: int, week: int, checked: int, improved: int) -> None:
        """Add drafts that a member had checked to a week."""
        known = await self._of_member(community, member, week, week)
        now = known.get(week, MemberCounts())
        now = replace(now, checked=now.checked + checked, improved=now.improved + improved)
        await self._store(community, member, known, {week: now})

    async def settle(self) -> None:
        """Bring the communities' sums up to date with what was put."""
        sums: dict[tuple[int, int], Counter[str]] = {}
        for (community, week, name), change in sorted(self._changes.items()):
            sums.setdefault((community, week), Counter())[name] = change
        self._changes.clear()
        rows = [(*key, *(change[name] for name in _SUMS)) for key, change in sums.items()]
        if rows:
            await self._connection.exec_driver_sql(_adding(self._connection.dialect.name), rows)

    async def sums(self, community: int, first: int, last: int) -> dict[int, WeekCounts]:
        """Return a community's sums of some weeks in a row; one nobody took part in may be missing."""
        values = {"community": community, "first": first, "last": last}
        found: dict[int, WeekCounts] = {}
        for week, *sums in await _SUMMED.rows(self._connection, values):
            figures = (Figure(*pair) for pair in zip(sums[::2], sums[1::2], strict=True))
            found[week] = WeekCounts(*figures)
        return found

    async def of_members(self, community: int, week: int, members: Iterable[int]) -> dict[int, MemberCounts]:
        """Return what some members add to a week."""
        query: Select[Any] = select(
            MemberTallyRow.member, *(MemberTallyRow.__table__.c[name] for name in _OWN)
        ).where(
            MemberTallyRow.community == community,
            MemberTallyRow.week == week,
            MemberTallyRow.member.in_(sorted(members)),
        )
        return {row[0]: MemberCounts(*row[1:]) for row in await self._connection.execute(query)}

    async def everything(self, member: int) -> list[tuple[int, int, MemberCounts]]:
        """Return all there is about a member: community's number, week, and what they add."""
        query: Select[Any] = (
            select(
                MemberTallyRow.community,
                MemberTallyRow.week,
                *(MemberTallyRow.__table__.c[name] for name in _OWN),
            )
            .where(MemberTallyRow.member == member)
            .order_by(MemberTallyRow.community, MemberTallyRow.week)
        )
        rows: Sequence[Any] = (await self._connection.execute(query)).all()
        return [(row[0], row[1], MemberCounts(*row[2:])) for row in rows]

    async def fresh(self, community: int, digest: bytes) -> bool:
        """Tell whether nothing of a community is stale, counted by the settings of a digest."""
        (row,) = await _FRESH.rows(self._connection, {"community": community, "digest": digest})
        return bool(row[0] and not row[1])

    async def rebase(self, community: int, digest: bytes) -> bool:
        """Note the settings that tallies are counted by; returns whether others held before.

        Then all of the community's weeks are stale.
        """
        query = select(TallyBasisRow.digest).where(TallyBasisRow.community == community)
        known = (await self._connection.execute(query)).scalar_one_or_none()
        if known == digest:
            return False
        backend = self._connection.dialect.name
        statement = insert_into(backend, TallyBasisRow).values(community=community, digest=digest)
        await self._connection.execute(
            statement.on_conflict_do_update(index_elements=[TallyBasisRow.community], set_={"digest": digest})
        )
        if known is None:
            return False
        await self._recount(MemberTallyRow.community == community)
        return True

    async def recount(self, member: int) -> None:
        """Note that a member's weeks are stale everywhere: they agreed to be counted, or no longer do."""
        await self._recount(MemberTallyRow.member == member)

    async def forget(self, member: int, community: int | None = None) -> int:
        """Delete what a member adds to weeks, in one community or in all, and take it out of the sums.

        What was published stays as it is: it is rounded, and over five members at least.

        Returns:
            To how many weeks they added something.
        """
        weeks = [week for week in await self.everything(member) if community in {None, week[0]}]
        for place, week, counts in weeks:
            _change(self._changes, (place, week), counts, MemberCounts())
        for table in (MemberTallyRow, StaleTallyRow):
            theirs = table.member == member
            if community is not None:
                theirs &= table.community == community
            await self._connection.execute(delete(table).where(theirs))
        await self.settle()
        return len(weeks)

    async def purge(self, community: int) -> None:
        """Delete every tally of a community."""
        for table in (MemberTallyRow, CommunityTallyRow, StaleTallyRow):
            await self._connection.execute(delete(table).where(table.community == community))

    async def expire(self, before: int) -> None:
        """Delete all about weeks that ended before a moment, in microseconds since 1970 in UTC."""
        week = week_of(before) + _OF_1970 - 1  # a week of another zone may end up to a day later
        for table in (MemberTallyRow, CommunityTallyRow, PublishedRow):
            await self._connection.execute(delete(table).where(table.week < week))

    async def _recount(self, chosen: ColumnElement[bool]) -> None:
        """Note that weeks are stale, from the first one there is a tally of."""
        query = (
            select(MemberTallyRow.community, MemberTallyRow.member, func.min(MemberTallyRow.week))
            .where(chosen)
            .group_by(MemberTallyRow.community, MemberTallyRow.member)
        )
        # A week of another zone may begin in the week before.
        first = {(row[0], row[1]): row[2] - _OF_1970 - 1 for row in await self._connection.execute(query)}
        await mark_from(self._connection, first)

    async def _of_member(
        self, community: int, member: int, first: int, last: int | None = None
    ) -> dict[int, MemberCounts]:
        query = (
            select(MemberTallyRow.week, *(MemberTallyRow.__table__.c[name] for name in _OWN))
            .where(
                MemberTallyRow.community == community,
                MemberTallyRow.member == member,
                MemberTallyRow.week >= first,
            )
            .with_for_update()
        )
        if last is not None:
            query = query.where(MemberTallyRow.week <= last)
        return {row[0]: MemberCounts(*row[1:]) for row in await self._connection.execute(query)}

    async def _store(
        self,
        community: int,
        member: int,
        known: Mapping[int, MemberCounts],
        weeks: Mapping[int, MemberCounts],
    ) -> None:
        changed = {week: counts for week, counts in weeks.items() if known.get(week) != counts}
        rows = [
            (community, week, member, *(getattr(counts, name) for name in _OWN))
            for week, counts in sorted(changed.items())
        ]
        if rows:
            await self._connection.exec_driver_sql(_replacing(self._connection.dialect.name), rows)
        for week, counts in changed.items():
            _change(self._changes, (community, week), known.get(week, MemberCounts()), counts)


def _change(sums: Changes, key: tuple[int, int], before: MemberCounts, after: MemberCounts) -> None:
    for name in FIGURES:
        old, new = getattr(before, name), getattr(after, name)
        sums[*key, name] += new - old
        sums[*key, f"{name}_by"] += (new > 0) - (old > 0)


@cache
def _replacing(backend: str) -> str:
    statement = insert_into(backend, MemberTallyRow)
    changes = {name: statement.excluded[name] for name in _OWN}
    keys = [MemberTallyRow.community, MemberTallyRow.week, MemberTallyRow.member]
    return compiled(statement.on_conflict_do_update(index_elements=keys, set_=changes), backend)


@cache
def _adding(backend: str) -> str:
    statement = insert_into(backend, CommunityTallyRow)
    old, new = CommunityTallyRow.__table__.c, statement.excluded
    changes = {name: old[name] + new[name] for name in _SUMS}
    keys = [CommunityTallyRow.community, CommunityTallyRow.week]
    return compiled(statement.on_conflict_do_update(index_elements=keys, set_=changes), backend)
