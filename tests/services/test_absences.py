"""What is found out after an absence."""

from collections.abc import AsyncIterator, Iterable
from datetime import timedelta

from bot.balance.identity import Member
from bot.services.absences import LONGEST, Absences
from tests.services.world import ANA, BEN, CARO, GENERAL, GUILD, NOON, said, talk

LATER = NOON + timedelta(hours=1)


async def present(members: Iterable[Member]) -> AsyncIterator[Member]:
    for member in members:
        yield member


async def test_posts_may_be_missed_from_the_last_recorded_one_of_each_channel(world):
    absences = Absences(world.database, world.privacy)
    await world.record([said("1", "the kettle is on again", after=5), said("2", "and off it goes", after=9)])
    since = (await absences.since("discord", LATER))[GUILD]
    assert since[GENERAL] == NOON + timedelta(minutes=9)
    assert all(at == LATER - LONGEST for channel, at in since.items() if channel != GENERAL)
    assert await absences.since("slack", LATER) == {}


async def test_a_long_absence_is_bounded(world):
    absences = Absences(world.database, world.privacy)
    await world.record(talk(2))
    later = NOON + timedelta(days=30)
    assert (await absences.since("discord", later))[GUILD][GENERAL] == later - LONGEST


async def test_what_was_not_read_to_the_end_is_still_missing_after_a_restart(world):
    absences = Absences(world.database, world.privacy)
    await world.record([said("1", "the kettle is on again", after=5)])
    missed = await absences.since("discord", LATER)
    await absences.begin(GUILD, missed[GUILD])
    await world.record([said("2", "and off it goes", after=9)])
    assert await absences.since("discord", LATER) == missed
    await absences.begin(GUILD, {GENERAL: NOON + timedelta(minutes=9)})
    assert await absences.since("discord", LATER) == missed
    await absences.read(GUILD, GENERAL)
    since = (await absences.since("discord", LATER))[GUILD]
    assert since[GENERAL] == NOON + timedelta(minutes=9)


async def test_a_lost_connection_is_missed_from_its_own_moment_or_from_what_is_unread(world):
    absences = Absences(world.database, world.privacy)
    lost = NOON + timedelta(minutes=50)
    assert (await absences.since("discord", LATER, lost))[GUILD][GENERAL] == lost
    await absences.begin(GUILD, {GENERAL: NOON})
    assert (await absences.since("discord", LATER, lost))[GUILD][GENERAL] == NOON


async def test_nothing_is_left_to_read_in_a_community_that_is_erased(world):
    absences = Absences(world.database, world.privacy)
    await absences.begin(GUILD, {GENERAL: NOON})
    await world.privacy.purge_community(GUILD)
    await absences.begin(GUILD, {GENERAL: NOON})
    await absences.read(GUILD, GENERAL)
    assert await absences.since("discord", LATER) == {}


async def test_only_who_is_absent_loses_their_posts_there(world):
    absences = Absences(world.database, world.privacy)
    await world.consents.grant(BEN, NOON)
    await world.record([*talk(3), *talk(2, by=BEN)])
    assert await absences.leave_absent(GUILD, present([ANA, CARO])) == 1
    assert (await world.balance(ANA, GUILD, LATER)).posts == 3
    assert await world.balance(BEN, GUILD, LATER) is None
    assert await absences.leave_absent(GUILD, present([ANA])) == 0
    assert await absences.leave_absent("discord:999", present([])) == 0


async def test_who_is_absent_and_never_posted_loses_what_else_is_kept_there(world):
    absences = Absences(world.database, world.privacy)
    await world.settings.change(BEN, community=GUILD)
    await world.consents.grant(CARO, NOON)
    async with world.database.writing() as work:
        place, caro = await work.communities.find(GUILD), await work.members.find(CARO)
        await work.tallies.add_checks(place.id, caro.id, 105_000, 3, 1)
        await work.tallies.settle()
    assert await absences.leave_absent(GUILD, present([ANA])) == 2
    assert (await world.settings.read(BEN)).community is None
    assert (await world.privacy.export(CARO))["weeks"] == []
