"""Members who were stored before the one community of their account was."""

from sqlalchemy import text

from bot.balance.identity import Member
from bot.services.personal_wishes import PersonalWishes
from bot.storage.database import Database
from bot.storage.engine import create_engine
from tests.conftest import SECRET
from tests.services.world import ADMIN, ANA, GENERAL, GUILD, NOON, World, said

BY_ID, BY_POST, BY_NOTHING = (Member("slack", f"T1/U{number}") for number in range(3))
HOME = "slack:T1"


async def test_a_sealed_id_or_a_post_tells_where_members_of_before_belong(database, database_url):
    world = await World(database).founded(ANA)
    await world.communities.change(HOME, ADMIN, NOON, recorded_channels=[GENERAL])
    for member in (BY_POST, BY_NOTHING):
        await world.consents.grant(member, NOON)
    await PersonalWishes(database).kudos(BY_ID, NOON, on=True)
    await world.record([said("1", "the kettle is on", BY_POST, community=HOME), said("2", "and again")])
    engine = create_engine(database_url)
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE member SET home = NULL"))
        await connection.execute(text("DELETE FROM meta WHERE key = 'homes-found'"))
    await engine.dispose()
    reopened = World(await Database.open(database_url, SECRET))
    await reopened.privacy.purge_community(HOME)
    await reopened.privacy.purge_community(GUILD)
    kept = [
        member
        for member in (ANA, BY_ID, BY_POST, BY_NOTHING)
        if (await reopened.privacy.export(member))["kept"]
    ]
    await reopened.database.close()
    assert kept == [ANA, BY_NOTHING]


async def test_who_was_not_found_is_when_they_come_again(database, database_url):
    world = World(database)
    await world.consents.grant(BY_NOTHING, NOON)
    engine = create_engine(database_url)
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE member SET home = NULL"))
    await engine.dispose()
    await world.settings.mute(BY_NOTHING, "engage")
    assert await world.privacy.purge_community(HOME) == 1
