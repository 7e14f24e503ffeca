"""SQLite's driver with one trip to its thread for a query, where it makes four.

The driver's thread and the event loop wait for each other at every trip, and where messages pour in
such a wait is longer than any query. So a cursor is made, used and emptied in one; all rows would be
fetched anyway.
"""

import sqlite3
from collections.abc import Callable, Sequence
from typing import Any

import aiosqlite
from aiosqlite.context import contextmanager

_CHUNK = 64
"""How many rows the driver's own cursors fetch at a time: its default, which nothing here uses."""


def connection_to(path: str, **options: Any) -> aiosqlite.Connection:
    """Return a connection that opens when it is awaited.

    Args:
        path: the file.
        options: what `sqlite3.connect` is told besides.
    """
    connection = _Connection(lambda: sqlite3.connect(path, **options), _CHUNK)
    # One that nobody closed does not keep the program from ending; older drivers are threads themselves.
    thread: Any = getattr(connection, "_thread", connection)
    thread.daemon = True
    return connection


class _Connection(aiosqlite.Connection):
    _at_rest = True

    @contextmanager
    async def cursor(self) -> Any:  # a cursor of this file's, which has what SQLAlchemy asks of the driver's
        return _Cursor(self._execute, self._conn)

    async def rollback(self) -> None:
        # A connection is rolled back whenever it is given back, and then its transaction is mostly over.
        if self.in_transaction or not self._at_rest:
            await super().rollback()

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        self._at_rest = False  # and so it stays where nobody waits for the end, or that is an error
        done = await super()._execute(fn, *args, **kwargs)
        self._at_rest = True
        return done


class _Cursor:
    """Runs one statement at a time and holds all of its rows."""

    def __init__(self, execute: Callable[..., Any], connection: sqlite3.Connection) -> None:
        self._execute = execute
        self._connection = connection
        self._rows: Sequence[Any] = ()
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def execute(self, statement: str, values: Any = ()) -> "_Cursor":
        used, self._rows = await self._execute(_fetched, self._connection.execute, statement, values)
        return self._told_by(used)

    async def executemany(self, statement: str, rows: Any) -> "_Cursor":
        return self._told_by(await self._execute(self._connection.executemany, statement, rows))

    async def fetchall(self) -> Sequence[Any]:
        return self._rows

    async def close(self) -> None:
        self._rows = ()

    def _told_by(self, used: sqlite3.Cursor) -> "_Cursor":
        self.description, self.rowcount, self.lastrowid = used.description, used.rowcount, used.lastrowid
        return self


def _fetched(
    execute: Callable[..., sqlite3.Cursor], statement: str, values: Any
) -> tuple[sqlite3.Cursor, Sequence[Any]]:
    cursor = execute(statement, values)
    return cursor, cursor.fetchall() if cursor.description else ()
