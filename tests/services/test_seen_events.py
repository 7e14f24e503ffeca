import asyncio
from datetime import timedelta

from bot.services.seen_events import SeenEvents
from tests.services.world import NOON


async def test_an_event_is_new_once_even_to_several_processes(database):
    seen = SeenEvents(database)
    answers = await asyncio.gather(*(seen.first_time("Ev1", NOON) for _ in range(5)))
    assert sorted(answers) == [False, False, False, False, True]


async def test_asking_remembers_nothing(database):
    seen = SeenEvents(database)
    assert not await seen.seen("Ev1", NOON)
    assert await seen.first_time("Ev1", NOON)
    assert await seen.seen("Ev1", NOON)


async def test_events_are_remembered_for_twenty_five_hours(database):
    seen = SeenEvents(database)
    await seen.first_time("Ev1", NOON)
    assert not await seen.first_time("Ev1", NOON + timedelta(hours=25))
    assert not await seen.seen("Ev1", NOON + timedelta(hours=25, seconds=1))
    assert await seen.first_time("Ev1", NOON + timedelta(hours=25, seconds=1))
