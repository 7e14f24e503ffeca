import pytest

from bot.balance.consent import VERSION, Consent, ConsentState
from tests.services.world import ANA, BEN, NOON


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
