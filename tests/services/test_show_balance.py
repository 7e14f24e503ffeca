from datetime import timedelta

from tests.services.world import ADMIN, ANA, BEN, GENERAL, GUILD, NOON, said, talk

LATER = NOON + timedelta(hours=1)
OTHER = "discord:810001"


async def test_without_a_record_there_is_no_balance(world):
    assert await world.balance(BEN, GUILD, LATER) is None
    assert await world.balance(ANA, GUILD, LATER) is None
    assert await world.balance(ANA, "discord:999", LATER) is None
    assert await world.balance(ANA, None, LATER) is None


async def test_a_record_whose_posts_left_the_window_is_a_balance_of_nothing(world):
    await world.record(talk(3))
    balance = await world.balance(ANA, GUILD, NOON + timedelta(days=40))
    assert (balance.posts, balance.share) == (0, None)


async def test_the_window_ends_with_the_moment_asked_for(world):
    await world.record([said("1", "the kettle is on again")])
    assert (await world.balance(ANA, GUILD, NOON)).posts == 1
    assert (await world.balance(ANA, GUILD, NOON - timedelta(microseconds=1))).posts == 0
    assert (await world.balance(ANA, GUILD, NOON + timedelta(days=28))).posts == 0
    assert (await world.balance(ANA, GUILD, NOON + timedelta(days=28, microseconds=-1))).posts == 1


async def test_without_a_community_the_chosen_one_counts_or_all_together(world):
    await world.communities.change(OTHER, ADMIN, NOON, recorded_channels=[GENERAL], upper="0.2")
    await world.record([*talk(3), said("x", "the kettle is on again", community=OTHER)])
    assert (await world.balance(ANA, None, LATER)).posts == 4
    await world.settings.change(ANA, community=OTHER)
    chosen = await world.balance(ANA, None, LATER)
    assert (chosen.posts, float(chosen.upper)) == (1, 0.2)
    assert (await world.balance(ANA, None, LATER, together=True)).posts == 4
    await world.settings.change(ANA, community="")
    assert (await world.balance(ANA, None, LATER)).posts == 4


async def test_one_member_cannot_see_another(world):
    await world.record(talk(3))
    assert await world.balance(BEN, GUILD, LATER) is None
