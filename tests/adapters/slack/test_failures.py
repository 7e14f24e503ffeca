"""What an operator is told: one line, the key and the remedy, never a token."""

import asyncio
import logging
import socket
from typing import Any

import pytest

from adapters.kit.protocol import AdapterError
from adapters.slack import build
from adapters.slack.client import SlackCoach
from adapters.slack.failures import library_logger, log_fault
from tests.adapters.slack.conftest import Opened
from tests.adapters.slack.server.slack import Slack
from tests.adapters.slack.server.workspace import Fault


async def refusal(opened: Opened, **changes: Any) -> str:
    async with opened(**changes) as application:
        coach = SlackCoach(application)
        with pytest.raises(AdapterError) as caught:
            await asyncio.wait_for(coach.run(), 10)
        assert not coach.connected()
    said = str(caught.value)
    assert "\n" not in said
    assert "made-up" not in said
    return said


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"bot_token": ""}, "slack.bot_token is missing"),
        ({"app_token": ""}, "slack.app_token is missing"),
        ({"app_token": "xoxb-made-up", "bot_token": "xapp-made-up"}, "swapped"),
        ({"mode": "http", "signing_secret": ""}, "slack.signing_secret is missing"),
        ({"client_id": "1.2", "client_secret": "x", "bot_token": ""}, 'slack.mode = "http"'),
        ({"mode": "http", "client_id": "1.2"}, "slack.client_secret is missing"),
        ({"mode": "http", "client_secret": "x"}, "slack.client_id is missing"),
        ({"mode": "http", "client_id": "1.2", "client_secret": "x"}, "leave one of them out"),
        ({"api_url": "slack.com/api"}, "slack.api_url"),
        ({"bot_token": "xoxb-made-up-wrong"}, "slack.bot_token is refused by Slack (invalid_auth)"),
        ({"app_token": "xapp-made-up-wrong"}, "slack.app_token is refused by Slack (invalid_auth)"),
        ({"api_url": "http://127.0.0.1:9/api/"}, "cannot be reached"),
        ({"mode": "http", "host": "192.0.2.1"}, "slack.host 192.0.2.1"),
    ],
)
async def test_a_setting_that_cannot_work_is_named(
    opened: Opened, changes: dict[str, Any], named: str
) -> None:
    assert named in await refusal(opened, **changes)


async def test_a_port_that_is_taken_is_named(opened: Opened) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"slack.port {port}" in await refusal(opened, mode="http", port=port)


@pytest.mark.parametrize(
    ("fault", "named"),
    [
        (Fault(503, text="<html>down</html>"), "Slack at"),
        (Fault(200, {"ok": False, "error": "missing_scope"}), "lacks a scope"),
        (Fault(200, {"ok": False, "error": "internal_error"}), "internal_error"),
    ],
)
async def test_a_platform_in_trouble_is_told_in_one_line(
    opened: Opened, slack: Slack, fault: Fault, named: str
) -> None:
    slack.workspace.faults["auth.test"].append(fault)
    assert named in await refusal(opened)


async def test_a_probe_says_who_the_app_is_and_serves_nobody(opened: Opened, slack: Slack) -> None:
    async with opened() as application:
        assert await SlackCoach(application).probe() == "checkpost in Example"
    assert slack.socket.connections == 0


@pytest.mark.parametrize("key", ["bot_token", "app_token"])
async def test_a_probe_names_the_token_that_is_refused(opened: Opened, key: str) -> None:
    async with opened(**{key: "xoxb-wrong" if key == "bot_token" else "xapp-wrong"}) as application:
        with pytest.raises(AdapterError, match=rf"slack\.{key} is refused"):
            await SlackCoach(application).probe()


async def test_building_checks_the_settings_already(opened: Opened) -> None:
    async with opened(bot_token="") as application:
        with pytest.raises(AdapterError, match=r"slack\.bot_token"):
            build(application)


def test_a_fault_is_logged_by_type_and_place_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    try:
        int("somebody's draft")
    except ValueError as error:
        log_fault("answering", error)
    assert "ValueError" in caplog.text
    assert "somebody's draft" not in caplog.text


def test_the_libraries_log_neither_bodies_nor_tracebacks(caplog: pytest.LogCaptureFixture) -> None:
    logger = library_logger()
    logger.info("Invalid request signature detected (body: a draft)")
    try:
        int("somebody's draft")
    except ValueError:
        logger.exception("Failed to process: somebody's draft")
    assert "draft" not in caplog.text
    assert "ValueError" in caplog.text
    assert not logger.isEnabledFor(logging.INFO)
