"""What administrators set with /checkpost-admin; everybody else is told kindly."""

import asyncio
from fractions import Fraction
from typing import Any

import pytest

from adapters.slack import translate
from tests.adapters.conversation.scenes import TWO_OWN_LINKS
from tests.adapters.conversation.stage import ANA, CLEO
from tests.adapters.slack.server.slack import read
from tests.adapters.slack.server.workspace import CHANNEL, OWNER, Fault, user_of
from tests.adapters.slack.stage import SlackStage, as_answer

COMMUNITY = "slack:T0TEAM"
USAGE = "/checkpost-admin opens a window"


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
        ("nudges often", "on or off"),
        ("help-contact " + "x" * 201, "at most 200"),
        ("help-contact", USAGE),
    ],
)
async def test_what_cannot_be_set_is_named(stage: SlackStage, words: str, said: str) -> None:
    assert said in await stage.administrate(words)


async def test_without_the_scope_nobody_is_taken_for_an_administrator(stage: SlackStage) -> None:
    stage.slack.workspace.scopes.remove("users:read")
    assert "users:read" in await stage.administrate("record <#C1GENERAL> on")
    assert not (await stage.application.community_settings.read(COMMUNITY)).recorded_channels


def filled(**changed: Any) -> dict[str, Any]:
    """Return what the window's fields hold, some of them changed."""
    fields: dict[str, dict[str, Any]] = {
        "recorded": {"selected_conversations": ["C1GENERAL"]},
        "exempt": {"selected_conversations": ["C2SHOW"]},
        "summary": {"selected_conversation": "C1GENERAL"},
        "weekday": {"selected_option": {"value": "4"}},
        "hour": {"selected_option": {"value": "17"}},
        "time_zone": {"value": "Europe/Lisbon"},
        "minimum_members": {"value": "8"},
        "aim": {"value": "2.5 – 12%"},
        "rules_off": {"selected_options": [{"value": "bait"}]},
        "contact": {"value": "Rita"},
        "nudges": {"selected_options": [{"value": "on"}]},
    } | changed
    return {name: {name: value} for name, value in fields.items()}


async def test_a_window_shows_and_sets_everything(stage: SlackStage) -> None:
    owner = user_of(OWNER)
    assert await stage.slack.command(owner, "", name="/checkpost-admin") == []
    before = len(stage.slack.workspace.said)
    assert await stage.slack.submit_view(owner, filled()) is None
    (shown,) = stage.slack.workspace.said[before:]
    assert shown.user == owner
    assert "Fridays at 17:00 (Europe/Lisbon)" in read(shown)
    chosen = await stage.application.community_settings.read(COMMUNITY)
    assert chosen.recorded_channels == {"C1GENERAL"}
    assert (chosen.exempt_channels, chosen.rules_off) == ({"C2SHOW"}, {"bait"})
    assert chosen.nudges
    assert (chosen.lower, chosen.upper, chosen.minimum_members) == (Fraction(1, 40), Fraction(3, 25), 8)
    await stage.slack.command(owner, "", name="/checkpost-admin")
    again = {block.get("block_id"): block.get("element", {}) for block in _blocks(stage)}
    assert again["recorded"]["initial_conversations"] == ["C1GENERAL"]
    assert again["summary"]["initial_conversation"] == "C1GENERAL"
    assert again["nudges"]["initial_options"]
    assert again["aim"]["initial_value"] == "2.5-12"
    assert [option["value"] for option in again["rules_off"]["initial_options"]] == ["bait"]
    empty = {"recorded": {}, "exempt": {}, "summary": {"selected_conversation": None}, "rules_off": {}}
    await stage.slack.submit_view(owner, filled(**empty, contact={"value": None}))
    chosen = await stage.application.community_settings.read(COMMUNITY)
    assert not chosen.recorded_channels | chosen.exempt_channels | chosen.rules_off
    assert (chosen.summary_channel, chosen.help_contact) == (None, None)


