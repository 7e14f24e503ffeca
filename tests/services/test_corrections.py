from datetime import timedelta

import pytest

from bot.services.corrections import Corrections
from bot.services.reading_posts import in_thread
from bot.services.record_posts import RecordPosts
from bot.text.kind import Kind
from tests.services.world import ANA, BEN, GENERAL, GUILD, NOON, edited, said

LATER = NOON + timedelta(hours=1)


async def test_a_member_corrects_the_kind_of_a_post_and_their_log_says_so(world):
    await world.record([said("1", "do not buy teapots, they drip all day")])
    correct = Corrections(world.database)
    assert await correct(ANA, GUILD, GENERAL, "1", Kind.NEUTRAL, NOON + timedelta(minutes=5))
    balance = await world.balance(ANA, GUILD, LATER)
    assert (balance.promotion, balance.neutral) == (0, 1)
    assert [(line["what"], line["detail"]) for line in (await world.privacy.export(ANA))["log"]] == [
        ("corrected", "neutral")
    ]


@pytest.mark.parametrize(
    ("engages", "kind", "log"),
    [(0.3, Kind.ENGAGEMENT, "engagement"), (0.1, Kind.NEUTRAL, "neutral")],
)
async def test_what_is_no_promotion_counts_as_what_the_reader_thought_second_best(world, engages, kind, log):
    class Torn:
        def kinds(self, readings):
            return [{Kind.PROMOTION: 0.5, Kind.ENGAGEMENT: engages, Kind.NEUTRAL: 0.2} for _ in readings]

    await RecordPosts(world.database, in_thread(Torn()))([said("1", "would you buy these teapots again?")])
    code = world.database.keyring.message(GUILD, "discord", GENERAL, "1").hex()
    correct = Corrections(world.database)
    assert await correct.no_promotion(BEN, code, LATER) is None
    assert (await world.balance(ANA, GUILD, LATER)).promotion == 1
    assert await correct.no_promotion(ANA, code, LATER) is kind
    balance = await world.balance(ANA, GUILD, LATER)
    assert (balance.promotion, balance.engagement, balance.neutral) == (
        0,
        int(kind is Kind.ENGAGEMENT),
        int(kind is Kind.NEUTRAL),
    )
    assert balance.acts["asking"] == balance.engagement
    export = await world.privacy.export(ANA)
    assert [line["detail"] for line in export["log"]] == [log]
    assert export["posts"][0]["corrected_to"] == log
    assert await correct.coded(ANA, code, Kind.PROMOTION, LATER + timedelta(minutes=1))
    assert (await world.balance(ANA, GUILD, LATER)).promotion == 1


@pytest.mark.parametrize("code", ["", "zz", "ab" * 16])
async def test_a_post_that_is_not_there_is_not_corrected(world, code):
    correct = Corrections(world.database)
    assert await correct.no_promotion(ANA, code, LATER) is None
    assert not await correct.coded(ANA, code, Kind.NEUTRAL, LATER)


async def test_an_edit_after_the_correction_is_judged_anew(world):
    await world.record([said("1", "do not buy teapots, they drip all day")])
    await Corrections(world.database)(ANA, GUILD, GENERAL, "1", Kind.NEUTRAL, NOON + timedelta(minutes=5))
    await world.record([edited("1", "please buy my teapots, they never drip", after=9)])
    assert (await world.balance(ANA, GUILD, LATER)).promotion == 1


async def test_nobody_corrects_what_is_not_theirs(world):
    await world.record([said("1", "please buy my teapots, they never drip")])
    correct = Corrections(world.database)
    await world.consents.grant(BEN, NOON)
    assert not await correct(BEN, GUILD, GENERAL, "1", Kind.NEUTRAL, NOON)
    assert not await correct(ANA, GUILD, GENERAL, "2", Kind.NEUTRAL, NOON)
    assert (await world.balance(ANA, GUILD, LATER)).promotion == 1
