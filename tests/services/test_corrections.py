from datetime import timedelta

from bot.services.corrections import Corrections
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
