import asyncio
from datetime import timedelta

import pytest

from bot.services.record_posts import Recorded
from bot.services.seen_events import SeenEvents
from tests.services.world import (
    ADMIN,
    ANA,
    BEN,
    ELSEWHERE,
    GENERAL,
    GUILD,
    HELP,
    NOON,
    SHOWCASE,
    deleted,
    edited,
    said,
    talk,
)

LATER = NOON + timedelta(hours=1)


async def test_posts_of_members_who_agreed_are_counted(world):
    posts = [
        said("1", "please buy my lovely teapots"),
        said("2", "how do you all keep them warm?", after=1),
        said("3", "the kettle is on again", after=2),
        said("4", "ok", after=3),
    ]
    assert await world.record(posts) == Recorded(recorded=4)
    balance = await world.balance(ANA, GUILD, LATER)
    assert (balance.posts, balance.filler) == (3, 1)
    assert (balance.promotion, balance.engagement, balance.neutral) == (1, 1, 1)
    assert balance.acts["asking"] == 1


async def test_recording_again_changes_nothing(world):
    posts = talk(5)
    await world.record(posts)
    assert await world.record(posts) == Recorded(unchanged=5)
    assert (await world.balance(ANA, GUILD, LATER)).posts == 5


async def test_one_batch_may_hold_an_event_twice(world):
    assert await world.record([*talk(1), *talk(1)]) == Recorded(recorded=1, unchanged=1)


@pytest.mark.parametrize(
    "event",
    [
        said("1", "please buy my lovely teapots", BEN),
        said("1", "please buy my lovely teapots", channel=ELSEWHERE),
        said("1", "please buy my lovely teapots", community="discord:999"),
        said("1", "please buy my lovely teapots", bot=True),
        said("1", "please buy my lovely teapots", after=-61 * 24 * 60),
        deleted("1", by=BEN),
    ],
    ids=["no consent", "channel not chosen", "community unknown", "bot", "before the consent", "deletion"],
)
async def test_what_nobody_agreed_to_is_ignored(world, event):
    assert await world.record([event]) == Recorded(ignored=1)
    async with world.database.reading() as work:
        assert await work.posts.count() == 0
        assert await work.members.find(BEN) is None


async def test_an_edit_reclassifies_a_post(world):
    await world.record([said("1", "the kettle is on again")])
    await world.record([edited("1", "please buy my lovely teapots", after=5)])
    balance = await world.balance(ANA, GUILD, LATER)
    assert (balance.posts, balance.promotion) == (1, 1)


async def test_an_edit_that_arrives_first_waits_for_its_post(world):
    await world.record([edited("1", "please buy my lovely teapots", after=5)])
    assert (await world.balance(ANA, GUILD, LATER)).posts == 0
    await world.record([said("1", "the kettle is on again")])
    assert (await world.balance(ANA, GUILD, LATER)).promotion == 1


BEFORE = NOON - timedelta(days=60, minutes=6)
"""Before the members' consent, more than clocks may differ."""


async def test_nothing_is_kept_of_an_edited_post_from_before_the_consent(world):
    changed = edited("1", "please buy my lovely teapots", posted_at=BEFORE)
    assert await world.record([changed]) == Recorded(ignored=1)
    assert await world.record([deleted("1", posted_at=BEFORE)]) == Recorded(ignored=1)
    async with world.database.reading() as work:
        assert await work.posts.count() == 0


async def test_nothing_is_kept_of_an_edited_post_from_between_a_withdrawal_and_a_new_consent(world):
    await world.consents.withdraw(ANA, NOON - timedelta(days=9))
    await world.consents.grant(ANA, NOON - timedelta(days=7))
    changed = edited("1", "please buy my lovely teapots", posted_at=NOON - timedelta(days=8))
    assert await world.record([changed]) == Recorded(ignored=1)


async def test_an_edit_of_a_post_after_the_consent_is_kept_even_if_nobody_heard_of_the_post(world):
    at_once = edited("1", "please buy my lovely teapots", posted_at=BEFORE + timedelta(minutes=1))
    later = edited("2", "please buy my lovely kettles", posted_at=NOON - timedelta(days=1))
    untold = edited("3", "please buy my lovely spoons")
    assert await world.record([at_once, later, untold]) == Recorded(recorded=3)


async def test_a_post_recorded_under_an_earlier_consent_follows_its_edits_under_the_next(world):
    await world.record([said("1", "the kettle is on again", after=-10 * 24 * 60)])
    await world.consents.withdraw(ANA, NOON - timedelta(days=9))
    await world.consents.grant(ANA, NOON - timedelta(days=7))
    meanwhile = edited("1", "please buy my spoons", after=-8 * 24 * 60, posted_at=NOON - timedelta(days=10))
    assert await world.record([meanwhile]) == Recorded(ignored=1)
    after = edited("1", "please buy my teapots", posted_at=NOON - timedelta(days=10))
    assert await world.record([after]) == Recorded(recorded=1)
    assert (await world.balance(ANA, GUILD, LATER)).promotion == 1


async def test_a_deletion_retracts_a_post_for_good(world):
    await world.record([said("1", "the kettle is on again"), deleted("1", after=5)])
    await world.record([said("1", "the kettle is on again"), edited("1", "please buy my teapots", after=9)])
    assert (await world.balance(ANA, GUILD, LATER)).posts == 0


