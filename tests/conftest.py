"""What tests of every part may ask for: a database of their own, on either engine."""

import os
import shutil
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import create_async_engine

from bot.storage.database import Database
from bot.storage.migrate import upgrade

# The same examples every time, so that a change is judged by what it changes;
# HYPOTHESIS_PROFILE=explore looks for new ones.
settings.register_profile("steady", derandomize=True)
settings.register_profile("explore", derandomize=False)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

POSTGRES = "postgresql+asyncpg://root@127.0.0.1:5432/test"
SECRET = b"a secret of the tests"


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """An SQLite file that does not exist yet."""
    return f"sqlite+aiosqlite:///{tmp_path / 'record.sqlite3'}"


@pytest.fixture
async def postgres_url() -> AsyncIterator[str]:
    """An empty PostgreSQL database, dropped afterwards; CHECKPOST_TEST_POSTGRES says where."""
    server = make_url(os.environ.get("CHECKPOST_TEST_POSTGRES", POSTGRES))
    name = f"checkpost_{uuid.uuid4().hex}"
    try:
        await _run(server, f"CREATE DATABASE {name}")
    except (OSError, DBAPIError):
        pytest.skip("no PostgreSQL to test on; set CHECKPOST_TEST_POSTGRES to the URL of a server")
    try:
        yield server.set(database=name).render_as_string(hide_password=False)
    finally:
        await _run(server, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database on either engine, for tests of the contract both must keep."""
    return request.getfixturevalue(f"{request.param}_url")


@pytest.fixture
async def database(database_url: str, migrated_file: Path) -> AsyncIterator[Database]:
    """A migrated database on either engine."""
    await _fill(database_url, migrated_file)
    opened = await Database.open(database_url, SECRET)
    yield opened
    await opened.close()


@pytest.fixture
async def sqlite_database(sqlite_url: str, migrated_file: Path) -> AsyncIterator[Database]:
    """A migrated SQLite database."""
    await _fill(sqlite_url, migrated_file)
    opened = await Database.open(sqlite_url, SECRET)
    yield opened
    await opened.close()


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the one SQLite file lies that is migrated once and copied for every test."""
    return tmp_path_factory.mktemp("migrated") / "record.sqlite3"


async def _fill(url: str, migrated_file: Path) -> None:
    path = make_url(url).database
    if path is None or not url.startswith("sqlite"):
        await upgrade(url)
        return
    if not migrated_file.exists():  # noqa: ASYNC240 - nothing else runs while a test is set up
        await upgrade(f"sqlite+aiosqlite:///{migrated_file}")
    shutil.copy(migrated_file, path)


async def _run(server: URL, statement: str) -> None:
    engine = create_async_engine(server, isolation_level="AUTOCOMMIT")
    try:
        async with engine.connect() as connection:
            await connection.execute(text(statement))
    finally:
        await engine.dispose()
