"""A deletion may come before its post and say nothing of whose it is; it wins all the same."""

import asyncio
import itertools
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.balance.bounds import Bounds
from bot.services.admission import Reason
from bot.services.import_events import ImportEvents
from bot.services.record_posts import Recorded
from bot.services.retention import Retention
from bot.storage.tombstones import KEPT_DAYS
from tests.services.world import ANA, ELSEWHERE, GUILD, NOON, WordReader, deleted, edited, said, talk

LATER = NOON + timedelta(hours=1)
POST = said("1", "please buy my lovely teapots")
EDIT = edited("1", "the kettle is on again", after=5)
GONE = replace(deleted("1", after=9), author="")


async def remembered(world) -> int:
    async with world.database.reading() as work:
        code = world.database.keyring.message(GUILD, "discord", POST.channel, "1")
        return len(await work.tombstones.among([code]))


@pytest.mark.parametrize("order", list(itertools.permutations([POST, EDIT, GONE])))
@pytest.mark.parametrize("apart", [True, False], ids=["apart", "at once"])
async def test_a_deletion_wins_in_any_order(world, order, apart):
    for events in [[event] for event in order] if apart else [order]:
        await world.record(events)
        await world.record(events)
    await world.record([*talk(1), POST, EDIT])
    balance = await world.balance(ANA, GUILD, LATER)
    assert (balance.posts, balance.promotion) == (1, 0)
    posts = (await world.privacy.export(ANA))["posts"]
    assert sorted(post["deleted"] for post in posts) == [False, True]
    assert await remembered(world) == 0


async def test_of_a_deletion_that_comes_first_a_code_and_a_day_are_kept(world):
    assert await world.record([GONE]) == Recorded(recorded=1)
    assert await world.record([GONE]) == Recorded(unchanged=1)
    assert await remembered(world) == 1
    async with world.database.reading() as work:
        assert await work.posts.count() == 0


async def test_many_may_be_deleted_at_once(world):
    posts = talk(1_000)
    gone = [replace(post, author="", text="", change=GONE.change) for post in posts[:950]]
    assert (await world.record(gone)).recorded == 950
    assert (await world.record(posts)).recorded == 1_000
    assert (await world.balance(ANA, GUILD, NOON + timedelta(days=1))).posts == 50


@pytest.mark.parametrize(
    "event",
    [replace(GONE, channel=ELSEWHERE), replace(GONE, community="discord:999"), replace(GONE, bot=True)],
    ids=["channel not chosen", "community unknown", "bot"],
)
async def test_where_nothing_is_recorded_no_deletion_is_remembered(world, event):
    assert await world.record([event]) == Recorded(ignored=1)
    async with world.database.reading() as work:
        code = world.database.keyring.message(event.community, "discord", event.channel, "1")
        assert await work.tombstones.among([code]) == set()


async def test_a_post_and_its_deletion_may_reach_two_processes_at_once(world):
    await asyncio.gather(
        *(world.record([event]) for event in (POST, GONE, *talk(3), GONE, POST)),
    )
    assert (await world.balance(ANA, GUILD, LATER)).posts == 3


async def test_who_withdrew_meanwhile_leaves_the_deletion_remembered(world):
    await world.record([GONE])
    await world.consents.withdraw(ANA, NOON)
    assert await world.record([POST]) == Recorded(ignored=1)
    assert await remembered(world) == 1


async def test_a_remembered_deletion_expires(world):
    await world.record([GONE])
    expire = Retention(world.database, Bounds())
    assert await expire(NOON + timedelta(days=KEPT_DAYS)) == 0
    assert await expire(NOON + timedelta(days=KEPT_DAYS + 1)) == 1
    assert await remembered(world) == 0


async def test_an_import_honours_deletions_that_came_first(world):
    bring = ImportEvents(world.database, WordReader(), Bounds())
    await world.record([GONE])
    await bring([POST, *talk(1)], LATER)
    assert (await world.balance(ANA, GUILD, LATER)).posts == 1
    second = replace(GONE, message="2")
    imported = await bring([second, replace(POST, message="2")], LATER)
    assert imported.ignored == {Reason.UNKNOWN: 1}
    assert (await world.balance(ANA, GUILD, LATER)).posts == 1