def _blocks(stage: SlackStage) -> list[dict[str, Any]]:
    return stage.slack.workspace.views[user_of(OWNER)]["blocks"]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("time_zone", "Mars/Base", "A time zone is written like"),
        ("aim", "some", "two numbers"),
        ("aim", "5", "two numbers"),
        ("aim", "20-10", "the smaller one first"),
        ("aim", "5-200", "from 0 to 100"),
        ("aim", "1/0-2", "two numbers"),
        ("aim", "1e9999999999-10", "two numbers"),
        ("minimum_members", "4", "5 or more"),
        ("minimum_members", None, "5 or more"),
    ],
)
async def test_a_wrong_field_keeps_the_window_open_and_says_what_is_wrong(
    stage: SlackStage, field: str, value: str | None, said: str
) -> None:
    await stage.slack.command(user_of(OWNER), "", name="/checkpost-admin")
    refusal = await stage.slack.submit_view(user_of(OWNER), filled(**{field: {"value": value}}))
    assert refusal["response_action"] == "errors"
    assert list(refusal["errors"]) == [field]
    assert said in refusal["errors"][field]
    assert (await stage.application.community_settings.read(COMMUNITY)).summary_channel is None


@pytest.mark.parametrize("value", ["2,5-12", "2.5 – 12 %", "2.5% - 12%"])
async def test_the_share_may_be_typed_as_people_write_it(stage: SlackStage, value: str) -> None:
    await stage.slack.command(user_of(OWNER), "", name="/checkpost-admin")
    assert await stage.slack.submit_view(user_of(OWNER), filled(aim={"value": value})) is None
    chosen = await stage.application.community_settings.read(COMMUNITY)
    assert (chosen.lower, chosen.upper) == (Fraction(1, 40), Fraction(3, 25))


async def test_a_window_sent_by_who_no_longer_administers_changes_nothing(stage: SlackStage) -> None:
    await stage.slack.command(user_of(OWNER), "", name="/checkpost-admin")
    stage.slack.workspace.people[user_of(OWNER)]["admin"] = False
    await stage.slack.submit_view(user_of(OWNER), filled())
    assert not (await stage.application.community_settings.read(COMMUNITY)).recorded_channels
    assert "administrators" in read(stage.slack.workspace.seen_by(user_of(OWNER))[-1])


@pytest.mark.parametrize(
    "fault", [Fault(500, text="down"), Fault(200, {"ok": False, "error": "fatal_error"})]
)
async def test_a_window_stays_open_where_slack_does_not_say_who_administers(
    stage: SlackStage, fault: Fault
) -> None:
    await stage.slack.command(user_of(OWNER), "", name="/checkpost-admin")
    stage.slack.workspace.faults["users.info"].append(fault)
    refusal = await stage.slack.submit_view(user_of(OWNER), filled())
    assert "try again" in refusal["errors"]["recorded"]
    assert await stage.slack.submit_view(user_of(OWNER), filled()) is None
    assert (await stage.application.community_settings.read(COMMUNITY)).recorded_channels == {"C1GENERAL"}


async def test_a_window_that_is_out_of_date_overwrites_nothing(stage: SlackStage) -> None:
    await stage.slack.command(user_of(OWNER), "", name="/checkpost-admin")
    await stage.administrate("help-contact Rita")
    refusal = await stage.slack.send_window(user_of(OWNER), contact="Tom")
    assert "open it again" in refusal["errors"]["recorded"]
    assert (await stage.application.community_settings.read(COMMUNITY)).help_contact == "Rita"


async def test_a_window_sent_as_it_is_changes_nothing(stage: SlackStage) -> None:
    await stage.administrate("summary Friday 17 Europe/Lisbon")
    before = await stage.application.community_settings.read(COMMUNITY)
    await stage.slack.command(user_of(OWNER), "", name="/checkpost-admin")
    assert await stage.slack.send_window(user_of(OWNER)) is None
    assert await stage.application.community_settings.read(COMMUNITY) == before


async def test_the_window_shows_the_summary_to_its_administrator_alone(stage: SlackStage) -> None:
    owner = user_of(OWNER)
    await stage.slack.command(owner, "", name="/checkpost-admin")
    button = "Show me last week's summary; nobody else sees it"
    (said,) = await stage.slack.press_window(owner, button)
    assert (said.user, "nothing was posted" in read(said)) == (owner, True)
    stage.slack.workspace.people[owner]["admin"] = False
    (refused,) = await stage.slack.press_window(owner, button)
    assert "administrators" in read(refused)
    assert not [said for said in stage.slack.workspace.said if said.channel == CHANNEL]


