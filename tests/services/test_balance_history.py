"""Eight consecutive windows, and the promotions of the last one."""

from datetime import timedelta

from bot.balance.window import Window
from bot.services.balance_history import BalanceHistory
from bot.services.corrections import Corrections
from bot.services.ledgers import Ledgers
from bot.text.kind import Kind
from tests.services.world import ANA, BEN, BOUNDS, GUILD, NOON, SHOWCASE, said, talk

DAY = 24 * 60
WORDS = ("my honey from the roof", "a lamp made of driftwood", "two tickets to the play", "my old accordion")


async def lived(world):
    """Promotions 1, 30, 60 and 230 days ago, and a little talk now."""
    posts = [
        said(str(days), f"please buy {words}", after=-days * DAY)
        for days, words in zip((1, 30, 60, 230), WORDS, strict=True)
    ]
    await world.founded(ANA, before=timedelta(days=250))
    await world.privacy.forget(ANA)
    await world.consents.grant(ANA, NOON - timedelta(days=250))
    await world.record([*posts, *talk(5), said("ex", "buy this in the showcase", channel=SHOWCASE)])
    return BalanceHistory(world.database, BOUNDS)


LATER = NOON + timedelta(hours=1)


async def test_the_windows_follow_each_other_and_each_is_its_own_balance(world):
    past = await (await lived(world))(ANA, GUILD, LATER)
    assert [window.promotion for window in past.windows] == [0, 0, 0, 0, 0, 1, 1, 1]
    assert past.windows[-1] == await world.balance(ANA, GUILD, LATER)
    ends = [window.until for window in past.windows]
    assert ends == [LATER - timedelta(days=28 * back) for back in range(7, -1, -1)]
    async with world.database.reading() as work:
        met = await work.meet(ANA, GUILD)
        ledgers = Ledgers(work, world.database.keyring, BOUNDS)
        for window in past.windows:
            alone = await ledgers.load(met.member, met.place, Window.ending(window.until, 28))
            assert alone.balance == window


async def test_what_comes_next_is_what_a_promotion_now_would_do(world):
    past = await (await lived(world))(ANA, GUILD, LATER)
    assert (past.next.promotion, past.next.posts, past.next.give_first) == (2, 7, True)


async def test_all_communities_together(world):
    history = await lived(world)
    await world.communities.change("discord:2", BEN, NOON, recorded_channels=["c"])
    await world.record([said("x", "buy my other thing over there", community="discord:2", channel="c")])
    together = await history(ANA, None, LATER)
    assert together.balance.promotion == 2
    assert together.balance == await world.balance(ANA, None, LATER)
    await world.settings.change(ANA, community="discord:2")
    assert (await history(ANA, None, LATER)).balance.posts == 1


async def test_a_listed_promotion_can_be_corrected_by_its_code_and_by_its_author_only(world):
    history, correct = await lived(world), Corrections(world.database)
    (promotion,) = (await history(ANA, GUILD, LATER)).promotions
    assert promotion.at == NOON - timedelta(days=1)
    assert not await correct.coded(BEN, promotion.code, Kind.NEUTRAL, LATER)
    assert not await correct.coded(ANA, "no code", Kind.NEUTRAL, LATER)
    assert await correct.coded(ANA, promotion.code, Kind.NEUTRAL, LATER)
    past = await history(ANA, GUILD, LATER)
    assert (past.promotions, past.balance.promotion, past.balance.neutral) == ((), 0, 6)
    assert (await world.privacy.export(ANA))["log"][-1]["what"] == "corrected"


async def test_without_a_record_there_is_nothing_rather_than_zero(world):
    history = BalanceHistory(world.database, BOUNDS)
    assert await history(ANA, GUILD, LATER) is None
    assert await history(BEN, GUILD, LATER) is None
    assert await history(ANA, "discord:0", LATER) is None
