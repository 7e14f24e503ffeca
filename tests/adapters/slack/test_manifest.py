from adapters.slack.manifest import LEAST_SCOPES, manifest
from tests.adapters.slack.server.web_api import SCOPES
from tests.adapters.slack.server.workspace import ALL_SCOPES


def test_coaching_alone_needs_three_scopes() -> None:
    assert set(LEAST_SCOPES) == {"chat:write", "commands", "im:history"}


def test_the_manifest_asks_for_what_the_code_uses_and_no_more() -> None:
    asked = set(manifest()["oauth_config"]["scopes"]["bot"])
    assert asked == ALL_SCOPES | {"groups:history"}
    assert set(SCOPES.values()) <= asked


def test_without_recording_no_channel_is_read() -> None:
    small = manifest(recording=False)
    assert not any(
        scope.startswith(("channels:", "groups:")) for scope in small["oauth_config"]["scopes"]["bot"]
    )
    assert small["settings"]["event_subscriptions"]["bot_events"] == [
        "app_home_opened",
        "app_uninstalled",
        "message.im",
        "tokens_revoked",
    ]


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
    for command in made["features"]["slash_commands"]:
        assert len(command["description"]) <= 2_000
        assert len(command["command"]) <= 32
