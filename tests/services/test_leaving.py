from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.balance.identity import Member
from bot.services.import_events import ImportEvents
from bot.services.nudges import Nudges
from bot.services.personal_wishes import PersonalWishes
from bot.services.reading_posts import in_thread
from bot.services.record_posts import Recorded, RecordPosts
from bot.storage.engine import create_engine
from bot.storage.tables import Base
from tests.services.world import (
    ADMIN,
    ANA,
    BEN,
    BOUNDS,
    GENERAL,
    GUILD,
    NOON,
    WordReader,
    World,
    edited,
    said,
    talk,
)

LATER = NOON + timedelta(hours=1)
OTHER = "discord:810001"


async def test_who_leaves_a_community_keeps_nothing_there_and_everything_elsewhere(world):
    await world.communities.change(OTHER, ADMIN, NOON, recorded_channels=[GENERAL])
    await world.record([*talk(3), said("x", "the kettle is on again", community=OTHER)])
    assert await world.privacy.leave(ANA, GUILD) == 3
    assert await world.balance(ANA, GUILD, LATER) is None
    assert (await world.balance(ANA, OTHER, LATER)).posts == 1


async def test_who_leaves_unknown_leaves_nothing_to_erase(world):
    await world.record(talk(3))
    assert await world.privacy.leave(BEN, GUILD) == 0
    assert await world.privacy.leave(ANA, "discord:999") == 0
    assert (await world.balance(ANA, GUILD, LATER)).posts == 3


async def test_a_direct_message_no_longer_goes_by_a_community_its_member_left(world):
    await world.communities.change(OTHER, ADMIN, NOON, recorded_channels=[GENERAL])
    await world.settings.change(ANA, community=GUILD)
    await world.record([*talk(3), said("x", "the kettle is on again", community=OTHER)])
    await world.privacy.leave(ANA, GUILD)
    assert (await world.settings.read(ANA)).community is None
    assert (await world.balance(ANA, None, LATER)).posts == 1


WORKSPACE, ELSE = "slack:T1", "slack:T2"
UMA, TOM, EVA = Member("slack", "T1/U1"), Member("slack", "T1/U2"), Member("slack", "T2/U1")
PAST = "the past of T1"


async def settle(world: World, member: Member, community: str) -> None:
    """Keep everything about a member that can be kept."""
    await world.communities.change(community, member, NOON, recorded_channels=[GENERAL])
    await world.consents.grant(member, NOON)
    await world.settings.change(member, community=community, widen_circle=True)
    await world.settings.add_own_site(member, "ana.example")
    await PersonalWishes(world.database).kudos(member, NOON, on=True)
    await Nudges(world.database, BOUNDS).switch_on(member)
    about = {"community": community, "by": member, "mentions": (TOM.id,)}
    await world.record([said("1", "the kettle is on", **about), edited("1", "buy it", after=1, **about)])
    async with world.database.writing() as work:
        stored = await work.members.find(member)
        await work.members.note(stored.id, 0, "read-from-shell")
        await work.blocked_offers.add(stored.id)


async def everything(url: str) -> dict[str, list[tuple[object, ...]]]:
    engine = create_engine(url)
    async with engine.connect() as connection:
        kept = {
            table.name: [tuple(row) for row in await connection.execute(select(table))]
            for table in Base.metadata.sorted_tables
        }
    await engine.dispose()
    return kept


async def codes_kept(world: World, url: str, *members: Member) -> set[object]:
    """Return the codes of members that stand anywhere in the database."""
    keyring = world.database.keyring
    codes = {code for one in members for code in (keyring.member(one), keyring.actor(one))}
    codes |= {keyring.target(keyring.member(author), one) for author in members for one in members}
    return codes & {value for rows in (await everything(url)).values() for row in rows for value in row}


@pytest.fixture
async def two_workspaces(world: World) -> World:
    await settle(world, UMA, WORKSPACE)
    await settle(world, EVA, ELSE)
    await world.consents.decline(TOM, NOON)
    return world


async def test_a_workspace_goes_with_everything_about_its_members(two_workspaces, database_url):
    world = two_workspaces
    past = [said("2", "the kettle is off", UMA, community=PAST)]
    await ImportEvents(world.database, WordReader(), BOUNDS)(past, LATER)
    assert len(await codes_kept(world, database_url, UMA, TOM)) >= 4
    assert await world.privacy.purge_community(WORKSPACE) > 4
    assert await codes_kept(world, database_url, UMA, TOM) == set()
    left = await everything(database_url)
    of_eva = {table: len(left[table]) for table in ("personal", "nudge", "blocked_offer", "note", "post")}
    assert set(of_eva.values()) == {1}
    assert len(left["member"]) == 2  # Eva, and Ana on a platform without workspaces
    assert await world.privacy.purge_community(WORKSPACE) == 0


async def test_a_workspace_that_nobody_set_up_goes_with_its_members_too(world, database_url):
    await world.consents.decline(TOM, NOON)
    assert await world.privacy.purge_community(WORKSPACE) == 1
    assert await codes_kept(world, database_url, TOM) == set()


async def test_members_of_another_workspace_or_platform_keep_what_is_theirs(two_workspaces):
    world = two_workspaces
    await world.record(talk(2))
    before = await world.privacy.export(EVA), await world.privacy.export(ANA)
    await world.privacy.purge_community(WORKSPACE)
    assert (await world.privacy.export(EVA), await world.privacy.export(ANA)) == before
    await world.privacy.purge_community(GUILD)
    assert (await world.consents.state(ANA)).state == "given"


async def test_a_post_under_way_brings_neither_a_workspace_nor_its_members_back(two_workspaces, database_url):
    world = two_workspaces

    async def read_while_it_goes(written):
        await world.privacy.purge_community(WORKSPACE)
        return await in_thread(WordReader())(written)

    record = RecordPosts(world.database, read_while_it_goes)
    late = said("3", "the kettle is on again", UMA, community=WORKSPACE)
    assert await record([late]) == Recorded(ignored=1)
    assert await codes_kept(world, database_url, UMA) == set()
    left = {row[1] for row in (await everything(database_url))["community"]}
    assert world.database.keyring.community(WORKSPACE) not in left
