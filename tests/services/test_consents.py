from datetime import timedelta

import pytest

from bot.balance.consent import VERSION, Consent, ConsentState
from bot.services.record_own_post import OwnPost
from bot.text.draft import Draft
from tests.services.world import ANA, BEN, GUILD, NOON, deleted, talk


async def test_who_was_never_asked_leaves_no_trace(world):
    assert await world.consents.state(BEN) == Consent()
    async with world.database.reading() as work:
        assert await work.members.find(BEN) is None


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("grant", ConsentState.GIVEN),
        ("decline", ConsentState.DECLINED),
        ("withdraw", ConsentState.WITHDRAWN),
    ],
)
async def test_every_answer_is_kept_with_its_version_and_time(world, answer, state):
    given = await getattr(world.consents, answer)(BEN, NOON)
    assert given == Consent(state, VERSION, NOON)
    assert await world.consents.state(BEN) == given


async def test_agreeing_again_does_not_move_the_day_of_the_agreement(world):
    before = await world.consents.state(ANA)
    assert await world.consents.grant(ANA, NOON) == before


async def test_who_changed_their_mind_may_change_it_again(world):
    await world.consents.withdraw(ANA, NOON)
    assert (await world.consents.grant(ANA, NOON)).at == NOON


@pytest.fixture
async def outdated(world):
    """Ana agreed to the words of before."""
    async with world.database.writing() as work:
        stored = await work.members.find(ANA)
        earlier = Consent(ConsentState.GIVEN, VERSION - 1, stored.consent.at)
        await work.members.answer(stored.id, earlier)
    return world


async def test_under_changed_words_nothing_is_recorded_until_they_are_agreed_to(outdated):
    assert (await outdated.consents.state(ANA)).state is ConsentState.OUTDATED
    assert (await outdated.record(talk(2))).ignored == 2
    assert await outdated.own(Draft("the kettle is on"), ANA, GUILD, NOON) is OwnPost.NEEDS_CONSENT
    given = await outdated.consents.grant(ANA, NOON)
    assert given == Consent(ConsentState.GIVEN, VERSION, NOON)
    assert (await outdated.record(talk(2))).recorded == 2


async def test_what_was_recorded_before_stays_and_can_be_deleted(world):
    await world.record(talk(2))
    async with world.database.writing() as work:
        stored = await work.members.find(ANA)
        await work.members.answer(stored.id, Consent(ConsentState.GIVEN, VERSION - 1, NOON))
    assert (await world.record([deleted("talk8110010")])).recorded == 1
    assert (await world.balance(ANA, GUILD, NOON + timedelta(hours=1))).posts == 1


async def test_who_was_asked_again_is_not_asked_a_third_time(outdated):
    await outdated.consents.lapse(ANA)
    assert (await outdated.consents.state(ANA)).state is ConsentState.LAPSED
    assert (await outdated.record(talk(2))).ignored == 2
    export = await outdated.privacy.export(ANA)
    assert export["consent"]["state"] == "lapsed"
    assert export["consent"]["version"] == VERSION - 1
    assert (await outdated.consents.grant(ANA, NOON)).state is ConsentState.GIVEN


async def test_only_an_outdated_word_lapses(world):
    await world.consents.lapse(ANA)
    await world.consents.lapse(BEN)
    assert (await world.consents.state(ANA)).state is ConsentState.GIVEN
    assert await world.consents.state(BEN) == Consent()
