"""The statement that merges and the pure merge are one: whatever arrives, in whatever batches."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.balance.identity import Member
from bot.balance.instant import DAY
from bot.balance.ledger import fold
from bot.storage.posts import Entry
from tests.balance.strategies import MESSAGES, NOW, corrections, records

pytestmark = pytest.mark.usefixtures("database")

few = records(messages=MESSAGES[:2], at=st.sampled_from([NOW, NOW - DAY]))
batches = st.lists(st.lists(few, min_size=1, max_size=5), max_size=4)


@pytest.fixture
async def ledger(database):
    async with database.writing() as work:
        member = await work.members.add(Member("discord", "1"))
        community = await work.communities.add("discord:1")
    return database, member.id, community.id


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(batches=batches, correction=corrections)
async def test_the_database_folds_as_the_pure_ledger_does(ledger, batches, correction):
    database, member, community = ledger
    expected = {}
    async with database.writing() as work:
        await work.posts.forget(member)
    for number, batch in enumerate(batches):
        async with database.writing() as work:
            await work.posts.merge(Entry(member, community, record) for record in batch)
            if correction and number == 0:
                await work.posts.correct(member, batch[0].message, correction)
        # Records of one batch are merged in the order of their messages.
        expected = fold(sorted(batch, key=lambda record: record.message), expected)
        if correction and number == 0 and not expected[batch[0].message].deleted:
            message = batch[0].message
            expected[message] = replace(expected[message], correction=correction)
    async with database.reading() as work:
        stored = await work.posts.known(MESSAGES)
    assert {message: entry.post for message, entry in stored.items()} == expected
