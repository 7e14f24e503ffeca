"""Whose record counts in direct messages: one community's, or all together."""

import pytest

from adapters.kit.card import Action, Card, Paragraph
from adapters.kit.preferences import IN_ALL, IN_HERE, counted_in, own_or_not, settings_card
from bot.balance.consent import Consent
from bot.balance.identity import Member
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
