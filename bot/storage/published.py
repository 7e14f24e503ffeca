"""What communities were shown of their weeks: stored before it is posted, and never changed."""

from collections.abc import Mapping
from functools import cache

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.inserting import compiled, insert_into
from bot.storage.prepared import Prepared
from bot.storage.weekly_tables import PublishedRow
from bot.summaries.point import Point

_FIGURES = tuple(Point.__slots__)
_SHOWN = Prepared(
    select(PublishedRow.week, *(PublishedRow.__table__.c[name] for name in _FIGURES)).where(
        PublishedRow.community == bindparam("community"),
        PublishedRow.week.between(bindparam("first"), bindparam("last")),
    )
)


class Published:
    """Reads and writes published points within one transaction; weeks are ordinals (`Week.ordinal`)."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find(self, community: int, first: int, last: int) -> dict[int, Point]:
        """Return what a community was shown of weeks in a row; one it was shown nothing of is missing."""
        values = {"community": community, "first": first, "last": last}
        return {week: Point(*shown) for week, *shown in await _SHOWN.rows(self._connection, values)}

    async def freeze(self, community: int, points: Mapping[int, Point]) -> None:
        """Store what is about to be shown; what was shown before stays."""
        rows = [
            (community, week, *(getattr(point, name) for name in _FIGURES))
            for week, point in sorted(points.items())
        ]
        if rows:
            await self._connection.exec_driver_sql(_freezing(self._connection.dialect.name), rows)


@cache
def _freezing(backend: str) -> str:
    return compiled(insert_into(backend, PublishedRow).on_conflict_do_nothing(), backend)
