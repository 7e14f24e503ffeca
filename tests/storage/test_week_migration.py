"""What was claimed and who had posted before the week had tables of its own is taken over."""

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

from bot.storage.engine import create_engine
from bot.storage.migrate import upgrade

BEFORE = (
    "INSERT INTO community (id, code, name, summarised, rules_off) VALUES (1, :code, :code, true, '')",
    (
        "INSERT INTO member (id, code, consent, muted_rules, widen_circle, real_name) "
        "VALUES (2, :code, 'given', '', false, false)"
    ),
    "INSERT INTO member_week (community, week, member) VALUES (1, 2950, 2), (1, 2951, 2)",
    (
        "INSERT INTO summary (community, week, state, claimed_at, owner) "
        "VALUES (1, '2026-W46', 'posted', 5, 'a'), (1, '2026-W47', 'claimed', 6, 'b')"
    ),
)


def first(connection: Connection) -> None:
    configuration = Config()
    configuration.set_main_option("script_location", "migrations")
    configuration.attributes["connection"] = connection
    command.upgrade(configuration, "0001")
    for statement in BEFORE:
        values = {"code": b"x" * 16} if ":code" in statement else {}
        connection.execute(text(statement), values)


async def test_claims_and_weeks_of_before_are_taken_over(database_url):
    engine = create_engine(database_url)
    async with engine.begin() as connection:
        await connection.run_sync(first)
    assert await upgrade(database_url)
    async with engine.connect() as connection:
        claims = await connection.execute(text("SELECT week, state, owner FROM posting ORDER BY week"))
        stale = await connection.execute(text("SELECT community, member, week FROM stale_tally"))
        assert [tuple(row) for row in claims] == [("2026-W46", "posted", "a"), ("2026-W47", "posting", "b")]
        assert [tuple(row) for row in stale] == [(1, 2, 2950)]
    await engine.dispose()
