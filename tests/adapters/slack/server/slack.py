"""A Slack of the tests' own: members act, the app answers, and every payload is checked."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from aiohttp import web

from tests.adapters.slack.server import block_kit, shapes
from tests.adapters.slack.server.carriers import (
    COMMAND,
    EVENT,
    INTERACTION,
    Acknowledged,
    Carrier,
    HttpCarrier,
    SocketCarrier,
)
from tests.adapters.slack.server.web_api import WebApi
from tests.adapters.slack.server.workspace import TEAM, Said, Workspace

_TOLD = {"channel", "channel_type", "event_ts"}
"""What an event says of a message and the history does not."""


class Slack:
    """Serves the Web API and Socket Mode on the loopback interface, and acts for members."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.workspace = Workspace(clock)
        self.socket = SocketCarrier(self.workspace.tickets)
        self.carrier: Carrier = self.socket
        self._api = WebApi(self.workspace)
        self._runner: web.AppRunner | None = None
        self.patience = 3.0
        """Seconds within which an event or a command is to be acknowledged."""

    async def start(self) -> None:
        """Listen on a free port."""
        server = web.Application(client_max_size=4 * 1024**2)
        server.add_routes([*self._api.routes(), web.get("/socket", self.socket.accept)])
        self._runner = web.AppRunner(server, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        host = f"127.0.0.1:{self._runner.addresses[0][1]}"
        self._api.address = f"http://{host}"
        self._api.socket_address = f"ws://{host}/socket"

    async def stop(self) -> None:
        """Stop listening."""
        await self.socket.drop()
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def api_url(self) -> str:
        """The address for `slack.api_url`."""
        return f"{self._api.address}/api/"

    def reach_over_http(self, port: int) -> None:
        """Bring everything to the app's own port from now on."""
        self.carrier = HttpCarrier(f"http://127.0.0.1:{port}")

    async def event(self, event: dict[str, Any], shape: str, **body: Any) -> Acknowledged:
        """Deliver an event; give `event_id` to deliver the same one again, "" for an unknown shape."""
        payload = {
            "token": "made-up",
            "team_id": TEAM,
            "api_app_id": "A0APP",
            "type": "event_callback",
            "event_id": self.workspace.unique("Ev"),
            "event_time": 1_795_000_000,
            "authorizations": [
                {"team_id": TEAM, "user_id": "U0BOT", "is_bot": True, "is_enterprise_install": False}
            ],
            "is_ext_shared_channel": False,
            "event": event,
        } | body
        if shape:
            self.workspace.problems += shapes.problems(f"events/{shape}", payload)
        return await self.carrier.bring(EVENT, payload, self.patience)

    def message(self, user: str, channel: str, text: str, **more: Any) -> dict[str, Any]:
        """Return a message event."""
        ts = self.workspace.stamp()
        kind = "im" if channel.startswith("D") else "channel"
        message = {"type": "message", "user": user, "team": TEAM, "text": text, "ts": ts, "event_ts": ts}
        return message | {"channel": channel, "channel_type": kind, "client_msg_id": ts} | more

    def posted(self, user: str, channel: str, text: str, **more: Any) -> dict[str, Any]:
        """Write a post that no event tells of: it stands in the history alone."""
        message = {key: value for key, value in self.message(user, channel, text).items() if key not in _TOLD}
        post = message | {"channel": channel} | more
        self.workspace.posts.append(post)
        if (thread := more.get("thread_ts")) is not None:
            first = next((one for one in self.workspace.posts if one["ts"] == thread), {})
            first |= {"thread_ts": thread, "latest_reply": post["ts"], "reply_count": 1}
        return post

    async def dm(self, user: str, text: str, /, **more: Any) -> list[Said]:
        """Send the app a direct message and return what it answers there."""
        before = len(self.workspace.said)
        event = self.message(user, self.workspace.direct_channel(user), escaped(text)) | more
        acknowledged = await self.event(event, "MessagePayload")
        assert acknowledged.status == 200
        return self.workspace.said[before:]

    async def command(self, user: str, text: str, name: str = "/checkpost", **more: Any) -> list[Said]:
        """Use a slash command in #general and return what the member sees of it."""
        before = len(self.workspace.said)
        key = self.workspace.unique("cmd")
        payload = {
            "token": "made-up",
            "api_app_id": "A0APP",
            "team_id": TEAM,
            "team_domain": "example",
            "channel_id": "C1GENERAL",
            "channel_name": "general",
            "user_id": user,
            "user_name": user.lower(),
            "command": name,
            "text": text,
            "response_url": f"{self._api.address}/respond/{user}/{key}",
            "trigger_id": f"{user}.{key}",
            "is_enterprise_install": "false",
        } | more
        acknowledged = await self.carrier.bring(COMMAND, payload, self.patience)
        assert acknowledged.status == 200
        if isinstance(acknowledged.payload, dict):
            assert acknowledged.payload["response_type"] == "ephemeral"
            self.workspace.problems += block_kit.message_problems(acknowledged.payload)
            await self.workspace.note(
                Said(acknowledged.payload, self.workspace.stamp(), user=user, response_url=key)
            )
        return self.workspace.said[before:]

    async def press(self, user: str, said: Said, label: str) -> list[Said]:
        """Press a button of a message and return what is answered."""
        button = next(b for b in buttons(said) if b["text"]["text"] == label)
        return await self.press_button(user, said, button)

    async def press_button(self, user: str, said: Said, button: dict[str, Any]) -> list[Said]:
        """Press a button as it came, from whatever message."""
        before = len(self.workspace.said)
        key = self.workspace.unique("act")
        private = bool(said.user)
        channel = "C1GENERAL" if private else said.channel
        container = {
            "type": "message",
            "message_ts": said.ts,
            "channel_id": channel,
            "is_ephemeral": private,
        }
        payload = self._pressing(user, key, button, container)
        payload["channel"] = {"id": channel, "name": "general" if private else "directmessage"}
        payload["response_url"] = f"{self._api.address}/respond/{user}/{key}"
        if not private:
            payload["message"] = {
                "type": "message",
                "user": "U0BOT",
                "ts": said.ts,
                "text": said.payload["text"],
                "blocks": said.payload["blocks"],
            }
        self.workspace.problems += shapes.problems(
            "app-backend/BlockActionPayload", payload | {"actions": []}
        )
        assert (await self.carrier.bring(INTERACTION, payload)).status == 200
        return self.workspace.said[before:]

    async def open_home(self, user: str) -> dict[str, Any]:
        """Open the app's Home tab and return what it shows."""
        event = {
            "type": "app_home_opened",
            "user": user,
            "channel": self.workspace.direct_channel(user),
            "tab": "home",
            "event_ts": self.workspace.stamp(),
        }
        assert (await self.event(event, "AppHomeOpenedPayload")).status == 200
        return self.workspace.homes[user]

    async def press_home(self, user: str, label: str) -> list[Said]:
        """Press a button of the Home tab and return what is said elsewhere."""
        before = len(self.workspace.said)
        view = self.workspace.homes[user]
        button = next(b for b in buttons(Said(view, "")) if b["text"]["text"] == label)
        key = self.workspace.unique("act")
        payload = self._pressing(user, key, button, {"type": "view", "view_id": "V1"})
        payload["view"] = {"id": "V1", "team_id": TEAM, **view}
        assert (await self.carrier.bring(INTERACTION, payload)).status == 200
        return self.workspace.said[before:]

    async def press_window(self, user: str, label: str) -> list[Said]:
        """Press a button of the window the member has open and return what is said elsewhere."""
        before = len(self.workspace.said)
        view = self.workspace.views[user]
        button = next(b for b in buttons(Said(view, "")) if b["text"]["text"] == label)
        window = f"V_{user}"
        key = self.workspace.unique("act")
        payload = self._pressing(user, key, button, {"type": "view", "view_id": window})
        payload["view"] = {"id": window, "team_id": TEAM, **view}
        assert (await self.carrier.bring(INTERACTION, payload)).status == 200
        return self.workspace.said[before:]

    async def shortcut(self, user: str, callback: str, message: dict[str, Any] | None = None) -> list[Said]:
        """Use a shortcut, on a message or from anywhere, and return what is answered."""
        before = len(self.workspace.said)
        key = self.workspace.unique("act" if message else "cut")
        payload: dict[str, Any] = {
            "type": "message_action" if message else "shortcut",
            "callback_id": callback,
            "trigger_id": f"{user}.{key}",
            "action_ts": self.workspace.stamp(),
            "team": {"id": TEAM, "domain": "example"},
            "user": {"id": user, "name": user.lower(), "team_id": TEAM},
            "token": "made-up",
        }
        if message is not None:
            payload["message_ts"] = message["ts"]
            payload["response_url"] = f"{self._api.address}/respond/{user}/{key}"
            payload["channel"] = {"id": message["channel"], "name": "general"}
            payload["message"] = {k: v for k, v in message.items() if k not in {"channel", "channel_type"}}
            self.workspace.problems += shapes.problems(
                "app-backend/MessageShortcutPayload", payload | {"message": {}}
            )
        assert (await self.carrier.bring(INTERACTION, payload)).status == 200
        return self.workspace.said[before:]

    def _pressing(
        self, user: str, key: str, button: dict[str, Any], container: dict[str, Any]
    ) -> dict[str, Any]:
        return {
            "type": "block_actions",
            "team": {"id": TEAM, "domain": "example"},
            "user": {"id": user, "username": user.lower(), "team_id": TEAM},
            "api_app_id": "A0APP",
            "token": "made-up",
            "container": container,
            "trigger_id": f"{user}.{key}",
            "actions": [{**button, "block_id": "b", "action_ts": "1.0"}],
        }

    async def submit(self, user: str, text: str | None = None, surface: str = "channel") -> Any:
        """Send the window the member has open; returns the acknowledgement's payload."""
        view = self.workspace.views[user]
        field = next(block["element"] for block in view["blocks"] if block["type"] == "input")
        typed = field.get("initial_value") if text is None else text
        values: dict[str, Any] = {"text": {"text": {"type": "plain_text_input", "value": typed}}}
        if any(block.get("block_id") == "surface" for block in view["blocks"]):
            values["surface"] = {"surface": {"type": "static_select", "selected_option": {"value": surface}}}
        return await self.submit_view(user, values)

    async def send_window(self, user: str, **changed: Any) -> Any:
        """Send the window the member has open as it stands, but for the fields given by name.

        A text is typed, a tuple of values is ticked or picked, a number is picked in a menu.
        """
        inputs = [block for block in self.workspace.views[user]["blocks"] if block["type"] == "input"]
        values = {block["block_id"]: {block["block_id"]: _held(block["element"])} for block in inputs}
        for name, given in changed.items():
            values[name] = {name: _given(given)}
        return await self.submit_view(user, values)

    async def submit_view(self, user: str, values: dict[str, Any]) -> Any:
        """Send the window the member has open with what its fields hold; returns the acknowledgement."""
        view = self.workspace.views[user]
        payload = {
            "type": "view_submission",
            "team": {"id": TEAM, "domain": "example"},
            "user": {"id": user, "username": user.lower(), "name": user.lower(), "team_id": TEAM},
            "api_app_id": "A0APP",
            "token": "made-up",
            "trigger_id": f"{user}.{self.workspace.unique('sub')}",
            "view": {"id": "V1", "team_id": TEAM, **view, "state": {"values": values}, "hash": "1"},
            "is_enterprise_install": False,
        }
        acknowledged = await self.carrier.bring(INTERACTION, payload)
        assert acknowledged.status == 200
        if not acknowledged.payload:
            del self.workspace.views[user]
        return acknowledged.payload


def _held(element: dict[str, Any]) -> dict[str, Any]:
    """Return what a field holds that nobody touched."""
    return {
        key.replace("initial_value", "value").replace("initial_", "selected_"): value
        for key, value in element.items()
        if key.startswith("initial_")
    }


def _given(value: Any) -> dict[str, Any]:
    match value:
        case str() | None:
            return {"value": value}
        case int():
            return {"selected_option": {"value": str(value)}}
        case _:
            return {"selected_options": [{"value": one} for one in value]}


def escaped(text: str) -> str:
    """Return a typed text as Slack sends it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def buttons(said: Said) -> list[dict[str, Any]]:
    """Return a message's buttons."""
    return [
        element
        for block in said.payload["blocks"]
        if block["type"] == "actions"
        for element in block["elements"]
    ]


def read(said: Said) -> str:
    """Return what a member reads in a message, buttons left out."""
    return "\n".join(_read(block) for block in said.payload["blocks"] if block["type"] != "actions")


def _read(node: Any) -> str:
    if isinstance(node, list):
        return "".join(map(_read, node))
    if not isinstance(node, dict):
        return ""
    if node.get("type") == "mrkdwn":
        return node["text"].replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    if isinstance(node.get("text"), str):
        return node["text"]
    if node.get("type") == "channel":
        return f"<#{node['channel_id']}>"
    return _read(node.get("text")) + _read(node.get("elements")) + str(node.get("url", ""))


def dumped(said: list[Said]) -> str:
    """Return everything of some messages as text, to look for what must not be in them."""
    return json.dumps([one.payload for one in said], ensure_ascii=False)
