"""What communities were shown of their weeks: stored before it is posted, and never changed."""

from collections.abc import Iterable, Mapping

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.inserting import insert_into
from bot.storage.weekly_tables import PublishedRow
from bot.summaries.point import Point

_FIGURES = tuple(Point.__slots__)


class Published:
    """Reads and writes published points within one transaction; weeks are ordinals (`Week.ordinal`)."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find(self, community: int, weeks: Iterable[int]) -> dict[int, Point]:
        """Return what a community was shown of weeks; a week it was shown nothing of is missing."""
        query = select(PublishedRow.week, *(PublishedRow.__table__.c[name] for name in _FIGURES)).where(
            PublishedRow.community == community, PublishedRow.week.in_(list(weeks))
        )
        return {row[0]: Point(*row[1:]) for row in await self._connection.execute(query)}

    async def freeze(self, community: int, points: Mapping[int, Point]) -> None:
        """Store what is about to be shown; what was shown before stays."""
        rows = [
            {
                "community": community,
                "week": week,
                **{name: getattr(point, name) for name in _FIGURES},
            }
            for week, point in sorted(points.items())
        ]
        if rows:
            insert = insert_into(self._connection.dialect.name, PublishedRow).on_conflict_do_nothing()
            await self._connection.execute(insert, rows)

    async def expire(self, before: int) -> None:
        """Delete what was shown of weeks before one."""
        await self._connection.execute(delete(PublishedRow).where(PublishedRow.week < before))
