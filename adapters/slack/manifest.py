"""The app's manifest: what an operator pastes into Slack to make the app (`checkpost slack manifest`).

Source: https://docs.slack.dev/reference/app-manifest
"""

import json
from collections.abc import Iterator
from enum import Enum
from typing import Any, Literal, cast

from adapters.slack import departures, shortcuts
from adapters.slack.listeners import ADMIN_COMMAND, COMMAND

LEAST_SCOPES = ("chat:write", "commands", "im:history")
"""What coaching needs: to answer, to have commands, to read what is sent to the app itself."""

RECORDING_SCOPES = ("channels:history", "groups:history")
"""Optional: to see posts in the channels a workspace chose, and to find a summary posted before a crash."""

CHANNEL_SCOPES = ("channels:read", "groups:read")
"""Optional, with the ones before: to hear that a channel was deleted or the app taken out of one."""

ADMINISTRATION_SCOPES = ("users:read",)
"""Optional: to tell who administers the workspace, to write names, and to hear that an account was closed."""

EXPORT_SCOPES = ("files:write",)
"""Optional: to hand over an export as a file instead of pasted text."""

ASSISTANT_SCOPES = ("assistant:write",)
"""Optional: to greet in the threads of Slack's assistant view, in workspaces that have it."""

Json = dict[str, Any]


class Scopes(Enum):
    """How much the app asks for."""

    LEAST = LEAST_SCOPES
    COACHING = (*LEAST_SCOPES, *ADMINISTRATION_SCOPES, *EXPORT_SCOPES)
    ALL = (*LEAST_SCOPES, *ADMINISTRATION_SCOPES, *EXPORT_SCOPES, *RECORDING_SCOPES, *CHANNEL_SCOPES)


_COACHING_EVENTS = ("app_home_opened", "app_uninstalled", "message.im", "tokens_revoked")
_ADMINISTRATION_EVENTS = ("user_change",)
_RECORDING_EVENTS = (
    "message.channels",
    "message.groups",
    *departures.LEFT,
    *departures.DELETED,
)
_ASSISTANT_EVENTS = ("assistant_thread_context_changed", "assistant_thread_started")


def manifest(
    mode: Literal["socket", "http"] = "socket",
    url: str = "https://checkpost.example",
    *,
    scopes: Scopes = Scopes.ALL,
    install: bool = False,
    assistant: bool = False,
) -> Json:
    """Return the manifest that fits this program.

    Args:
        mode: how Slack reaches the program.
        url: where it does so in HTTP mode, without a path.
        scopes: how much the app asks for.
        install: whether workspaces install the app themselves, from the program's own page.
        assistant: whether the app also lives in Slack's assistant view, where a workspace has it.
    """
    events = [
        *_COACHING_EVENTS,
        *(() if scopes is Scopes.LEAST else _ADMINISTRATION_EVENTS),
        *(_RECORDING_EVENTS if scopes is Scopes.ALL else ()),
    ]
    asked = [*scopes.value]
    view = {}
    if assistant:
        events += _ASSISTANT_EVENTS
        asked += ASSISTANT_SCOPES
        view = {"assistant_view": {"assistant_description": "Paste a draft; I read it before you post it."}}
    redirect = {"redirect_urls": [f"{url.rstrip('/')}/slack/oauth_redirect"]} if install else {}
    address = {} if mode == "socket" else {"url": f"{url.rstrip('/')}/slack/events"}
    request = {} if mode == "socket" else {"request_url": address["url"]}
    return {
        "display_information": {
            "name": "Checkpost",
            "description": "Reads your post before you send it, and keeps nothing you write.",
            "background_color": "#2f4a6d",
        },
        "features": {
            **view,
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Checkpost", "always_online": True},
            "shortcuts": [
                {
                    "name": "Check this post",
                    "type": "message",
                    "callback_id": shortcuts.CHECK_POST,
                    "description": "What to change in a post of your own",
                },
                {
                    "name": "Check my reply",
                    "type": "message",
                    "callback_id": shortcuts.CHECK_REPLY,
                    "description": "Check your answer to this post before you send it",
                },
                {
                    "name": "Check a draft",
                    "type": "global",
                    "callback_id": shortcuts.CHECK_DRAFT,
                    "description": "Check a post before you send it; only you see the answer",
                },
            ],
            "slash_commands": [
                {
                    "command": COMMAND,
                    "description": "Check a draft before you post it; only you see the answer",
                    "usage_hint": "[draft | balance | settings | help]",
                    "should_escape": True,
                    **address,
                },
                {
                    "command": ADMIN_COMMAND,
                    "description": "Settings for this workspace's administrators",
                    "usage_hint": "[show | record | exempt | summary | help-contact]",
                    "should_escape": True,
                    **address,
                },
            ],
        },
        "oauth_config": {**redirect, "scopes": {"bot": sorted(asked)}},
        "settings": {
            "event_subscriptions": {"bot_events": sorted(events), **request},
            "interactivity": {"is_enabled": True, **request},
            "org_deploy_enabled": False,
            "socket_mode_enabled": mode == "socket",
            "token_rotation_enabled": install,
        },
    }


def as_yaml(content: Json) -> str:
    """Return a manifest as YAML; every text in quotation marks, as JSON writes it, which YAML reads alike."""
    return "\n".join(_lines(content, ""))


def _lines(value: Any, indent: str) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in cast("Json", value).items():
            yield from _entry(f"{indent}{key}:", inner, f"{indent}  ")
    else:
        for inner in cast("list[object]", value):
            first, *others = _lines(inner, f"{indent}  ") if isinstance(inner, dict) else (_scalar(inner),)
            yield f"{indent}- {first.lstrip()}"
            yield from others


def _entry(head: str, value: Any, indent: str) -> Iterator[str]:
    if isinstance(value, dict | list) and value:
        yield head
        yield from _lines(value, indent)
    else:
        yield f"{head} {_scalar(value)}"


def _scalar(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
