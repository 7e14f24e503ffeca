from dataclasses import replace

import pytest

from bot.coach.detail import Detail
from bot.services.member_settings import LONGEST_SITE, MOST_SITES, MemberPreferences
from bot.text.draft import Draft
from tests.services.world import ANA, BEN, GUILD, NOON


async def test_the_defaults_hold_and_asking_for_them_keeps_nothing(world):
    assert await world.settings.read(BEN) == MemberPreferences()
    async with world.database.reading() as work:
        assert await work.members.find(BEN) is None


async def test_what_a_member_chose_is_kept(world):
    await world.settings.mute(ANA, "engage")
    await world.settings.mute(ANA, "bait")
    await world.settings.unmute(ANA, "engage")
    await world.settings.add_own_site(ANA, "ana.example")
    await world.settings.add_own_site(ANA, "github.com/ana")
    await world.settings.add_own_site(ANA, "ana.example")
    await world.settings.remove_own_site(ANA, "github.com/ana")
    await world.settings.change(ANA, real_name=True, community=GUILD)
    assert await world.settings.read(ANA) == MemberPreferences(
        own_sites=("ana.example",), muted_rules=frozenset({"bait"}), real_name=True, community=GUILD
    )
    assert (await world.consents.state(ANA)).state == "given"


async def test_how_much_detail_is_kept_exported_and_forgotten(world):
    await world.settings.change(BEN, detail=Detail.FULL)
    await world.settings.change(BEN, real_name=True)
    assert (await world.settings.read(BEN)).detail is Detail.FULL
    assert (await world.privacy.export(BEN))["settings"]["detail"] == "full"
    await world.settings.change(BEN, detail=Detail.USUAL)
    assert (await world.settings.read(BEN)).detail is Detail.USUAL
    await world.settings.change(BEN, detail=Detail.SHORT)
    await world.privacy.forget(BEN)
    assert (await world.settings.read(BEN)).detail is Detail.USUAL


async def test_a_draft_is_answered_in_the_detail_its_member_wants(world):
    draft = Draft("Good morning, what grows well in the shade over there?")
    assert (await world.check(draft, BEN, GUILD, NOON)).detail is Detail.USUAL
    await world.settings.change(BEN, detail=Detail.SHORT)
    assert (await world.check(draft, BEN, GUILD, NOON)).detail is Detail.SHORT
    assert (await world.check(draft, ANA, GUILD, NOON)).detail is Detail.USUAL


@pytest.mark.parametrize(
    "site", ["", "  ", "x" * (LONGEST_SITE + 1), "ana.example/\ud800", "ana.example/\u202e"]
)
async def test_what_is_no_site_is_refused(world, site):
    with pytest.raises(ValueError, match=r"ana\.example"):
        await world.settings.add_own_site(ANA, site)


@pytest.mark.parametrize("site", ["github.com", "co.uk", "bit.ly", "gumroad.com", "ana", "etsy.com/shop"])
async def test_what_many_share_is_nobodys_own(world, site):
    with pytest.raises(ValueError, match="your own place"):
        await world.settings.add_own_site(ANA, site)
    assert (await world.settings.read(ANA)).own_sites == ()


async def test_a_place_written_like_a_refused_one_locks_nobody_out(world):
    with pytest.raises(ValueError, match="your own place"):
        await world.settings.add_own_site(ANA, "!ana.example")
    async with world.database.writing() as work:
        stored = await work.members.find(ANA)
        await work.members.change(replace(stored, own_sites=("!ana.example",)))
    assert (await world.settings.read(ANA)).own_sites == ("!ana.example",)
    assert (await world.settings.remove_own_site(ANA, "!ana.example")).own_sites == ()


async def test_there_is_a_limit_to_own_sites(sqlite_world):
    for number in range(MOST_SITES):
        await sqlite_world.settings.add_own_site(ANA, f"{number}.example")
    with pytest.raises(ValueError, match="remove one"):
        await sqlite_world.settings.add_own_site(ANA, "one-more.example")
