"""Nudges go only to who asked, where the community allows them, and end by themselves."""

import asyncio
from datetime import timedelta

import pytest

from bot.services.nudges import Nudges
from tests.services.world import ADMIN, ANA, BEN, BOUNDS, GUILD, NOON, said, talk

LATER = NOON + timedelta(hours=1)
WEEK = timedelta(days=7)


@pytest.fixture
async def nudges(world):
    """Ana's record holds more promotion than she aims for, and the community allows nudges."""
    promotion = [
        said(f"p{number}", f"please buy my book number {number} now", after=20) for number in range(4)
    ]
    await world.record([*talk(8), *promotion])
    await world.communities.change(GUILD, ADMIN, NOON, nudges=True)
    made = Nudges(world.database, BOUNDS)
    await made.switch_on(ANA)
    await made.quiet(ANA, 0, 0, "UTC")
    return made


async def test_a_nudge_goes_to_who_asked_for_it_once_a_week(nudges):
    (nudge,) = await nudges.due("discord", LATER)
    assert nudge.member == ANA
    assert nudge.balance.promotion == 4
    assert await nudges.due("discord", LATER + WEEK - timedelta(hours=2)) == []
    assert len(await nudges.due("discord", LATER + WEEK)) == 1
    assert await nudges.due("slack", LATER + WEEK) == []


async def test_nobody_is_nudged_where_the_community_does_not_allow_it(world, nudges):
    await world.communities.change(GUILD, ADMIN, NOON, nudges=False)
    assert await nudges.due("discord", LATER) == []


async def test_who_withdrew_or_never_asked_is_not_nudged(world, nudges):
    await nudges.switch_off(ANA)
    assert await nudges.due("discord", LATER) == []
    await nudges.switch_on(ANA)
    await world.consents.withdraw(ANA, NOON)
    assert await nudges.due("discord", LATER) == []


async def test_two_ignored_switch_them_off_and_a_reaction_keeps_them(nudges):
    await nudges.due("discord", LATER)
    await nudges.answered(ANA)
    await nudges.due("discord", LATER + WEEK)
    assert (await nudges.read(ANA)).unanswered == 1
    await nudges.switch_off(ANA)
    await nudges.switch_on(ANA)
    await nudges.quiet(ANA, 0, 0, "UTC")
    await nudges.due("discord", LATER)
    await nudges.due("discord", LATER + WEEK)
    assert await nudges.due("discord", LATER + 2 * WEEK) == []
    assert await nudges.read(ANA) is None


async def test_two_processes_send_one(nudges):
    both = await asyncio.gather(nudges.due("discord", LATER), nudges.due("discord", LATER))
    assert sorted(map(len, both)) == [0, 1]


async def test_a_wrong_hour_or_zone_is_named(nudges):
    with pytest.raises(ValueError, match="0 to 23"):
        await nudges.quiet(ANA, 24, 8, "UTC")
    with pytest.raises(ValueError, match="Europe/Lisbon"):
        await nudges.quiet(ANA, 22, 8, "Lisboa")
    assert not await nudges.quiet(BEN, 22, 8, "UTC")


async def test_what_is_kept_is_exported_and_forgotten(world, nudges):
    exported = (await world.privacy.export(ANA))["nudges"]
    assert exported["platform_id"] == str(ANA)
    await world.privacy.forget(ANA)
    assert await nudges.read(ANA) is None
    assert await nudges.due("discord", LATER) == []
