"""Offers after a filter stopped a message: who agreed, where it is allowed, and once a day."""

import asyncio
from datetime import timedelta

import pytest

from bot.services.blocked_offers import AWAITED, BlockedOffers
from tests.services.world import ADMIN, ANA, BEN, GUILD, NOON

DAY = timedelta(days=1)


@pytest.fixture
async def offers(world):
    await world.communities.change(GUILD, ADMIN, NOON, blocked_offers=True)
    made = BlockedOffers(world.database)
    await made.switch(ANA, on=True)
    return made


async def test_one_offer_a_day_goes_to_who_agreed(offers):
    assert await offers.read(ANA)
    assert await offers.claim(ANA, GUILD, NOON)
    assert not await offers.claim(ANA, GUILD, NOON + DAY - timedelta(seconds=1))
    assert await offers.claim(ANA, GUILD, NOON + DAY)


async def test_nobody_else_gets_one_and_nothing_is_kept_about_them(world, offers):
    assert not await offers.claim(BEN, GUILD, NOON)
    await offers.switch(BEN, on=False)
    assert (await world.privacy.export(BEN))["kept"] is False


async def test_a_community_that_does_not_allow_it_ends_it(world, offers):
    assert not await offers.claim(ANA, "discord:810009", NOON)
    await world.communities.change(GUILD, ADMIN, NOON, blocked_offers=False)
    assert not await offers.claim(ANA, GUILD, NOON)


async def test_two_processes_make_one_offer(offers):
    claims = await asyncio.gather(*(offers.claim(ANA, GUILD, NOON) for _ in range(4)))
    assert sorted(claims) == [False, False, False, True]


async def test_agreeing_again_does_not_shorten_the_day(offers):
    assert await offers.claim(ANA, GUILD, NOON)
    await offers.switch(ANA, on=True)
    assert not await offers.claim(ANA, GUILD, NOON + timedelta(hours=1))


async def test_a_draft_is_awaited_for_a_while_after_an_offer(offers):
    assert not await offers.awaited(ANA, NOON)
    await offers.claim(ANA, GUILD, NOON)
    assert await offers.awaited(ANA, NOON + AWAITED - timedelta(seconds=1))
    assert not await offers.awaited(ANA, NOON + AWAITED)
    assert not await offers.awaited(BEN, NOON)


async def test_forgetting_and_the_end_of_consent_end_it(world, offers):
    await offers.claim(ANA, GUILD, NOON)
    told = (await world.privacy.export(ANA))["offers_when_a_filter_stops_a_message"]
    assert told == {"sent_last": NOON.isoformat()}
    await offers.switch(ANA, on=False)
    assert (await world.privacy.export(ANA))["offers_when_a_filter_stops_a_message"] is None
    await offers.switch(ANA, on=True)
    await world.privacy.forget(ANA)
    assert not await offers.read(ANA)
    async with world.database.reading() as work:
        stored = await work.members.find(ANA)
    assert stored is None
