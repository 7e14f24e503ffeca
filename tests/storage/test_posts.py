"""How the ledger is asked; what it answers is tested where it is used."""

import sqlite3
from typing import Any

from bot.storage.database import Database
from bot.storage.migrate import upgrade


async def test_what_members_say_they_posted_is_found_without_reading_all_of_their_posts(
    tmp_path: Any,
) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path / 'record.sqlite3'}"
    await upgrade(url)
    asked: list[str] = []
    database = await Database.open(url, b"a secret")
    async with database.reading() as work:
        posts: Any = work.posts
        driver = (await posts._connection.get_raw_connection()).driver_connection
        await driver.set_trace_callback(asked.append)
        assert await work.posts.claims([1, 2, 3]) == []
        await driver.set_trace_callback(None)
    await database.close()
    (query,) = asked
    file = sqlite3.connect(tmp_path / "record.sqlite3")
    plan = [row[3] for row in file.execute(f"EXPLAIN QUERY PLAN {query}")]
    file.close()
    assert plan == ["SCAN post USING INDEX ix_post_claimed"]
