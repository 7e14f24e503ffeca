"""A member's settings: what they say, and what their buttons change."""

from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from adapters.kit import quiet_hours
from adapters.kit.blocked import added
from adapters.kit.card import Action, Card, Paragraph
from adapters.kit.detail import command
from adapters.kit.preferences import IN_ALL, IN_HERE, changed, counted_in, own_or_not, settings_card
from bot.balance.consent import Consent
from bot.balance.identity import Member
from bot.balance.nudges import Nudging
from bot.coach.detail import Detail
from bot.rules.catalogue import all_rules
from bot.services.member_settings import MemberPreferences, MemberSettings
from bot.storage.database import Database

ANA = Member("discord", "811001")
HERE = "discord:810000"


@pytest.fixture
def settings(sqlite_database: Database) -> MemberSettings:
    return MemberSettings(sqlite_database)


def offered(chosen: MemberPreferences, here: str | None) -> list[str]:
    card = settings_card(chosen, Consent(), 254, here=here)
    return [
        button.argument
        for button in card.buttons
        if button.action is Action.SET and button.argument.startswith("community=")
    ]


def said(card: Card) -> str:
    return " ".join(block.text for block in card.blocks if isinstance(block, Paragraph))


def test_a_community_is_offered_where_one_is_and_all_of_them_where_one_is_chosen() -> None:
    assert offered(MemberPreferences(), HERE) == [IN_HERE]
    assert offered(MemberPreferences(), None) == []
    assert offered(MemberPreferences(community=HERE), HERE) == [IN_ALL]
    assert offered(MemberPreferences(community="discord:2"), HERE) == [IN_HERE, IN_ALL]
    assert offered(MemberPreferences(community=HERE), None) == [IN_ALL]


async def test_the_choice_is_kept_and_taken_back(settings: MemberSettings) -> None:
    await counted_in(settings, ANA, IN_HERE, HERE)
    assert (await settings.read(ANA)).community == HERE
    await counted_in(settings, ANA, IN_ALL, None)
    assert (await settings.read(ANA)).community is None


async def test_in_a_direct_message_there_is_no_here(settings: MemberSettings) -> None:
    assert "in the community" in said(await counted_in(settings, ANA, IN_HERE, None))
    assert (await settings.read(ANA)).community is None


async def test_a_place_that_is_gone_from_the_draft_is_neither(settings: MemberSettings) -> None:
    assert "any more" in said(await own_or_not(settings, ANA, None, own=True))
    assert (await settings.read(ANA)).own_sites == ()


def details(chosen: Detail) -> dict[str, str]:
    card = settings_card(MemberPreferences(detail=chosen), Consent(), 254)
    return {button.label: button.argument for button in card.buttons if button.argument.startswith("detail=")}


def test_the_settings_say_how_much_detail_and_offer_the_rest() -> None:
    assert details(Detail.USUAL) == {"Short answers": "detail=short", "Full answers": "detail=full"}
    assert details(Detail.FULL) == {"Short answers": "detail=short", "Usual answers": "detail=usual"}
    assert "My answers are usual: three" in said(settings_card(MemberPreferences(), Consent(), 254))


async def test_detail_is_changed_by_a_button_and_by_a_word(settings: MemberSettings) -> None:
    assert "short" in said(await changed(settings, ANA, "detail=short"))
    assert (await settings.read(ANA)).detail is Detail.SHORT
    card = await command(settings, ANA, " Detail  FULL ")
    assert card is not None
    assert (await settings.read(ANA)).detail is Detail.FULL


@pytest.mark.parametrize("text", ["detail", "detail huge", "details full", "more detail full please"])
async def test_what_is_no_choice_of_detail_is_a_draft(settings: MemberSettings, text: str) -> None:
    assert await command(settings, ANA, text) is None
    assert (await settings.read(ANA)).detail is Detail.USUAL


async def test_a_choice_of_detail_that_is_gone_says_so(settings: MemberSettings) -> None:
    assert "gone" in said(await changed(settings, ANA, "detail=huge"))


def test_the_fullest_settings_fit_one_message() -> None:
    muted = frozenset(rule.id for rule in all_rules())
    chosen = MemberPreferences(muted_rules=muted, community="discord:2")
    card = settings_card(chosen, Consent(), 254, names=False, here=HERE)
    assert len(added(card, on=True).buttons) <= 25
    fullest = quiet_hours.added(added(card, on=True), Nudging(22, 8, ZoneInfo("UTC")))
    assert {button.action for button in fullest.buttons[25:]} <= {Action.UNMUTE}
    assert len(settings_card(replace(chosen, community=None), Consent(), 254, here=HERE).buttons) <= 25
