"""Queries for answers that cannot wait: put into words once, and one trip to the driver."""

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import Select
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncConnection


class Prepared:
    """A query with named parameters.

    SQLite's driver lives in a thread of its own, and the usual way takes four trips there and back
    for a query, which is longer than the query itself; `execute_fetchall` is one.

    Args:
        statement: the query; every parameter has a name.
    """

    def __init__(self, statement: Select[Any]) -> None:
        self._statement = statement

    async def rows(self, connection: AsyncConnection, values: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        """Return the rows, in which SQLite gives 0 and 1 for False and True.

        Within a transaction it sees that transaction once another query has opened it.
        """
        if connection.dialect.name != "sqlite":
            return (await connection.execute(self._statement, values)).all()
        text, fixed = self._sqlite
        driver: Any = (await connection.get_raw_connection()).driver_connection
        return await driver.execute_fetchall(text, {**fixed, **values})

    @cached_property
    def _sqlite(self) -> tuple[str, Mapping[str, Any]]:
        compiled = self._statement.compile(dialect=sqlite.dialect(paramstyle="named"))
        return str(compiled), compiled.params
