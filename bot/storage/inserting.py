"""Inserts that may find their row there already, in the words of either database."""

from typing import Any

from sqlalchemy import Dialect
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql.asyncpg import dialect as asyncpg_dialect
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.tables import Base


def insert_into(backend: str, table: type[Base]) -> postgresql.Insert:
    """Return an insert that understands ON CONFLICT.

    The inserts of the two dialects share what is used here, and only one can be named as the type.
    """
    insert: Any = sqlite.insert if backend == "sqlite" else postgresql.insert
    return insert(table)


async def insert_new(connection: AsyncConnection, table: type[Base], **values: object) -> bool:
    """Insert a row unless one with the same key is there; tells whether it was inserted."""
    statement = insert_into(connection.dialect.name, table).values(**values).on_conflict_do_nothing()
    return (await connection.execute(statement)).rowcount > 0


def compiled(statement: postgresql.Insert, backend: str) -> str:
    """Return an insert in the words of the driver, for its own executemany."""
    dialect: Dialect = sqlite.dialect(paramstyle="qmark") if backend == "sqlite" else asyncpg_dialect()
    return str(statement.compile(dialect=dialect))
