from datetime import UTC, datetime
from fractions import Fraction

import pytest

from adapters.kit.card import Card, Note, Paragraph
from adapters.kit.introductions import help_text
from adapters.kit.wishes import added, digest_card, wish
from bot.balance.balance import Balance
from bot.balance.identity import Member
from bot.services.personal_wishes import PersonalWishes
from bot.summaries.digest import Digest

ANA = Member("discord", "811001")
NOW = datetime(2026, 11, 17, 12, tzinfo=UTC)


@pytest.fixture
def wishes(sqlite_database) -> PersonalWishes:
    return PersonalWishes(sqlite_database)


async def said(wishes: PersonalWishes, text: str) -> str:
    card = await wish(wishes, ANA, text, NOW)
    assert isinstance(card, Card)
    return " ".join(block.text for block in card.blocks if isinstance(block, Paragraph))


async def test_a_digest_is_asked_for_moved_quieted_and_ended(wishes):
    assert "no digest" in await said(wishes, "digest")
    assert "Friday at 17:00 (Europe/Lisbon)" in await said(wishes, "Digest Friday 17 Europe/Lisbon")
    assert "quiet hours" in await said(wishes, "quiet 21-9")
    assert "Fridays at 17:00 (Europe/Lisbon), never between 21:00 and 9:00" in await said(wishes, "digest")
    assert "No more" in await said(wishes, "digest off")
    assert await wishes.read(ANA) is None


async def test_kudos_are_off_until_somebody_says_on(wishes):
    assert "Kudos are off" in await said(wishes, "kudos")
    await said(wishes, "kudos on")
    assert "Kudos are on" in await said(wishes, "kudos")
    await said(wishes, "kudos off")
    assert await wishes.read(ANA) is None


@pytest.mark.parametrize("text", ["digest friday 25", "digest friday 9 Mars/Base"])
async def test_what_cannot_be_is_said_kindly(wishes, text):
    assert (await said(wishes, text)).startswith("I can't set that")


async def test_quiet_hours_without_a_digest_explain_themselves(wishes):
    assert "no digest" in await said(wishes, "quiet 22-8")


@pytest.mark.parametrize(
    "text", ["digest these numbers", "digest someday 9", "quiet please", "Kudos to Bea!", "quiet 1-2 am"]
)
async def test_a_draft_that_only_begins_alike_is_a_draft(wishes, text):
    assert await wish(wishes, ANA, text, NOW) is None


def test_the_digest_says_how_to_end_it():
    balance = Balance(28, NOW, 20, 0, 0, 0, 2, 18, 0, Fraction(1, 20), Fraction(1, 10), 1, {"asking": 2})
    text = " ".join(getattr(block, "text", "") for block in digest_card(Digest(balance, None)).blocks)
    assert "digest off" in text
    assert "2 of" in text or "10%" in text


async def test_the_settings_say_what_is_wished_for_above_the_small_print(wishes):
    await said(wishes, "kudos on")
    card = added(Card((Paragraph("Your sites: none."), Note("small print"))), await wishes.read(ANA))
    assert [type(block) for block in card.blocks] == [Paragraph, Paragraph, Note]
    assert "no digest. Kudos are on" in card.blocks[1].text


def test_help_names_the_wishes_only_where_they_can_come_true():
    words = "digest", "kudos", "nudges"
    there = " ".join(getattr(block, "text", "") for block in help_text().blocks)
    assert all(word in there for word in words)
    terminal = " ".join(getattr(block, "text", "") for block in help_text(reachable=False).blocks)
    assert not any(word in terminal for word in words)
