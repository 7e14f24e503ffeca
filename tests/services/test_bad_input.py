"""What clocks, platforms and people get wrong, and what the ledger makes of it."""

from datetime import timedelta

from bot.text.draft import Author, Draft
from tests.services.world import (
    ADMIN,
    ANA,
    BEN,
    GENERAL,
    GUILD,
    HELP,
    NOON,
    SHOWCASE,
    deleted,
    edited,
    said,
)

LATER = NOON + timedelta(hours=1)
POST = "how do you all keep the kettle so clean?"


async def test_a_clock_five_minutes_slow_loses_no_post_after_the_consent(world):
    await world.consents.grant(BEN, NOON)
    await world.record(
        [said("1", POST, BEN, after=-4), said("2", "what about the teapot then?", BEN, after=-6)]
    )
    assert (await world.balance(BEN, GUILD, LATER)).posts == 1


async def test_a_post_from_the_future_counts_when_its_time_has_come(world):
    await world.record([said("1", POST, after=24 * 60)])
    assert (await world.balance(ANA, GUILD, LATER)).posts == 0
    assert (await world.balance(ANA, GUILD, LATER + timedelta(days=1))).posts == 1


async def test_an_edit_that_claims_to_be_before_its_post_changes_no_time(world):
    await world.record([edited("1", "please buy my teapots", after=-30), said("1", POST)])
    balance = await world.balance(ANA, GUILD, LATER)
    assert (balance.posts, balance.promotion) == (1, 1)


async def test_members_without_a_name_are_coached_like_everybody(world):
    checked = await world.check(Draft(POST, author=Author(None, None)), ANA, GUILD, LATER)
    assert checked.draft.author.display_name is None
    assert checked.advice.care is None


async def test_a_channel_deleted_in_between_leaves_what_was_counted(world):
    await world.record([said("1", POST, channel=HELP)])
    await world.communities.change(GUILD, ADMIN, LATER, recorded_channels=[GENERAL, SHOWCASE])
    await world.record([said("2", "another question about kettles?", channel=HELP)])
    assert (await world.balance(ANA, GUILD, LATER)).posts == 1


async def test_a_post_of_a_channel_nobody_chose_any_more_can_still_be_deleted(world):
    await world.record([said("1", POST, channel=HELP)])
    await world.communities.change(GUILD, ADMIN, LATER, recorded_channels=[GENERAL])
    await world.record([deleted("1", channel=HELP)])
    assert (await world.balance(ANA, GUILD, LATER)).posts == 0


async def test_bots_webhooks_and_proxied_messages_are_nobodys_posts(world):
    recorded = await world.record([said("1", POST, bot=True)])
    assert (recorded.recorded, recorded.ignored) == (0, 1)


async def test_one_id_in_two_communities_and_channels_is_three_messages(world):
    await world.communities.change("discord:2", ADMIN, NOON, recorded_channels=[GENERAL])
    await world.record(
        [
            said("1", POST),
            said("1", "what about the teapot then, anybody?", channel=HELP),
            said("1", "who else collects old tea tins?", community="discord:2"),
        ]
    )
    assert (await world.balance(ANA, GUILD, LATER)).posts == 2
    assert (await world.balance(ANA, "discord:2", LATER)).posts == 1
    assert (await world.balance(ANA, None, LATER)).posts == 3
