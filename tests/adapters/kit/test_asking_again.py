"""Whoever agreed to earlier words is asked about the present ones once, in an answer they asked for."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.kit.card import Action, Card, ConsentOffer
from adapters.kit.conversation import Conversation
from adapters.kit.visit import Visit
from bot.balance.consent import VERSION, Consent, ConsentState
from bot.balance.identity import Member
from bot.bootstrap import Application, database_url, open_application, secret
from bot.settings import DatabaseSettings, PrivacySettings, Settings
from bot.storage.database import Database

NOW = datetime(2026, 11, 17, 12, tzinfo=UTC)
ANA = Member("terminal", "local")
VISIT = Visit(ANA)
CLEAN = "Which lab did you send your soil to, Bea?"
DISTRESS = "I can't do this any more. I want to kill myself tonight."


@pytest.fixture
async def application(tmp_path: Path) -> AsyncIterator[Application]:
    settings = Settings(
        database=DatabaseSettings(url=f"sqlite+aiosqlite:///{tmp_path / 'record.sqlite3'}"),
        privacy=PrivacySettings(secret="a secret for tests, long enough"),
    )
    async with open_application(settings, lambda: NOW) as opened:
        database = await Database.open(database_url(settings), secret(settings))
        async with database.writing() as work:
            stored = await work.members.add(ANA)
            await work.members.answer(stored.id, Consent(ConsentState.GIVEN, VERSION - 1, NOW))
        await database.close()
        yield opened


def offers(card: Card) -> list[str]:
    return [block.words(()) for block in card.blocks if isinstance(block, ConsentOffer)]


@pytest.mark.parametrize("asked", [CLEAN, "balance"])
async def test_the_next_answer_asks_again_and_the_one_after_does_not(application: Application, asked: str):
    conversation = Conversation(application, 4_000)
    assert not offers(await conversation.record.balance(VISIT, asked=False))
    card = await conversation.direct(VISIT, asked)
    (words,) = offers(card)
    assert words.startswith("What I keep has changed since you agreed, so I've stopped counting. May I count")
    assert {Action.CONSENT_YES, Action.CONSENT_NO} <= {button.action for button in card.buttons}
    for again in (CLEAN, "balance", CLEAN):
        assert not offers(await conversation.direct(VISIT, again))
    assert "I don't count your posts." in str(await conversation.direct(VISIT, "settings"))


async def test_a_yes_goes_on_and_a_no_ends_it(application: Application):
    conversation = Conversation(application, 4_000)
    await conversation.direct(VISIT, CLEAN)
    await conversation.press(VISIT, Action.CONSENT_YES, "", None)
    assert (await application.consents.state(ANA)).state is ConsentState.GIVEN
    await conversation.press(VISIT, Action.CONSENT_NO, "", None)
    assert not offers(await conversation.direct(VISIT, CLEAN))


async def test_somebody_in_danger_is_asked_nothing(application: Application):
    conversation = Conversation(application, 4_000)
    assert not offers(await conversation.direct(VISIT, DISTRESS))
    assert offers(await conversation.direct(VISIT, CLEAN))