async def test_an_introduction_lets_anybody_try_a_draft_in_private(stage: SlackStage) -> None:
    said = await stage.slack.command(user_of(OWNER), "introduce", name="/checkpost-admin")
    assert (said[-1].user, "Done" in read(said[-1])) == (user_of(OWNER), True)
    (introduction,) = [said for said in stage.slack.workspace.said if said.channel == CHANNEL]
    assert await stage.slack.press_button(user_of(ANA), introduction, _button(introduction)) == []
    await stage.slack.submit(user_of(ANA), TWO_OWN_LINKS)
    answer = stage.slack.workspace.said[-1]
    assert "Mute own-links" in as_answer(answer)
    assert answer.user == user_of(ANA)


async def test_an_administrator_s_click_introduces_the_app_where_the_window_was_opened(
    stage: SlackStage,
) -> None:
    owner, button = user_of(OWNER), "Introduce me in this channel"
    await stage.slack.command(owner, "", name="/checkpost-admin")
    said = await stage.slack.press_window(owner, button)
    assert [one.channel for one in said if not one.user] == [CHANNEL]
    assert "Done" in read(said[-1])
    stage.slack.workspace.people[owner]["admin"] = False
    (refused,) = await stage.slack.press_window(owner, button)
    assert "administrators" in read(refused)
    stage.slack.workspace.people[owner]["admin"] = True
    await stage.slack.command(owner, "", name="/checkpost-admin", channel_id="D1OWNER")
    assert button not in str(_blocks(stage))


async def test_a_double_click_introduces_the_app_once(stage: SlackStage) -> None:
    owner, button = user_of(OWNER), "Introduce me in this channel"
    await stage.slack.command(owner, "", name="/checkpost-admin")
    clicks = (stage.slack.press_window(owner, button) for _ in range(2))
    await asyncio.gather(*clicks)
    assert len(stage.announced()) == 1
    assert "just introduced" in str([read(said) for said in stage.slack.workspace.seen_by(owner)])
    stage.clock.pass_by(minutes=2)
    await stage.slack.press_window(owner, button)
    assert len(stage.announced()) == 2


async def test_channels_beyond_what_a_window_shows_stay_chosen(stage: SlackStage) -> None:
    channels = [f"C{number:04d}" for number in range(105)]
    await stage.application.community_settings.change(
        COMMUNITY, translate.member("T0TEAM", user_of(OWNER)), stage.clock(), recorded_channels=channels
    )
    await stage.slack.command(user_of(OWNER), "", name="/checkpost-admin")
    assert await stage.slack.send_window(user_of(OWNER)) is None
    assert (await stage.application.community_settings.read(COMMUNITY)).recorded_channels == set(channels)


def _button(said: Any) -> dict[str, Any]:
    return next(block for block in said.payload["blocks"] if block["type"] == "actions")["elements"][0]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("not_in_channel", "/invite"),
        ("is_archived", "archived"),
        ("restricted_action_read_only_channel", "don't let me post"),
    ],
)
async def test_an_introduction_slack_does_not_take_says_what_is_in_the_way(
    stage: SlackStage, error: str, said: str
) -> None:
    stage.slack.workspace.faults["chat.postMessage"].append(Fault(body={"ok": False, "error": error}))
    assert said in await stage.administrate("introduce")
    assert "Hi, I'm Checkpost" in await stage.administrate("introduce")


async def test_a_summary_is_seen_by_the_administrator_before_anybody_else(stage: SlackStage) -> None:
    assert "nothing was posted" in await stage.administrate("preview")
    assert not [said for said in stage.slack.workspace.said if said.channel == CHANNEL]


@pytest.mark.parametrize("words", ["introduce", "preview", ""])
async def test_nobody_else_introduces_or_previews(stage: SlackStage, words: str) -> None:
    (said,) = await stage.slack.command(user_of(ANA), words, name="/checkpost-admin")
    assert "administrators" in read(said)
    assert user_of(ANA) not in stage.slack.workspace.views
