"""What a draft calls its author's own is asked about once."""

from datetime import timedelta

from bot.services.claims import Claim, claimed
from bot.text.draft import Draft
from tests.services.world import ANA, BEN, GUILD, NOON

LATER = NOON + timedelta(hours=1)
DRAFT = Draft("my shop: https://you.gumroad.com/l/pdf and my repo https://github.com/you/loom")
SHOP, REPO = Claim("you.gumroad.com", 0), Claim("github.com/you", 1)


async def asked(world, member=ANA):
    return (await world.check(DRAFT, member, GUILD, LATER)).claimed


async def test_each_place_is_asked_about_once(world):
    assert [await asked(world) for _ in range(3)] == [SHOP, REPO, None]


async def test_what_is_registered_is_not_asked_about(world):
    await world.settings.add_own_site(ANA, "you.gumroad.com")
    assert await asked(world) == REPO


async def test_a_no_outlives_the_process_as_a_code_and_can_be_seen_and_erased(world):
    await world.settings.not_own_site(ANA, SHOP.site)
    world.__post_init__()
    assert await asked(world) == REPO
    settings = (await world.privacy.export(ANA))["settings"]
    assert [len(code) for code in settings["said_not_own"]] == [32]
    assert settings["own_sites"] == []
    await world.settings.add_own_site(ANA, "ana.example")
    assert (await world.settings.read(ANA)).own_sites == ("ana.example",)
    await world.privacy.forget(ANA)
    world.__post_init__()
    assert await asked(world) == SHOP


async def test_nothing_is_stored_for_who_keeps_no_record(world):
    assert await asked(world, BEN) == SHOP
    await world.settings.not_own_site(BEN, SHOP.site)
    assert await asked(world, BEN) == REPO
    async with world.database.reading() as work:
        assert await work.members.find(BEN) is None


async def test_somebody_in_danger_is_asked_nothing(world):
    draft = Draft("my blog https://ana.example says it: I want to kill myself tonight")
    assert (await world.check(draft, ANA, GUILD, LATER)).claimed is None


def test_a_button_finds_its_place_again():
    assert [claimed(DRAFT, number) for number in ("0", "1", "2", "-1", "")] == [
        SHOP.site,
        REPO.site,
        None,
        None,
        None,
    ]
