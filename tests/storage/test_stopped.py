"""A database that stops working is said in one line, and nothing of what was under way is kept."""

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError

from adapters.kit.card import Paragraph
from adapters.kit.guard import guarded
from bot.balance.identity import Member
from bot.services.consents import Consents
from bot.storage.errors import StoppedError, StorageError
from tests.services.world import NOON

ANA = Member("discord", "811001")


def _fill_the_disk(database, pages):
    """Let SQLite believe that there is no room for another page."""

    @event.listens_for(database._engine.sync_engine, "begin")
    def limit(connection):
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")


async def _add_many(database):
    async with database.writing() as work:
        for number in range(500):
            await work.members.add(Member("discord", str(number)))


async def test_a_full_disk_is_one_line_and_keeps_nothing(sqlite_database):
    async with sqlite_database.reading() as work:
        pages = (await work._connection.execute(text("PRAGMA page_count"))).scalar_one()
    _fill_the_disk(sqlite_database, pages)
    with pytest.raises(StoppedError, match=r"full; make sure .* room") as caught:
        await _add_many(sqlite_database)
    assert "\n" not in str(caught.value)
    async with sqlite_database.reading() as work:
        assert await work.members.find(Member("discord", "1")) is None


async def test_a_database_that_is_gone_is_one_line_and_a_kind_one_for_members(sqlite_database, caplog):
    async with sqlite_database.writing() as work:
        await work._connection.execute(text("ALTER TABLE member RENAME TO gone"))
        await work._connection.commit()
    consents = Consents(sqlite_database)
    with pytest.raises(StorageError, match="stopped working"):
        await consents.grant(ANA, NOON)

    async def answer():
        return await consents.grant(ANA, NOON)

    card = await guarded(answer())
    assert card.blocks == (
        Paragraph("I can't reach my records just now, so nothing was kept. Please try again in a while."),
    )
    assert "811001" not in caplog.text


async def _nothing_into_meta(database):
    async with database.writing() as work:
        await work._connection.execute(text("INSERT INTO meta (key, value) VALUES (NULL, NULL)"))


async def test_a_mistake_of_ours_stays_one(sqlite_database):
    with pytest.raises(IntegrityError):
        await _nothing_into_meta(sqlite_database)