async def test_a_deletion_needs_no_author_and_no_consent(world):
    await world.record(talk(2))
    await world.consents.withdraw(ANA, LATER)
    gone = deleted("talk8110010")
    assert await world.record([type(gone)(**{**_fields(gone), "author": ""})]) == Recorded(recorded=1)
    assert (await world.balance(ANA, GUILD, LATER)).posts == 1


async def test_a_deletion_without_an_author_finds_a_post_of_its_own_batch(world):
    gone = deleted("talk8110010", after=1)
    gone = type(gone)(**{**_fields(gone), "author": ""})
    assert await world.record([gone, *talk(2)]) == Recorded(recorded=3)
    assert (await world.balance(ANA, GUILD, LATER)).posts == 1


def _fields(event):
    return {name: getattr(event, name) for name in event.__slots__}


async def test_withdrawing_stops_the_recording_at_once(world):
    await world.record(talk(2))
    await world.consents.withdraw(ANA, NOON)
    assert (await world.record(talk(2, start=2))).ignored == 2
    assert (await world.balance(ANA, GUILD, LATER)).posts == 2


async def test_replies_beneath_ones_own_promotion_do_not_count_even_through_others(world):
    await world.consents.grant(BEN, NOON - timedelta(days=60))
    await world.record(
        [
            said("deep", "so glad you like them, really", after=9, reply_to_message="ben"),
            said("ben", "these are lovely, where from?", BEN, after=5, reply_to_message="promo"),
            said("promo", "please buy my lovely teapots", after=-40 * 24 * 60),
        ]
    )
    balance = await world.balance(ANA, GUILD, LATER)
    assert (balance.posts, balance.filler) == (0, 1)
    assert (await world.balance(BEN, GUILD, LATER)).posts == 1


async def test_posts_in_exempted_channels_are_on_neither_side(world):
    await world.record([said("1", "please buy my lovely teapots", channel=SHOWCASE)])
    balance = await world.balance(ANA, GUILD, LATER)
    assert (balance.posts, balance.exempt) == (0, 1)


async def test_posts_in_a_language_nobody_here_reads_are_unread(world):
    text = "Heute habe ich den ganzen Tag im Garten gearbeitet und bin jetzt wirklich sehr müde davon"
    await world.record([said("1", text)])
    balance = await world.balance(ANA, GUILD, LATER)
    assert (balance.posts, balance.unread) == (0, 1)


async def test_a_near_repeat_in_another_channel_does_not_count(world):
    text = "the new library opens on the corner of the old market square this week"
    await world.record(
        [said("1", f"Hi all, {text}"), said("2", f"Hello friends! {text}", channel=HELP, after=5)]
    )
    balance = await world.balance(ANA, GUILD, LATER)
    assert (balance.posts, balance.filler) == (1, 1)


async def test_the_same_message_id_in_two_communities_is_two_messages(world):
    other = "discord:810001"
    await world.communities.change(other, ADMIN, NOON, recorded_channels=[GENERAL])
    await world.record([*talk(1), said("talk8110010", "the kettle is on again", community=other)])
    assert (await world.balance(ANA, GUILD, LATER)).posts == 1
    assert (await world.balance(ANA, None, LATER)).posts == 2


async def test_whom_a_post_is_directed_at_is_kept_only_for_who_wants_it(world):
    answers = [
        said("a1", "I would try the second one first", after=1, reply_to_author=BEN.id),
        said("a2", "then restart it and look at the log", after=2, reply_to_author=BEN.id),
        said("a3", "well done with the bridge", after=3, mentions=(ANA.id, BEN.id)),
    ]
    await world.record(answers[:1])
    assert (await world.balance(ANA, GUILD, LATER)).directed is None
    await world.settings.change(ANA, widen_circle=True)
    await world.record(answers[1:])
    balance = await world.balance(ANA, GUILD, LATER)
    assert (balance.posts, balance.directed, len(balance.people)) == (3, 2, 1)
    await world.settings.change(ANA, widen_circle=False)
    await world.settings.change(ANA, widen_circle=True)
    assert (await world.balance(ANA, GUILD, LATER)).directed == 0


async def test_the_delivery_is_remembered_together_with_what_it_brought(world):
    seen = SeenEvents(world.database)
    await world.record(talk(1), deliveries=["Ev0", "Ev1"])
    await world.record(talk(2), deliveries=["Ev1", "Ev2"])
    for event in ("Ev0", "Ev1", "Ev2"):
        assert await seen.seen(event, NOON)
    assert not await seen.first_time("Ev1", NOON)


async def test_two_processes_may_record_the_same_messages_at_once(world):
    events = talk(40)
    results = await asyncio.gather(
        *(world.record(events[start:] + events[:start]) for start in range(0, 40, 8))
    )
    assert sum(result.recorded + result.unchanged for result in results) == 200
    assert (await world.balance(ANA, GUILD, LATER)).posts == 40


async def test_channels_that_are_recorded_are_known(world):
    assert await world.record.is_recorded(GUILD, GENERAL)
    assert not await world.record.is_recorded(GUILD, ELSEWHERE)
    assert not await world.record.is_recorded("discord:999", GENERAL)


async def test_no_events_are_no_work(world):
    assert await world.record([]) == Recorded()


async def test_any_text_can_be_recorded(world):
    texts = ["", " \n", "\ud800 lone", "\u200b\u202e", "<@1>" * 3000, "https://" + "a" * 5000]
    posts = [said(str(number), text, after=number) for number, text in enumerate(texts)]
    assert (await world.record(posts)).recorded == len(texts)
