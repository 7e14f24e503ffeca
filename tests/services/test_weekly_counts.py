from datetime import UTC, datetime, timedelta

from bot.services.retention import Retention, retention_days
from bot.services.weekly_counts import WeeklyCounts
from bot.summaries.counts import Figure, WeekCounts
from bot.summaries.week import Week
from tests.services.world import ANA, BEN, BOUNDS, GUILD, NOON, SHOWCASE, said, talk

MONDAY = datetime(2026, 11, 16, tzinfo=UTC)
WEEK = timedelta(days=7)
THAT_WEEK = Week(2026, 47)


def counting(world) -> WeeklyCounts:
    return WeeklyCounts(world.database, world.communities, BOUNDS)


def minutes(at: datetime) -> float:
    return (at - NOON) / timedelta(minutes=1)


async def test_a_week_is_counted_over_the_members_who_agreed(world):
    await world.consents.grant(BEN, NOON - timedelta(days=50))
    await world.record(
        [
            said("1", "please buy my lovely teapots", after=1),
            said("2", "which of them do you like best?", after=2),
            said("3", "ok", after=3),
            said("4", "please buy my spoons as well", after=4, channel=SHOWCASE),
            said("5", "thank you for the blue one", BEN, after=5, reply_to_message="x"),
            said("6", "worth a read https://theirs.example/essay", BEN, after=6),
        ]
    )
    counts = await counting(world)(GUILD, THAT_WEEK)
    assert counts == WeekCounts(
        posts=Figure(4, 2),
        promotion=Figure(1, 1),
        giving=Figure(3, 2),
        asking=Figure(1, 1),
        thanking=Figure(1, 1),
        sharing=Figure(1, 1),
    )
    await world.consents.withdraw(BEN, NOON)
    assert (await counting(world)(GUILD, THAT_WEEK)).posts == Figure(2, 1)


async def test_a_week_begins_with_its_first_moment_and_ends_before_the_next(world):
    await world.record(
        [
            said(
                "1", "the last moment of the week before", after=minutes(MONDAY - timedelta(microseconds=1))
            ),
            said("2", "here is the first moment, good morning", after=minutes(MONDAY)),
            said("3", "nearly over, and so to bed", after=minutes(MONDAY + WEEK - timedelta(microseconds=1))),
            said("4", "already another week has begun", after=minutes(MONDAY + WEEK)),
        ]
    )
    weeks = (THAT_WEEK.before(), THAT_WEEK, THAT_WEEK.after())
    assert [(await counting(world)(GUILD, week)).posts.count for week in weeks] == [1, 2, 1]


async def test_a_community_nobody_knows_has_a_week_of_nothing(world):
    assert await counting(world)("discord:999", THAT_WEEK) == WeekCounts()


async def test_entries_are_kept_for_eight_windows_and_thirty_days(world):
    await world.record(talk(2))
    assert retention_days(BOUNDS) == 254
    sweep = Retention(world.database, BOUNDS)
    assert await sweep(NOON + timedelta(days=254)) == 0
    assert await sweep(NOON + timedelta(days=254, minutes=1)) == 2
    assert await world.balance(ANA, GUILD, NOON) is None
