"""What administrators set with /checkpost-admin; everybody else is told kindly."""

from fractions import Fraction

import pytest

from tests.adapters.conversation.stage import ANA, CLEO
from tests.adapters.slack.server.slack import read
from tests.adapters.slack.server.workspace import user_of
from tests.adapters.slack.stage import SlackStage

COMMUNITY = "slack:T0TEAM"
USAGE = "/checkpost-admin show"


async def test_only_administrators_change_anything_and_it_is_asked_every_time(stage: SlackStage) -> None:
    said = await stage.slack.command(user_of(ANA), "record <#C1GENERAL|general> on", name="/checkpost-admin")
    assert "administrators" in read(said[0])
    assert not (await stage.application.community_settings.read(COMMUNITY)).recorded_channels
    stage.slack.workspace.people[user_of(CLEO)]["admin"] = True
    await stage.slack.command(user_of(CLEO), "record <#C1GENERAL|general> on", name="/checkpost-admin")
    assert (await stage.application.community_settings.read(COMMUNITY)).recorded_channels == {"C1GENERAL"}
    stage.slack.workspace.people[user_of(CLEO)]["admin"] = False
    said = await stage.slack.command(
        user_of(CLEO), "record <#C1GENERAL|general> off", name="/checkpost-admin"
    )
    assert "administrators" in read(said[0])
    assert (await stage.application.community_settings.read(COMMUNITY)).recorded_channels == {"C1GENERAL"}


async def test_every_setting_is_made_and_shown(stage: SlackStage) -> None:
    for words in (
        "record <#C1GENERAL|general> on",
        "record <#C2SHOW> on",
        "record <#C2SHOW> off",
        "exempt <#C2SHOW|showcase> on",
        "summary <#C1GENERAL|general>",
        "summary Friday 17 Europe/Lisbon",
        "help-contact Rita &amp; Tom, +351 555 0100",
    ):
        await stage.administrate(words)
    chosen = await stage.application.community_settings.read(COMMUNITY)
    assert chosen.recorded_channels == {"C1GENERAL"}
    assert chosen.exempt_channels == {"C2SHOW"}
    assert (chosen.summary_channel, chosen.weekday, chosen.hour) == ("C1GENERAL", 4, 17)
    assert chosen.time_zone == "Europe/Lisbon"
    assert chosen.help_contact == "Rita & Tom, +351 555 0100"
    assert chosen.upper == Fraction(1, 10)
    shown = await stage.administrate("show")
    for words in ("<#C1GENERAL>", "<#C2SHOW>", "Fridays at 17:00 (Europe/Lisbon)", "Rita & Tom"):
        assert words in shown


async def test_settings_can_be_taken_back(stage: SlackStage) -> None:
    for words in ("summary <#C1GENERAL>", "summary off", "help-contact Rita", "help-contact none"):
        await stage.administrate(words)
    chosen = await stage.application.community_settings.read(COMMUNITY)
    assert (chosen.summary_channel, chosen.help_contact) == (None, None)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("sing", USAGE),
        ("record general on", "general is no channel"),
        ("record <#C1GENERAL|general> maybe", "on or off"),
        ("summary monday nine", "number from 0 to 23"),
        ("summary monday 25", "hour"),
        ("summary monday 9 Mars/Base", "time_zone"),
        ("summary someday 9", USAGE),
        ("help-contact", USAGE),
    ],
)
async def test_what_cannot_be_set_is_named(stage: SlackStage, words: str, said: str) -> None:
    assert said in await stage.administrate(words)


async def test_without_the_scope_nobody_is_taken_for_an_administrator(stage: SlackStage) -> None:
    stage.slack.workspace.scopes.remove("users:read")
    assert "users:read" in await stage.administrate("record <#C1GENERAL> on")
    assert not (await stage.application.community_settings.read(COMMUNITY)).recorded_channels
