"""Brings a database to the program's own version, from an empty file or from any version before."""

import asyncio
from collections.abc import Generator
from contextlib import contextmanager
from enum import StrEnum
from importlib import resources
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from bot.storage.engine import OPENING, TO_WRITE, create_engine
from bot.storage.errors import NewerDatabaseError, unreachable

_ONE_AT_A_TIME = 7_221_063
"""The advisory lock under which processes on one PostgreSQL migrate one after the other."""


class Version(StrEnum):
    """How a database stands to the program."""

    MISSING = "missing"
    OLDER = "older"
    PRESENT = "present"


async def version_of(url: str) -> Version:
    """Tell how a database stands to the program; nothing is made and nothing is changed.

    Args:
        url: an SQLAlchemy URL, as in `[database] url`.

    Raises:
        StorageError: it cannot be opened, or a newer program migrated it.
    """
    engine = create_engine(url)
    try:
        if engine.dialect.name == "sqlite" and not await asyncio.to_thread(_is_file, engine.url.database):
            return Version.MISSING
        async with engine.connect() as connection:
            return await connection.run_sync(_version)
    except (DBAPIError, OSError) as error:
        raise unreachable(engine, error) from None
    finally:
        await engine.dispose()


def _is_file(path: str | None) -> bool:
    return path is not None and Path(path).exists()


def _version(connection: Connection) -> Version:
    with _scripts(connection) as (_, current, head):
        if current is None:
            return Version.MISSING
        return Version.PRESENT if current == head else Version.OLDER


async def upgrade(url: str) -> bool:
    """Bring a database to the program's version; an SQLite file and its folder are made where missing.

    Args:
        url: an SQLAlchemy URL, as in `[database] url`.

    Returns:
        Whether there was anything to do.

    Raises:
        StorageError: it cannot be opened, or a newer program migrated it.
    """
    engine = create_engine(url)
    try:
        if engine.dialect.name == "sqlite" and engine.url.database:
            Path(engine.url.database).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        async with engine.execution_options(**{OPENING: TO_WRITE}).begin() as connection:
            return await connection.run_sync(_upgrade)
    except (DBAPIError, OSError) as error:
        raise unreachable(engine, error) from None
    finally:
        await engine.dispose()


def _upgrade(connection: Connection) -> bool:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _ONE_AT_A_TIME})
    with _scripts(connection) as (configuration, current, head):
        if current == head:
            return False
        command.upgrade(configuration, "head")
        return True


@contextmanager
def _scripts(connection: Connection) -> Generator[tuple[Config, str | None, str | None]]:
    """Open the migrations; yields them with the database's version and the program's.

    Raises:
        NewerDatabaseError: a newer program migrated the database.
    """
    with resources.as_file(resources.files("migrations")) as folder:
        configuration = Config()
        configuration.set_main_option("script_location", str(folder).replace("%", "%%"))
        configuration.attributes["connection"] = connection
        scripts = ScriptDirectory.from_config(configuration)
        known = {script.revision for script in scripts.walk_revisions()}
        current = MigrationContext.configure(connection).get_current_revision()
        if current is not None and current not in known:
            place = connection.engine.url.render_as_string(hide_password=True)
            raise NewerDatabaseError(
                f"the database {place} was made by a newer checkpost (its version is {current}); "
                "install that version, or name another [database] url"
            )
        yield configuration, current, scripts.get_current_head()
