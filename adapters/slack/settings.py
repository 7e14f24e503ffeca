"""What the Slack adapter needs from the configuration, and what it says where that is missing."""

from urllib.parse import urlsplit

from adapters.kit.protocol import AdapterError
from bot.settings import SlackSettings

LONGEST = 40_000
"""The longest draft in characters: as long as a Slack message may be."""

MODAL_LONGEST = 3_000
"""The longest text of a modal's input (Block Kit, plain-text input)."""

APPS = "https://api.slack.com/apps"
"""Where an operator finds the tokens."""


def check(settings: SlackSettings) -> None:
    """Refuse a configuration that cannot work.

    Raises:
        AdapterError: one line that names the key and the remedy.
    """
    if many_workspaces(settings):
        _check_many(settings)
    elif not settings.bot_token:
        raise AdapterError(
            f"slack.bot_token is missing; copy it from {APPS} (OAuth & Permissions, starts with xoxb-)"
        )
    if settings.mode == "socket":
        if not settings.app_token:
            raise AdapterError(
                f"slack.app_token is missing, Socket Mode needs it; make one under {APPS} "
                "(Basic Information, App-Level Tokens, scope connections:write, starts with xapp-)"
            )
        if settings.app_token.startswith("xoxb-") or settings.bot_token.startswith("xapp-"):
            raise AdapterError(
                "slack.app_token and slack.bot_token are swapped; xapp- is the app's, xoxb- the bot's"
            )
    elif not settings.signing_secret:
        raise AdapterError(
            "slack.signing_secret is missing, HTTP mode needs it to tell Slack's requests from others'; "
            f"copy it from {APPS} (Basic Information)"
        )
    if urlsplit(settings.api_url).scheme not in {"http", "https"}:
        raise AdapterError("slack.api_url must be an address such as https://slack.com/api/")


def many_workspaces(settings: SlackSettings) -> bool:
    """Tell whether workspaces install the app themselves (OAuth) instead of one whose token is configured."""
    return bool(settings.client_id or settings.client_secret)


def _check_many(settings: SlackSettings) -> None:
    if settings.mode != "http":
        raise AdapterError('slack.client_id is for many workspaces, which need slack.mode = "http"')
    for key in ("client_id", "client_secret"):
        if not getattr(settings, key):
            raise AdapterError(
                f"slack.{key} is missing, installing needs it; copy it from {APPS} (Basic Information)"
            )
    if settings.bot_token:
        raise AdapterError(
            "slack.bot_token is for one workspace and slack.client_id for many; leave one of them out"
        )


def api_url(settings: SlackSettings) -> str:
    """Return the Web API's address with the closing slash that the library expects."""
    return settings.api_url if settings.api_url.endswith("/") else f"{settings.api_url}/"
