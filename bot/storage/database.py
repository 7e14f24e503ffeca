"""The open database: transactions, the check of the secret, and the scrubbing of erased bytes."""

import asyncio
import hmac
import sqlite3
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from typing import Self

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.storage import homes
from bot.storage.engine import OPENING, OUTSIDE, TO_WRITE, create_engine
from bot.storage.errors import OUR_FAULT, SecretMismatchError, StoppedError, stopped, unreachable
from bot.storage.keyring import Keyring
from bot.storage.unit_of_work import UnitOfWork

_SECRET = "secret-check"  # noqa: S105 - the name of a row
_SCRUB_ATTEMPTS = 3  # each waits for readers as long as any query waits for a writer


class Database:
    """A migrated database, opened with the secret that fits it.

    Attributes:
        keyring: the keys derived from the secret.
    """

    def __init__(self, engine: AsyncEngine, keyring: Keyring) -> None:
        self.keyring = keyring
        self._engine = engine
        # SQLite has one writer at a time; waiting here is fair and costs no polling.
        self._writer = asyncio.Lock() if engine.dialect.name == "sqlite" else None

    @classmethod
    async def open(cls, url: str, secret: bytes) -> Self:
        """Open a migrated database.

        Args:
            url: an SQLAlchemy URL, as in `[database] url`.
            secret: `[privacy] secret`.

        Raises:
            StorageError: it cannot be opened, or the secret is not the one it was made with.
        """
        database = cls(create_engine(url), Keyring(secret))
        try:
            await database._check_secret()
            await database._find_homes()
        except BaseException:
            await database.close()
            raise
        return database

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[UnitOfWork]:
        """Open a transaction that reads one consistent state."""
        with self._explained():
            async with self._engine.connect() as connection:
                await connection.begin()
                yield UnitOfWork(connection, self.keyring)

    @asynccontextmanager
    async def glancing(self) -> AsyncGenerator[UnitOfWork]:
        """Read without a transaction, which is quicker: each query sees what is committed when it runs."""
        with self._explained():
            async with self._outside().connect() as connection:
                yield UnitOfWork(connection, self.keyring)

    @asynccontextmanager
    async def writing(self) -> AsyncGenerator[UnitOfWork]:
        """Open a transaction that is committed, durably, when the block ends without an error.

        Raises:
            StorageError: the disk is full or the database is gone; nothing of the block is kept.
        """
        if self._writer is None:
            with self._explained():
                async with self._engine.begin() as connection:
                    yield UnitOfWork(connection, self.keyring)
            return
        to_write = self._engine.execution_options(**{OPENING: TO_WRITE})
        with self._explained():
            async with self._writer, to_write.begin() as connection:
                yield UnitOfWork(connection, self.keyring)

    async def ping(self) -> None:
        """Ask the database for an answer.

        Raises:
            UnreachableError: it gave none.
        """
        try:
            async with self._engine.connect() as connection:
                await connection.execute(select(1))
        except (DBAPIError, OSError) as error:
            raise unreachable(self._engine, error) from None

    async def mark_live(self) -> None:
        """Remember that a platform adapter writes here: from now on nobody imports without consent."""
        async with self.writing() as work:
            await work.meta.mark_live()

    async def is_live(self) -> bool:
        """Tell whether a platform adapter ever wrote here."""
        async with self.reading() as work:
            return await work.meta.is_live()

    async def scrub(self) -> bool:
        """Remove erased rows from the database's bytes; False where SQLite's log is still being read.

        SQLite is rewritten without its free pages, and its log is emptied. PostgreSQL frees what
        erased rows took; its own log and backups are the operator's (docs/architecture/privacy.md).
        """
        if self._writer is None:
            async with self._outside().connect() as connection:
                await connection.exec_driver_sql("VACUUM")
            return True
        async with self._writer, self._outside().connect() as connection:
            await connection.exec_driver_sql("VACUUM")
            for _ in range(_SCRUB_ATTEMPTS):
                result = await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
                busy = result.one()[0]
                if not busy:
                    return True
                await asyncio.sleep(0.1)
        return False

    async def close(self) -> None:
        """Close every connection."""
        await self._engine.dispose()

    @contextmanager
    def _explained(self) -> Generator[None]:
        """Turn what a database may do to us into one line; what is our own fault stays as it is."""
        try:
            yield
        except OUR_FAULT:
            raise
        except (DBAPIError, sqlite3.OperationalError, OSError) as error:
            raise stopped(self._engine, error) from error

    def _outside(self) -> AsyncEngine:
        if self._writer is None:
            return self._engine.execution_options(isolation_level="AUTOCOMMIT")
        return self._engine.execution_options(**{OPENING: OUTSIDE})

    async def _find_homes(self) -> None:
        async with self.reading() as work:
            if await homes.found(work):
                return
        async with self.writing() as work:
            await homes.find(work)

    async def _check_secret(self) -> None:
        expected = self.keyring.check_value()
        try:
            async with self.reading() as work:
                known = await work.meta.get(_SECRET)
            if known is None:
                async with self.writing() as work:
                    known = await work.meta.put(_SECRET, expected)
        except (StoppedError, DBAPIError) as error:
            cause = error.__cause__ if isinstance(error, StoppedError) else error
            raise unreachable(self._engine, cause if isinstance(cause, Exception) else error) from None
        if not hmac.compare_digest(known, expected):
            raise SecretMismatchError(
                "[privacy] secret does not fit this database: it was made with another one; "
                "put that one back, or name another [database] url"
            )
