"""Queries for answers that cannot wait: put into words once, and one trip to the driver."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from sqlalchemy import Select, bindparam
from sqlalchemy.dialects import sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

CHUNK = 512
"""How many values one query names at most: well under what either database allows."""


class Prepared:
    """A query with named parameters.

    The usual way to SQLite takes longer than most of these queries themselves.

    Args:
        statement: the query; every parameter has a name.
    """

    def __init__(self, statement: Select[Any]) -> None:
        self._statement = statement

    async def rows(self, connection: AsyncConnection, values: Mapping[str, Any]) -> Sequence[Sequence[Any]]:
        """Return the rows, in which SQLite gives 0 and 1 for False and True."""
        if connection.dialect.name != "sqlite":
            return (await connection.execute(self._statement, values)).all()
        text, fixed = self._sqlite
        driver: Any = (await connection.get_raw_connection()).driver_connection
        return await driver.execute_fetchall(text, {**fixed, **values})

    @cached_property
    def _sqlite(self) -> tuple[str, Mapping[str, Any]]:
        compiled = self._statement.compile(dialect=sqlite.dialect(paramstyle="named"))
        return str(compiled), compiled.params


class PreparedList:
    """A query for what has one of some values; there may be any number of them.

    Args:
        statement: makes the query of what the column is compared with: `column.in_(chosen)`.
    """

    def __init__(self, statement: Callable[[Any], Any]) -> None:
        self._make = statement
        self._statement = statement(bindparam("chosen", expanding=True))
        self._sqlite: dict[int, str] = {}

    async def rows(self, connection: AsyncConnection, values: Iterable[Any]) -> list[Sequence[Any]]:
        """Return the rows of all the values, as `Prepared.rows` gives them; for no value there are none."""
        found: list[Sequence[Any]] = []
        for chunk in chunks(values):
            found += await self._chunk(connection, chunk)
        return found

    async def _chunk(self, connection: AsyncConnection, values: list[Any]) -> Sequence[Sequence[Any]]:
        if connection.dialect.name != "sqlite":
            return (await connection.execute(self._statement, {"chosen": values})).all()
        # One of a few lengths, so that few wordings serve all: a value that is named twice is found once.
        length = 1 << (len(values) - 1).bit_length()
        text = self._sqlite.get(length)
        if text is None:
            text = self._sqlite[length] = self._of(length)
        driver: Any = (await connection.get_raw_connection()).driver_connection
        return await driver.execute_fetchall(text, values + values[-1:] * (length - len(values)))

    def _of(self, length: int) -> str:
        chosen = [bindparam(f"chosen_{number}") for number in range(length)]
        return str(self._make(chosen).compile(dialect=sqlite.dialect(paramstyle="qmark")))


def chunks(values: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield the values in order, each once, as many at a time as one query names."""
    ordered = sorted(set(values))
    return (ordered[start : start + CHUNK] for start in range(0, len(ordered), CHUNK))
