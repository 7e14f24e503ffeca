from datetime import timedelta

from tests.services.world import ADMIN, ANA, BEN, GENERAL, GUILD, NOON, said, talk

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
