"""Notes whose weeks are to be counted again, in the transaction that changes what is counted.

A post counts or not by what stands above it and by what its author posted before (contract.md), so a
change reaches the posts beneath it, whoever wrote what lies between, and its author's later weeks.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.orm import aliased

from bot.balance.instant import DAY, NEVER
from bot.storage.inserting import compiled, insert_into
from bot.storage.prepared import PreparedList
from bot.storage.tables import PostRow
from bot.storage.weekly_tables import StaleTallyRow

_FIRST_MONDAY = 3  # the first of January 1970 was a Thursday


@dataclass(frozen=True, slots=True)
class Origin:
    """Whose a message is, and where it stands.

    Attributes:
        member: the author's number.
        community: the community's number.
        posted: when it was posted, in microseconds since 1970 in UTC; `NEVER` where that is not known.
        parent: the coded id of the message it answers.
    """

    member: int
    community: int
    posted: int
    parent: bytes | None


def week_of(at: int) -> int:
    """Return the number of the week of a moment: Monday to Sunday in UTC, counted from 1970."""
    return (at // DAY + _FIRST_MONDAY) // 7


async def origins(connection: AsyncConnection, messages: Iterable[bytes]) -> dict[bytes, Origin]:
    """Return where messages stand, by coded id, as far as they are known."""
    return {row[0]: Origin(*row[1:]) for row in await _STANDING.rows(connection, messages)}


async def mark(
    connection: AsyncConnection, before: Mapping[bytes, Origin], after: Mapping[bytes, Origin]
) -> None:
    """Note what a change of messages makes stale.

    Args:
        connection: the transaction that makes the change.
        before: where the messages stood before it; those that are new are missing.
        after: what is said of them now; those that are gone are missing.
    """
    weeks: dict[tuple[int, int], int] = {}
    for standing in (before, after):
        for origin in standing.values():
            _lower(weeks, origin.community, origin.member, origin.posted)
    for root, below in await _beneath(connection, before.keys() | after.keys()):
        old, new = before.get(root), after.get(root)
        # Everybody's chains run through a message; what it is for matters to its author's own only.
        if old is None or new is None or _moved(old, new) or below.member == old.member:
            _lower(weeks, below.community, below.member, below.posted)
    await mark_from(connection, weeks)


async def mark_from(connection: AsyncConnection, weeks: Mapping[tuple[int, int], int]) -> None:
    """Note that weeks of members are stale: for a community's and a member's number, the first one."""
    rows = [(community, member, week) for (community, member), week in sorted(weeks.items())]
    if rows:
        await connection.exec_driver_sql(_insert(connection.dialect.name), rows)


def _moved(old: Origin, new: Origin) -> bool:
    return new.posted < old.posted or (new.posted == old.posted and new.parent != old.parent)


def _lower(weeks: dict[tuple[int, int], int], community: int, member: int, posted: int) -> None:
    if posted != NEVER:
        week = week_of(posted)
        weeks[community, member] = min(week, weeks.get((community, member), week))


def _down(chosen: Any) -> Select[Any]:
    first = aliased(PostRow)
    start = select(
        first.parent.label("root"), first.message, first.member, first.community, first.posted, first.parent
    ).where(first.parent.in_(chosen))
    down = start.cte("down", recursive=True)
    below = aliased(PostRow)
    # UNION, not UNION ALL: a circle of answers comes to an end.
    steps = select(
        down.c.root, below.message, below.member, below.community, below.posted, below.parent
    ).join(down, below.parent == down.c.message)
    return select(down.union(steps))


_KEPT = (PostRow.message, PostRow.member, PostRow.community, PostRow.posted, PostRow.parent)
_STANDING = PreparedList(lambda chosen: select(*_KEPT).where(PostRow.message.in_(chosen)))
_DOWN = PreparedList(_down)


async def _beneath(connection: AsyncConnection, messages: Iterable[bytes]) -> list[tuple[bytes, Origin]]:
    """Return what stands beneath messages, at any depth: the message it is beneath, and where it stands."""
    return [(row[0], Origin(*row[2:])) for row in await _DOWN.rows(connection, messages)]


@cache
def _insert(backend: str) -> str:
    statement = insert_into(backend, StaleTallyRow)
    new = statement.excluded
    return compiled(
        statement.on_conflict_do_update(
            index_elements=[StaleTallyRow.community, StaleTallyRow.member],
            set_={"week": new.week},
            where=new.week < StaleTallyRow.week,
        ),
        backend,
    )
