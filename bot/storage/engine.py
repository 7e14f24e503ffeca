"""Opens a database by its URL: SQLite set up to keep what it acknowledged, or PostgreSQL."""

import asyncio
import sqlite3
from typing import Any

from sqlalchemy import Connection, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.util import await_only

from bot.storage.errors import StorageError
from bot.storage.one_trip import connection_to

OPENING = "checkpost_opening"
"""The execution option that says how SQLite opens a connection's transaction: one of the next two."""

TO_WRITE = "BEGIN IMMEDIATE"
"""Take the writer's place at once, so that no other writer can come between reading and writing."""

OUTSIDE = ""
"""Open no transaction, for what SQLite does only outside of one."""

BUSY_SECONDS = 60
"""How long a writer waits for another process; erasing rewrites the whole file."""

_PAUSE_SECONDS = 0.02
"""How long to wait before asking again for the journal while another process makes the same new file."""

_PRAGMAS = (
    "PRAGMA synchronous = FULL",  # in WAL mode the only setting under which a commit survives a power cut
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",  # sorting and VACUUM leave nothing in temporary files
    "PRAGMA cache_size = -16384",  # KiB for each connection; the system caches the file besides
)


def create_engine(url: str) -> AsyncEngine:
    """Return an engine for an SQLAlchemy URL; nothing is opened yet.

    Raises:
        StorageError: the URL is not one of a database that Checkpost can use.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StorageError(
            "[database] url is not a database URL; write sqlite+aiosqlite:///PATH or "
            "postgresql+asyncpg://USER@HOST/NAME"
        ) from None
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        parsed = parsed.set(drivername="sqlite+aiosqlite")
        ways = {"timeout": BUSY_SECONDS, "async_creator_fn": connection_to}
        return _sqlite(create_async_engine(parsed, connect_args=ways))
    if backend == "postgresql":
        try:
            return create_async_engine(parsed.set(drivername="postgresql+asyncpg"), pool_pre_ping=True)
        except (ModuleNotFoundError, NoSuchModuleError):
            raise StorageError("[database] url names PostgreSQL; install checkpost[postgres]") from None
    raise StorageError(f"[database] url names {backend!r}; the record is kept in SQLite or PostgreSQL")


def _sqlite(engine: AsyncEngine) -> AsyncEngine:
    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:  # SQLAlchemy calls it
        # The driver's own way of opening transactions starts them as readers, and two readers who
        # want to write fail each other; the listener below says which kind is meant.
        connection.isolation_level = None
        cursor = connection.cursor()
        _keep_journal(cursor)
        for pragma in _PRAGMAS:
            cursor.execute(pragma)
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def begin(connection: Connection) -> None:  # SQLAlchemy calls it
        opening = connection.get_execution_options().get(OPENING, "BEGIN")
        if opening:
            connection.exec_driver_sql(opening)

    return engine


def _keep_journal(cursor: Any) -> None:
    """Have the file keep a write-ahead journal, which it then does for good.

    Raises:
        sqlite3.OperationalError: another process held the file all along, or it is no database.
    """
    for left in reversed(range(round(BUSY_SECONDS / _PAUSE_SECONDS))):
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            # SQLite does not wait here by itself: two who open a new file at once refuse each other.
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or not left:
                raise
            await_only(asyncio.sleep(_PAUSE_SECONDS))
        else:
            return
