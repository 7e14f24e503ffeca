"""Drafts are counted for members who agreed, without anything of the draft."""

from datetime import timedelta

import pytest

from bot.services.check_draft import CheckDraft
from bot.services.draft_checks import DraftChecks
from bot.services.weekly_counts import WeeklyCounts
from bot.summaries.counts import Figure
from bot.summaries.week import Week
from bot.text.draft import Draft
from tests.services.world import ANA, BEN, BOUNDS, GUILD, NOON, WordReader, World

WEEK = Week(2026, 47)
ROOM = "the garden meeting moves to thursday at noon in the big room beside the kitchen and the old piano"
SHOUTED = f"thank u ppl 4 ur gr8 help, {ROOM}"
MENDED = f"thank you people for your great help, {ROOM}"


@pytest.fixture
def checks(world: World) -> DraftChecks:
    return DraftChecks(world.database, world.communities)


@pytest.fixture
def check(world: World, checks: DraftChecks) -> CheckDraft:
    return CheckDraft(world.database, WordReader(), BOUNDS, checks)


async def counted(world: World) -> tuple[Figure, Figure]:
    sums = await WeeklyCounts(world.database, world.communities, BOUNDS)(GUILD, WEEK)
    return sums.checked, sums.improved


async def test_a_draft_checked_twice_is_one_draft(world, checks, check):
    for minutes in (0, 5):
        await check(Draft(SHOUTED), ANA, GUILD, NOON + timedelta(minutes=minutes))
    await check(Draft("has anybody seen the blue umbrella of mine?"), ANA, GUILD, NOON)
    await checks.flush()
    assert await counted(world) == (Figure(2, 1), Figure())


async def test_fewer_findings_within_the_hour_are_an_improvement_and_counted_once(world, checks, check):
    first = await check(Draft(SHOUTED), ANA, GUILD, NOON)
    second = await check(Draft(MENDED), ANA, GUILD, NOON + timedelta(minutes=20))
    assert len(second.advice.findings) < len(first.advice.findings)
    await check(Draft(SHOUTED), ANA, GUILD, NOON + timedelta(minutes=30))
    await check(Draft(MENDED), ANA, GUILD, NOON + timedelta(minutes=40))
    await checks.flush()
    assert await counted(world) == (Figure(1, 1), Figure(1, 1))


async def test_after_the_hour_it_is_another_draft(world, checks, check):
    await check(Draft(SHOUTED), ANA, GUILD, NOON)
    await check(Draft(MENDED), ANA, GUILD, NOON + timedelta(minutes=61))
    await checks.flush()
    assert await counted(world) == (Figure(2, 1), Figure())


async def test_who_did_not_agree_or_is_forgotten_meanwhile_is_not_counted(world, checks, check):
    await check(Draft(SHOUTED), BEN, GUILD, NOON)
    await check(Draft(SHOUTED), ANA, None, NOON)
    await check(Draft(SHOUTED), ANA, GUILD, NOON)
    await world.privacy.forget(ANA)
    await checks.flush()
    assert await counted(world) == (Figure(), Figure())


async def test_counting_posts_again_leaves_the_drafts(world, checks, check):
    await check(Draft(SHOUTED), ANA, GUILD, NOON)
    await checks.flush()
    await world.communities.change(GUILD, BEN, NOON, exempt_channels=[])
    await world.consents.withdraw(ANA, NOON)
    assert (await counted(world))[0] == Figure(1, 1)
