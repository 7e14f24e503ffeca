import json
import re

import pytest
import yaml
from click.testing import CliRunner

from adapters.slack import shortcuts
from adapters.slack.commands import command
from adapters.slack.manifest import LEAST_SCOPES, Scopes, as_yaml, manifest
from bot.bootstrap import Application
from tests.adapters.slack.conftest import Opened
from tests.adapters.slack.server.web_api import SCOPES
from tests.adapters.slack.server.workspace import ALL_SCOPES


def test_coaching_alone_needs_three_scopes() -> None:
    assert set(LEAST_SCOPES) == {"chat:write", "commands", "im:history"}


def test_the_manifest_asks_for_what_the_code_uses_and_no_more() -> None:
    asked = set(manifest()["oauth_config"]["scopes"]["bot"])
    assert asked == ALL_SCOPES | {"groups:history", "channels:read", "groups:read"}
    assert set(SCOPES.values()) <= asked | {"assistant:write"}


def test_the_assistant_view_comes_with_its_scope_and_events_and_only_when_asked_for() -> None:
    assert "assistant" not in json.dumps(manifest())
    made = manifest(assistant=True)
    assert "assistant:write" in made["oauth_config"]["scopes"]["bot"]
    assert "assistant_thread_started" in made["settings"]["event_subscriptions"]["bot_events"]
    assert made["features"]["assistant_view"]["assistant_description"]


def test_without_recording_no_channel_is_read() -> None:
    small = manifest(scopes=Scopes.COACHING)
    assert not any(
        scope.startswith(("channels:", "groups:")) for scope in small["oauth_config"]["scopes"]["bot"]
    )
    assert small["settings"]["event_subscriptions"]["bot_events"] == [
        "app_home_opened",
        "app_uninstalled",
        "message.im",
        "tokens_revoked",
        "user_change",
    ]


@pytest.mark.parametrize("scopes", Scopes)
def test_wherever_members_may_be_asked_about_closed_accounts_are_heard_of(scopes: Scopes) -> None:
    made = manifest(scopes=scopes)
    asked = "users:read" in made["oauth_config"]["scopes"]["bot"]
    assert ("user_change" in made["settings"]["event_subscriptions"]["bot_events"]) is asked


def test_http_mode_names_one_address_for_everything() -> None:
    made = manifest("http", "https://coach.example/")
    address = "https://coach.example/slack/events"
    assert {command["url"] for command in made["features"]["slash_commands"]} == {address}
    assert made["settings"]["interactivity"]["request_url"] == address
    assert made["settings"]["event_subscriptions"]["request_url"] == address
    assert made["settings"]["socket_mode_enabled"] is False


def test_socket_mode_needs_no_address() -> None:
    made = manifest()
    assert made["settings"]["socket_mode_enabled"] is True
    assert "url" not in made["features"]["slash_commands"][0]


def test_slack_s_limits_on_a_manifest_hold() -> None:
    made = manifest()
    assert len(made["display_information"]["name"]) <= 35
    assert len(made["display_information"]["description"]) <= 140
    for one in made["features"]["slash_commands"]:
        assert len(one["description"]) <= 2_000
        assert len(one["command"]) <= 32
    for one in made["features"]["shortcuts"]:
        assert len(one["name"]) <= 24
        assert len(one["description"]) <= 150


async def test_the_manifest_and_the_listeners_are_about_the_same_things(opened: Opened) -> None:
    async with opened() as application:
        told = _listened_to(application)
    made = manifest(assistant=True)
    events = {event.partition(".")[0] for event in made["settings"]["event_subscriptions"]["bot_events"]}
    offered = {one["callback_id"] for one in made["features"]["shortcuts"]}
    assert told["event"] == events
    assert told["command"] == {one["command"] for one in made["features"]["slash_commands"]}
    assert (
        told["shortcut"]
        == offered
        == {
            shortcuts.CHECK_POST,
            shortcuts.CHECK_REPLY,
            shortcuts.CHECK_DRAFT,
        }
    )


def _listened_to(application: Application) -> dict[str, set[str]]:
    """Return what the adapter tells Bolt it wants, by kind."""
    from adapters.slack.client import SlackCoach

    told: dict[str, set[str]] = {"event": set(), "command": set(), "shortcut": set()}

    class Recorder:
        def __getattr__(self, kind: str):
            def listen(what: object):
                if isinstance(what, str):
                    told.setdefault(kind, set()).add(what)
                return lambda listener: listener

            return listen

    SlackCoach(application)._listeners().register(Recorder())  # type: ignore[arg-type]
    return told


@pytest.mark.parametrize("scopes", Scopes)
def test_events_and_scopes_fit_each_other(scopes: Scopes) -> None:
    made = manifest(scopes=scopes)
    needed = {
        "message.channels": "channels:history",
        "message.groups": "groups:history",
        "channel_left": "channels:read",
        "channel_deleted": "channels:read",
        "group_left": "groups:read",
        "group_deleted": "groups:read",
        "user_change": "users:read",
    }
    events = made["settings"]["event_subscriptions"]["bot_events"]
    asked = made["oauth_config"]["scopes"]["bot"]
    told = {needed[event] for event in events if event in needed}
    assert told <= set(asked)
    assert {scope for scope in asked if scope.startswith(("channels:", "groups:"))} <= told
    assert set(LEAST_SCOPES) <= set(asked)


@pytest.mark.parametrize(
    "arguments", [[], ["--http", "--url", "https://a.example", "--install"], ["--least"]]
)
def test_the_command_prints_the_same_as_json_and_as_yaml(arguments: list[str]) -> None:
    as_json = CliRunner().invoke(command, ["manifest", *arguments])
    in_yaml = CliRunner().invoke(command, ["manifest", "--yaml", *arguments])
    assert json.loads(as_json.output) == yaml.safe_load(in_yaml.output)
    assert not re.search(r"[{\[]", in_yaml.output.replace("[draft", "").replace("[show", ""))


def test_installing_needs_the_way_back_and_tokens_that_end() -> None:
    made = manifest("http", "https://coach.example", install=True)
    assert made["oauth_config"]["redirect_urls"] == ["https://coach.example/slack/oauth_redirect"]
    assert made["settings"]["token_rotation_enabled"] is True


@pytest.mark.parametrize(
    "arguments", [["--url", "https://a.example"], ["--install"], ["--http", "--url", "http://a.example"]]
)
def test_wrong_usage_is_told_in_a_line(arguments: list[str]) -> None:
    result = CliRunner().invoke(command, ["manifest", *arguments])
    assert result.exit_code == 2
    assert "--url" in result.output


def test_yaml_of_empty_things_is_read_back() -> None:
    content = {"a": {}, "b": [], "c": [{"d": 1, "e": [True]}], "f": "x: y # z"}
    assert yaml.safe_load(as_yaml(content)) == content
