from fractions import Fraction

import pytest

from bot.services.community_settings import CommunityPreferences
from tests.services.world import ADMIN, GENERAL, GUILD, NOON

NEW = "slack:T1"


async def test_a_community_that_chose_nothing_has_the_defaults(world):
    assert await world.communities.read(NEW) == CommunityPreferences()


async def test_what_administrators_chose_is_kept(world):
    changes = {
        "recorded_channels": [GENERAL],
        "summary_channel": GENERAL,
        "weekday": 4,
        "hour": 0,
        "time_zone": "Asia/Kathmandu",
        "lower": 0.05,
        "upper": "0.15",
        "minimum_members": 8,
        "rules_off": ["real-name"],
        "help_contact": "Caro, or 116 123",
    }
    chosen = await world.communities.change(NEW, ADMIN, NOON, **changes)
    assert chosen == await world.communities.read(NEW)
    assert (chosen.lower, chosen.upper) == (Fraction(1, 20), Fraction(3, 20))
    assert (chosen.weekday, chosen.hour, chosen.time_zone) == (4, 0, "Asia/Kathmandu")
    assert chosen.recorded_channels == {GENERAL}
    cleared = await world.communities.change(NEW, ADMIN, NOON, summary_channel=None, help_contact="")
    assert (cleared.summary_channel, cleared.help_contact) == (None, None)


async def test_every_change_leaves_a_line_without_a_name(world):
    await world.communities.change(NEW, ADMIN, NOON, hour=7, weekday=0)
    await world.communities.change(NEW, ADMIN, NOON, hour=7)
    async with world.database.reading() as work:
        lines = await work.communities.audited((await work.communities.find(NEW)).id)
    assert [(key, value) for _, _, key, value in lines] == [("hour", "7")]
    assert lines[0][1] == world.database.keyring.actor(ADMIN)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("colour", "red"),
        ("weekday", 7),
        ("hour", "noon"),
        ("hour", True),
        ("time_zone", "Mars/Olympus"),
        ("time_zone", "../etc/passwd"),
        ("lower", 2),
        ("upper", "much"),
        ("upper", float("nan")),
        ("upper", "1/0"),
        ("minimum_members", 4),
        ("recorded_channels", "general"),
        ("rules_off", 3),
    ],
)
async def test_a_wrong_value_is_named_and_nothing_changes(sqlite_world, key, value):
    with pytest.raises(ValueError, match=key):
        await sqlite_world.communities.change(NEW, ADMIN, NOON, **{key: value})
    assert await sqlite_world.communities.read(NEW) == CommunityPreferences()


async def test_the_bounds_may_not_cross(sqlite_world):
    with pytest.raises(ValueError, match="lower"):
        await sqlite_world.communities.change(GUILD, ADMIN, NOON, lower="0.2")
