import asyncio
from datetime import timedelta

import pytest

from bot.services.record_own_post import OwnPost
from bot.text.draft import Draft
from tests.services.world import ANA, BEN, GUILD, NOON, deleted, said

TEXT = "please buy my lovely hand painted teapots from the market stall"
LATER = NOON + timedelta(hours=3)


async def test_a_post_is_recorded_on_the_members_word(world):
    assert await world.own(Draft(TEXT), ANA, GUILD, NOON) is OwnPost.RECORDED
    assert (await world.balance(ANA, GUILD, LATER)).promotion == 1


async def test_saying_it_twice_counts_once(world):
    await world.own(Draft(TEXT), ANA, GUILD, NOON)
    assert await world.own(Draft(TEXT), ANA, GUILD, NOON + timedelta(minutes=1)) is OwnPost.ALREADY
    assert (await world.balance(ANA, GUILD, LATER)).posts == 1


async def test_saying_it_twice_at_once_counts_once(world):
    said_so = await asyncio.gather(*(world.own(Draft(TEXT), ANA, GUILD, NOON) for _ in range(3)))
    assert sorted(said_so) == [OwnPost.ALREADY, OwnPost.ALREADY, OwnPost.RECORDED]


async def test_without_consent_nothing_is_kept(world):
    assert await world.own(Draft(TEXT), BEN, GUILD, NOON) is OwnPost.NEEDS_CONSENT
    async with world.database.reading() as work:
        assert await work.members.find(BEN) is None


@pytest.mark.parametrize("claimed_first", [True, False])
async def test_an_observed_copy_is_the_same_post_in_either_order(world, claimed_first):
    steps = [
        lambda: world.own(Draft(f"Hello! {TEXT}"), ANA, GUILD, NOON),
        lambda: world.record([said("1", f"Hi folks, {TEXT}", after=30)]),
    ]
    for step in steps if claimed_first else reversed(steps):
        await step()
    balance = await world.balance(ANA, GUILD, LATER)
    assert (balance.posts, balance.promotion, balance.filler) == (1, 1, 0)


async def test_what_the_deletion_of_the_observed_copy_takes_away_stays_away(world):
    await world.own(Draft(TEXT), ANA, GUILD, NOON)
    await world.record([said("1", TEXT, after=30)])
    await world.record([deleted("1", after=40)])
    assert (await world.balance(ANA, GUILD, LATER)).posts == 0


@pytest.mark.parametrize(
    "copy",
    [
        said("1", TEXT, after=25 * 60),
        said("1", "the kettle is on again and the tea is nearly ready", after=5),
    ],
    ids=["a day later", "another text"],
)
async def test_another_post_is_another_post(world, copy):
    await world.own(Draft(TEXT), ANA, GUILD, NOON)
    await world.record([copy])
    assert (await world.balance(ANA, GUILD, NOON + timedelta(days=2))).posts == 2


async def test_the_same_text_in_another_community_is_another_post(world):
    await world.own(Draft(TEXT), ANA, GUILD, NOON)
    assert await world.own(Draft(TEXT), ANA, "discord:5", NOON) is OwnPost.RECORDED
