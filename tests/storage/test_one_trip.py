"""Queries that make one trip to the driver say the same as all others."""

import asyncio

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from bot.balance.identity import Member
from bot.storage.prepared import CHUNK, PreparedList
from bot.storage.tables import MemberRow

SLOW = text(
    "WITH RECURSIVE count(number) AS "
    "(SELECT 1 UNION ALL SELECT number + 1 FROM count WHERE number < 2000000) SELECT max(number) FROM count"
)
ANA = Member("discord", "811001")


async def _add(database, count):
    async with database.writing() as work:
        for number in range(count):
            await work.members.add(Member("discord", str(number)))


@pytest.mark.parametrize("count", [0, 1, 3, CHUNK, CHUNK + 1])
async def test_a_list_finds_each_of_its_values_once_however_many_there_are(database, count):
    await _add(database, 5)
    query = PreparedList(lambda chosen: select(MemberRow.id).where(MemberRow.id.in_(chosen)))
    async with database.reading() as work:
        rows = await query.rows(work._connection, [*range(count), *range(count)])
    assert sorted(row[0] for row in rows) == [number for number in range(1, 6) if number < count]


async def test_reading_sees_one_state_from_its_first_query_on(sqlite_database):
    async with sqlite_database.reading() as work:
        assert await work.members.find(ANA) is None
        async with sqlite_database.writing() as other:
            await other.members.add(ANA)
        assert await work.members.find(ANA) is None


async def test_what_a_failed_transaction_wrote_is_not_there_for_the_next(sqlite_database):
    async def fail():
        async with sqlite_database.writing() as work:
            await work.members.add(ANA)
            await work._connection.execute(text("INSERT INTO member (id, code) SELECT id, code FROM member"))

    with pytest.raises(IntegrityError):
        await fail()
    async with sqlite_database.reading() as work:
        assert await work.members.find(ANA) is None


async def test_a_query_that_nobody_waits_for_any_more_leaves_no_transaction_behind(sqlite_database):
    async def write():
        async with sqlite_database.writing() as work:
            await work.members.add(ANA)
            await work._connection.execute(SLOW)

    task = asyncio.create_task(write())
    await asyncio.sleep(0.05)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await _add(sqlite_database, 1)
    async with sqlite_database.reading() as work:
        assert await work.members.find(ANA) is None
        assert await work.members.find(Member("discord", "0")) is not None


async def test_an_insert_tells_how_many_rows_it_made(sqlite_database):
    async with sqlite_database.writing() as work:
        insert = "INSERT INTO meta (key, value) VALUES (:key, 'x')"
        result = await work._connection.execute(text(insert), [{"key": "a"}, {"key": "b"}])
    assert result.rowcount == 2
