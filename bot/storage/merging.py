"""The statement that merges posts into the ledger: `bot.balance.post.merged`, in SQL.

One statement for a whole batch is what makes recording fast, and on PostgreSQL it is also what makes
two processes that hear of the same message agree. A test holds it and the pure merge together.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, and_, case, null, or_, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.inserting import compiled, insert_into
from bot.storage.tables import PostRow

_ORIGIN = ("posted", "parent")
_VERSION = ("edited", "version_at", "version_digest")
_CONTENT = ("kind", "act", "substance", "shares_others", "unread", "fingerprint", "mentioned")
_CORRECTION = ("corrected", "corrected_at")

COLUMNS = tuple(column.name for column in PostRow.__table__.columns)
"""The columns of a post in the order in which `run` takes their values."""


async def merge_posts(connection: AsyncConnection, rows: Sequence[tuple[Any, ...]]) -> None:
    """Merge rows of posts, given in the order of `COLUMNS`."""
    await _run(connection, _posts(connection.dialect.name), rows)


async def _run(connection: AsyncConnection, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        # The driver's own executemany: converting each value once more would cost more than storing it.
        await connection.exec_driver_sql(statement, list(rows))


@cache
def _posts(backend: str) -> str:
    statement = insert_into(backend, PostRow)
    old, new = PostRow.__table__.c, statement.excluded
    deleted = or_(old.deleted, new.deleted)
    earlier = or_(
        new.posted < old.posted,
        and_(
            new.posted == old.posted,
            or_(
                _greater(new.parent, old.parent),
                and_(new.parent.is_not_distinct_from(old.parent), _greater(new.answered, old.answered)),
            ),
        ),
    )
    later = and_(
        new.version_at.is_not(None),
        or_(
            old.version_at.is_(None),
            tuple_(*(new[name] for name in _VERSION)) > tuple_(*(old[name] for name in _VERSION)),
        ),
    )
    changes: dict[str, ColumnElement[Any]] = {
        "deleted": deleted,
        "claimed": and_(old.claimed, new.claimed),
        "answered": case((deleted, null()), (earlier, new.answered), else_=old.answered),
    }
    changes |= {name: case((earlier, new[name]), else_=old[name]) for name in _ORIGIN}
    changes |= {name: case((later, new[name]), else_=old[name]) for name in _VERSION}
    changes |= {name: case((deleted, null()), (later, new[name]), else_=old[name]) for name in _CONTENT}
    changes |= {name: case((deleted, null()), else_=old[name]) for name in _CORRECTION}
    return compiled(statement.on_conflict_do_update(index_elements=[old.message], set_=changes), backend)


def _greater(first: ColumnElement[Any], second: ColumnElement[Any]) -> ColumnElement[bool]:
    """Return whether the first is greater; nothing is less than anything."""
    return or_(first > second, and_(first.is_not(None), second.is_(None)))
