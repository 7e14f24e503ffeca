import asyncio
import threading
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest

from bot.balance.consent import ConsentState
from bot.text.draft import Author, Draft
from bot.text.kind import Kind
from tests.services.world import ADMIN, ANA, BEN, GENERAL, GUILD, HELP, NOON, SHOWCASE, WordReader, said, talk

LATER = NOON + timedelta(hours=1)
PROMO = Draft("please buy my lovely hand painted teapots from the market stall")


@pytest.fixture
async def sixteen(world):
    """One promotion in sixteen posts."""
    long_ago = -20 * 24 * 60
    await world.record([said("1", "please buy my honey, it is from the roof", after=long_ago), *talk(15)])
    return world


async def test_a_promotional_draft_is_told_what_it_would_do(sixteen):
    checked = await sixteen.check(PROMO, ANA, GUILD, LATER)
    assert checked.advice.kind is Kind.PROMOTION
    assert (checked.balance.promotion, checked.balance.posts) == (1, 16)
    assert (checked.what_if.promotion, checked.what_if.posts) == (2, 17)
    assert checked.what_if.share == Fraction(2, 17)
    assert checked.what_if.above
    assert checked.what_if.frees_at == NOON + timedelta(days=8)
    assert "promo-balance" in {finding.rule for finding in checked.advice.findings}
    assert checked.draft.history.posts == 16


async def test_any_other_draft_has_a_balance_and_no_what_if(sixteen):
    checked = await sixteen.check(Draft("how do you all keep the kettle so clean?"), ANA, GUILD, LATER)
    assert (checked.balance.posts, checked.what_if) == (16, None)


async def test_a_promotion_that_will_not_be_counted_is_told_no_figures(sixteen):
    text = "Bitte kauft heute unsere handbemalten Teekannen und Tassen, wir freuen uns auf euch (buy now)"
    checked = await sixteen.check(Draft(text), ANA, GUILD, LATER)
    assert (checked.advice.kind, checked.advice.language) == (Kind.PROMOTION, "de")
    assert (checked.balance.posts, checked.what_if) == (16, None)


async def test_somebody_in_danger_is_not_told_figures(sixteen):
    text = "buy my stuff because I want to kill myself tonight"
    checked = await sixteen.check(Draft(text), ANA, GUILD, LATER)
    assert checked.advice.care is not None
    assert checked.what_if is None


async def test_everybody_else_is_heard_while_a_draft_is_read(world, monkeypatch):
    heard = threading.Event()
    opinion = WordReader.opinion

    def waiting(self, reading):
        assert heard.wait(5)
        return opinion(self, reading)

    monkeypatch.setattr(WordReader, "opinion", waiting)
    reading = asyncio.create_task(world.check(PROMO, BEN, GUILD, LATER))
    await world.balance(ANA, GUILD, LATER)
    heard.set()
    assert (await reading).advice.kind is Kind.PROMOTION


async def test_who_did_not_agree_has_no_record_and_leaves_no_trace(world):
    checked = await world.check(PROMO, BEN, GUILD, LATER)
    assert (checked.balance, checked.what_if, checked.draft.history) == (None, None, None)
    assert checked.consent.state is ConsentState.UNASKED
    async with world.database.reading() as work:
        assert await work.members.find(BEN) is None
        assert await work.posts.count() == 0


async def test_the_first_answer_is_told_apart(world):
    assert (await world.check(PROMO, BEN, GUILD, LATER)).first
    assert not (await world.check(PROMO, BEN, GUILD, LATER)).first
    assert not (await world.check(PROMO, ANA, GUILD, LATER)).first


async def test_who_withdrew_is_coached_without_their_record(sixteen):
    await sixteen.consents.withdraw(ANA, LATER)
    checked = await sixteen.check(PROMO, ANA, GUILD, LATER)
    assert (checked.balance, checked.draft.history) == (None, None)


async def test_muted_rules_and_those_the_community_switched_off_are_silent(sixteen):
    rules = {finding.rule for finding in (await sixteen.check(PROMO, ANA, GUILD, LATER)).advice.findings}
    assert "promo-balance" in rules
    await sixteen.settings.mute(ANA, "promo-balance")
    assert "promo-balance" not in {
        finding.rule for finding in (await sixteen.check(PROMO, ANA, GUILD, LATER)).advice.findings
    }
    await sixteen.settings.unmute(ANA, "promo-balance")
    await sixteen.communities.change(GUILD, ADMIN, NOON, rules_off=["promo-balance"])
    assert "promo-balance" not in {
        finding.rule for finding in (await sixteen.check(PROMO, ANA, GUILD, LATER)).advice.findings
    }


async def test_the_communitys_own_bounds_hold(sixteen):
    await sixteen.communities.change(GUILD, ADMIN, NOON, upper="0.5")
    assert not (await sixteen.check(PROMO, ANA, GUILD, LATER)).what_if.above


async def test_own_sites_are_filled_in(world):
    await world.settings.add_own_site(ANA, "ana.example")
    draft = Draft("look", author=Author("1", own_domains=("shop.example",)))
    checked = await world.check(draft, ANA, GUILD, LATER)
    assert checked.draft.author.own_domains == ("shop.example", "ana.example")


async def test_a_name_is_looked_at_only_for_who_asked_for_it_and_never_on_discord(world):
    draft = Draft("hello", author=Author("1", "xX_ana_99_Xx"))
    slack = type(ANA)("slack", "T1/U1")
    assert (await world.check(draft, slack, None, LATER)).draft.author.display_name is None
    await world.settings.change(slack, real_name=True)
    assert (await world.check(draft, slack, None, LATER)).draft.author.display_name == "xX_ana_99_Xx"
    await world.settings.change(ANA, real_name=True)
    assert (await world.check(draft, ANA, GUILD, LATER)).draft.author.display_name is None


async def test_a_draft_that_nearly_repeats_a_recent_post_is_known(world):
    await world.record([said("1", "Hi all, the spring seed swap is this Saturday at the town hall from ten")])
    again = Draft("Hello friends! The spring seed swap is this Saturday at the town hall from ten")
    assert (await world.check(again, ANA, GUILD, LATER)).draft.history.repeats_recent is True
    other = Draft("who will bring the big table to the town hall?")
    assert (await world.check(other, ANA, GUILD, LATER)).draft.history.repeats_recent is False


async def test_what_the_community_chose_stands_around_the_answer(world):
    await world.communities.change(GUILD, ADMIN, NOON, help_contact="Caro")
    checked = await world.check(PROMO, BEN, GUILD, LATER)
    assert checked.help_contact == "Caro"
    assert checked.recorded_channels == tuple(sorted([GENERAL, HELP, SHOWCASE]))
    elsewhere = await world.check(PROMO, BEN, "discord:999", datetime(2026, 11, 20, tzinfo=UTC))
    assert (elsewhere.help_contact, elsewhere.recorded_channels) == (None, ())
