import asyncio
import sqlite3

import pytest
from sqlalchemy import text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import Database
from bot.storage.engine import create_engine
from bot.storage.errors import NewerDatabaseError, SecretMismatchError, StorageError, UnreachableError
from bot.storage.migrate import upgrade
from bot.storage.tables import Base

SECRET = b"a secret"

SQLITE_SCHEMA = """
SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' AND name <> 'alembic_version'
"""
POSTGRES_SCHEMA = """
SELECT 'column', table_name || '.' || column_name,
       concat_ws(' ', data_type, character_maximum_length, is_nullable, column_default)
  FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> 'alembic_version'
UNION ALL
SELECT 'index', indexname, indexdef FROM pg_indexes
 WHERE schemaname = 'public' AND tablename <> 'alembic_version'
UNION ALL
SELECT 'constraint', conname, pg_get_constraintdef(oid) FROM pg_constraint
 WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> 'alembic_version'
"""


async def schema(connection: AsyncConnection) -> set[tuple[str, str, str]]:
    query = SQLITE_SCHEMA if connection.dialect.name == "sqlite" else POSTGRES_SCHEMA
    return {
        (kind, name, " ".join((definition or "").replace('"', "").split()))
        for kind, name, definition in await connection.execute(text(query))
    }


async def test_the_migrations_make_exactly_the_tables_that_the_program_defines(database_url):
    assert await upgrade(database_url)
    engine = create_engine(database_url)
    async with engine.begin() as connection:
        migrated = await schema(connection)
        await connection.run_sync(Base.metadata.drop_all)
        assert not await schema(connection)
        await connection.run_sync(Base.metadata.create_all)
        defined = await schema(connection)
    await engine.dispose()
    assert len(migrated) >= len(Base.metadata.tables)
    assert migrated == defined


async def test_an_upgraded_database_has_nothing_left_to_upgrade(database_url):
    assert await upgrade(database_url)
    assert not await upgrade(database_url)


async def test_several_processes_may_start_on_an_empty_database_at_once(database_url):
    assert sorted(await asyncio.gather(*(upgrade(database_url) for _ in range(4)))) == [
        False,
        False,
        False,
        True,
    ]


async def test_a_new_file_that_another_process_is_just_writing_is_waited_for(sqlite_url):
    other = sqlite3.connect(make_url(sqlite_url).database, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    waiting = asyncio.create_task(upgrade(sqlite_url))
    await asyncio.sleep(0.2)
    assert not waiting.done()
    other.execute("COMMIT")
    assert await waiting
    other.close()


async def test_a_database_made_by_a_newer_program_is_refused_in_one_line(database_url):
    await upgrade(database_url)
    engine = create_engine(database_url)
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    await engine.dispose()
    with pytest.raises(NewerDatabaseError, match="newer checkpost") as caught:
        await upgrade(database_url)
    assert "\n" not in str(caught.value)


async def test_a_secret_that_does_not_fit_is_refused_in_one_line(database_url):
    await upgrade(database_url)
    await (await Database.open(database_url, SECRET)).close()
    await (await Database.open(database_url, SECRET)).close()
    with pytest.raises(SecretMismatchError, match="does not fit") as caught:
        await Database.open(database_url, b"another secret")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("no url at all", "not a database URL"),
        ("mysql+aiomysql://localhost/x", "SQLite or PostgreSQL"),
        ("sqlite+aiosqlite:////dev/null/record.sqlite3", "/dev/null"),
        ("postgresql+asyncpg://me:hush@127.0.0.1:9/x", "127.0.0.1"),
    ],
)
async def test_a_database_that_cannot_be_used_is_named_in_one_line_without_a_password(url, says):
    with pytest.raises((StorageError, UnreachableError), match=says) as caught:
        await upgrade(url)
    assert "\n" not in str(caught.value)
    assert "hush" not in str(caught.value)


async def test_a_database_that_was_never_migrated_says_how_to(database_url):
    with pytest.raises(UnreachableError, match="checkpost db upgrade"):
        await Database.open(database_url, SECRET)


async def test_a_file_that_is_no_database_is_named(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("these are my notes, and they are rather longer than one would think " * 20)
    with pytest.raises(UnreachableError, match=r"notes\.txt"):
        await upgrade(f"sqlite+aiosqlite:///{path}")


async def test_sqlite_keeps_what_it_acknowledges_and_erases_what_it_deletes(sqlite_url):
    await upgrade(sqlite_url)
    engine = create_engine(sqlite_url)
    async with engine.connect() as connection:
        pragmas = {
            name: (await connection.exec_driver_sql(f"PRAGMA {name}")).scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
        }
    await engine.dispose()
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1}
