"""A digest comes to who asked for it, once a week, and their id is kept no longer than they want it."""

from datetime import timedelta

import pytest

from bot.services.digests import Digests
from bot.services.personal_wishes import PersonalWishes
from bot.services.platform import AdapterError
from tests.services.world import ANA, BEN, NOON, talk

# NOON is a Tuesday.
DUE = NOON + timedelta(hours=6)


class Inbox:
    """A platform that delivers direct messages."""

    def __init__(self):
        self.got = []
        self.fails: Exception | None = None
        self.there = True

    def connected(self):
        return self.there

    async def send_digest(self, member, digest):
        if self.fails:
            raise self.fails
        self.got.append((member, digest.balance.posts))


@pytest.fixture
async def wishes(world):
    """Ana wants a digest on Tuesdays at 18:00."""
    await world.record(talk(4))
    made = PersonalWishes(world.database)
    await made.digest(ANA, NOON, 1, 18, "UTC")
    return made


def digests(world) -> Digests:
    return Digests(world.database, world.balance)


@pytest.mark.usefixtures("wishes")
async def test_it_comes_once_a_week_at_its_hour(world):
    inbox = Inbox()
    for hours in range(-2, 30):
        await digests(world).send_due({"discord": inbox}, DUE + timedelta(hours=hours))
    assert inbox.got == [(ANA, 4)]
    await digests(world).send_due({"discord": inbox}, DUE + timedelta(days=7))
    assert len(inbox.got) == 2


@pytest.mark.usefixtures("wishes")
async def test_a_refusal_is_tried_again_later_and_a_doubt_never(world):
    inbox = Inbox()
    inbox.fails = AdapterError("no")
    assert await digests(world).send_due({"discord": inbox}, DUE) == 0
    inbox.fails = None
    assert await digests(world).send_due({"discord": inbox}, DUE + timedelta(seconds=30)) == 0
    assert await digests(world).send_due({"discord": inbox}, DUE + timedelta(minutes=2)) == 1
    inbox.fails = TimeoutError()
    assert await digests(world).send_due({"discord": inbox}, DUE + timedelta(days=7)) == 0
    inbox.fails = None
    assert await digests(world).send_due({"discord": inbox}, DUE + timedelta(days=7, hours=1)) == 0


@pytest.mark.usefixtures("wishes")
async def test_a_platform_that_is_away_costs_nothing(world):
    inbox = Inbox()
    inbox.there = False
    assert await digests(world).send_due({"discord": inbox}, DUE) == 0
    inbox.there = True
    assert await digests(world).send_due({"discord": inbox}, DUE + timedelta(minutes=1)) == 1


async def test_who_ends_it_or_is_forgotten_gets_none_and_is_known_no_longer(world, wishes):
    inbox = Inbox()
    await wishes.no_digest(ANA, NOON)
    assert await wishes.read(ANA) is None
    await wishes.digest(ANA, NOON, 1, 18, "UTC")
    await world.privacy.forget(ANA)
    assert await wishes.read(ANA) is None
    assert await digests(world).send_due({"discord": inbox}, DUE) == 0


async def test_what_is_kept_is_in_the_export(world, wishes):
    await wishes.kudos(ANA, NOON, on=True)
    kept = await world.privacy.export(ANA)
    assert kept["wishes"] == {
        "platform_id": str(ANA),
        "kudos": True,
        "digest": "weekday 1 at 18:00 UTC, quiet 22-8",
        "since": NOON.isoformat(),
        "digest_sent_for": None,
        "digest_refused": 0,
        "digest_again_at": None,
    }
    assert (await world.privacy.export(BEN)).get("wishes") is None


async def test_hours_and_zones_that_do_not_exist_are_refused(wishes):
    with pytest.raises(ValueError, match="0 to 23"):
        await wishes.digest(ANA, NOON, 1, 24, "UTC")
    with pytest.raises(ValueError, match="Europe/Lisbon"):
        await wishes.digest(ANA, NOON, 1, 9, "Mars/Base")
    with pytest.raises(ValueError, match="0 to 23"):
        await wishes.quiet(ANA, NOON, 25, 8)
    assert not await wishes.quiet(BEN, NOON, 22, 8)
