"""Slack's Web API as far as the adapter uses it, over real HTTP."""

import base64
import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from tests.adapters.slack.server import block_kit, shapes
from tests.adapters.slack.server.workspace import (
    APP_TOKEN,
    BOT_USER,
    CLIENT_ID,
    CLIENT_SECRET,
    TEAM,
    Said,
    Workspace,
)

Arguments = dict[str, Any]

SCOPES = {
    "chat.postMessage": "chat:write",
    "users.info": "users:read",
    "conversations.history": "channels:history",
    "conversations.replies": "channels:history",
    "files.getUploadURLExternal": "files:write",
    "assistant.threads.setSuggestedPrompts": "assistant:write",
}


_SHAPES = {
    "conversations.replies": "conversations.history",
    "assistant.threads.setSuggestedPrompts": "",
}
"""Where the shape of an answer is recorded, if not under the method's own name; empty: nowhere."""

_WITHOUT_TOKEN = {"oauth.v2.access", "api.test"}


class WebApi:
    """Answers the calls of the app; a wrong call is answered as Slack would, and noted as a problem."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.address = ""
        self.socket_address = ""
        self._methods: dict[str, Callable[[Arguments], Awaitable[dict[str, Any]]]] = {
            "api.test": self._api_test,
            "auth.test": self._auth_test,
            "oauth.v2.access": self._oauth_access,
            "apps.connections.open": self._connections_open,
            "chat.postMessage": self._post_message,
            "assistant.threads.setSuggestedPrompts": self._suggested,
            "chat.update": self._update_message,
            "views.open": self._views_open,
            "views.update": self._views_update,
            "views.publish": self._views_publish,
            "users.info": self._users_info,
            "conversations.history": self._history,
            "conversations.replies": self._replies,
            "files.getUploadURLExternal": self._upload_url,
            "files.completeUploadExternal": self._upload_done,
        }

    def routes(self) -> list[web.RouteDef]:
        """Return the routes of the API, of file uploads and of `response_url`s."""
        return [
            web.post("/api/{method}", self._call),
            web.get("/api/{method}", self._call),
            web.post("/upload/{file}", self._upload),
            web.post("/respond/{user}/{key}", self._respond),
        ]

    async def _call(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        arguments = await _arguments(request)
        self._workspace.calls.append((method, arguments))
        if self._workspace.faults[method]:
            fault = self._workspace.faults[method].pop(0)
            if fault.text is not None:
                return web.Response(status=fault.status, text=fault.text, headers=fault.headers)
            return web.json_response(fault.body, status=fault.status, headers=fault.headers)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ") or arguments.get("token")
        if method in _WITHOUT_TOKEN:
            if (basic := request.headers.get("Authorization", "")).startswith("Basic "):
                credentials = base64.b64decode(basic.removeprefix("Basic ")).decode()
                arguments["client_id"], _, arguments["client_secret"] = credentials.partition(":")
            return web.json_response(await self._methods[method](arguments))
        self._workspace.tokens_used.append((method, str(token)))
        allowed = {APP_TOKEN} if method == "apps.connections.open" else self._workspace.tokens
        if token not in allowed:
            return web.json_response({"ok": False, "error": "invalid_auth"})
        if method not in self._methods:
            self._workspace.problems.append(f"unknown method {method}")
            return web.json_response({"ok": False, "error": "unknown_method"})
        if (scope := SCOPES.get(method)) and scope not in self._workspace.scopes:
            return web.json_response({"ok": False, "error": "missing_scope", "needed": scope, "provided": ""})
        if method == "auth.test":
            arguments["token"] = token
        answer = await self._methods[method](arguments)
        if shape := _SHAPES.get(method, method):
            self._workspace.problems += shapes.problems(f"api/{shape}", answer)
        return web.json_response(answer)

    async def _api_test(self, _: Arguments) -> dict[str, Any]:
        return {"ok": True}

    async def _oauth_access(self, arguments: Arguments) -> dict[str, Any]:
        if (arguments["client_id"], arguments["client_secret"]) != (CLIENT_ID, CLIENT_SECRET):
            return {"ok": False, "error": "invalid_client_id"}
        offered = arguments.get("code") or arguments.get("refresh_token")
        team = self._workspace.grants.pop(str(offered), None)  # either serves once
        if team is None:
            return {"ok": False, "error": "invalid_code" if "code" in arguments else "invalid_refresh_token"}
        answer: dict[str, Any] = {
            "ok": True,
            "app_id": "A0APP",
            "authed_user": {"id": "UANA"},
            "scope": "chat:write,commands,im:history",
            "token_type": "bot",
            "access_token": self._workspace.new_token(team),
            "bot_user_id": BOT_USER,
            "team": {"id": team, "name": "Example"},
            "is_enterprise_install": False,
        }
        if self._workspace.rotating:
            refresh = self._workspace.unique("xoxe-1-")
            self._workspace.grants[refresh] = team
            answer |= {"refresh_token": refresh, "expires_in": 43_200}
        self._workspace.problems += shapes.problems("api/oauth.v2.access", answer)
        return answer

    async def _auth_test(self, arguments: Arguments) -> dict[str, Any]:
        return {
            "ok": True,
            "url": "https://example.slack.com/",
            "team": "Example",
            "user": "checkpost",
            "team_id": self._workspace.tokens[arguments["token"]],
            "user_id": BOT_USER,
            "bot_id": "B0BOT",
            "is_enterprise_install": False,
        }

    async def _connections_open(self, _: Arguments) -> dict[str, Any]:
        ticket = self._workspace.unique("ticket")
        self._workspace.tickets.add(ticket)
        return {"ok": True, "url": f"{self.socket_address}?ticket={ticket}"}

    async def _post_message(self, arguments: Arguments) -> dict[str, Any]:
        channel = arguments["channel"]
        if channel in self._workspace.people:
            channel = self._workspace.direct_channel(channel)
        known = {*self._workspace.channels, *map(self._workspace.direct_channel, self._workspace.people)}
        if channel not in known:
            return {"ok": False, "error": "channel_not_found"}
        if found := block_kit.message_problems(arguments):
            self._workspace.problems += [f"chat.postMessage: {problem}" for problem in found]
            return {"ok": False, "error": "invalid_blocks"}
        ts = self._workspace.stamp()
        await self._workspace.note(Said(arguments, ts, channel=channel))
        message = {"type": "message", "user": BOT_USER, "text": arguments["text"], "ts": ts, "team": TEAM}
        return {"ok": True, "channel": channel, "ts": ts, "message": message}

    async def _suggested(self, arguments: Arguments) -> dict[str, Any]:
        prompts = arguments["prompts"]
        if not 1 <= len(prompts) <= 4 or any(set(one) != {"title", "message"} for one in prompts):
            return {"ok": False, "error": "invalid_arguments"}
        self._workspace.prompts[arguments["thread_ts"]] = [one["message"] for one in prompts]
        return {"ok": True}

    async def _update_message(self, arguments: Arguments) -> dict[str, Any]:
        shown = [one for one in self._workspace.said if one.ts == arguments["ts"]]
        if not shown:
            return {"ok": False, "error": "message_not_found"}
        found = block_kit.message_problems({**arguments, "unfurl_links": False, "unfurl_media": False})
        self._workspace.problems += [f"chat.update: {problem}" for problem in found]
        shown[0].payload = {**shown[0].payload, **arguments}
        await self._workspace.note(Said(shown[0].payload, arguments["ts"], channel=arguments["channel"]))
        self._workspace.said.remove(shown[0])
        return {"ok": True, "channel": arguments["channel"], "ts": arguments["ts"], "text": arguments["text"]}

    async def _views_publish(self, arguments: Arguments) -> dict[str, Any]:
        view = arguments["view"]
        if found := block_kit.home_problems(view):
            self._workspace.problems += [f"views.publish: {problem}" for problem in found]
            return {"ok": False, "error": "invalid_arguments"}
        self._workspace.homes[arguments["user_id"]] = view
        return {"ok": True, "view": {"id": self._workspace.unique("V"), "team_id": TEAM, **view}}

    async def _views_open(self, arguments: Arguments) -> dict[str, Any]:
        user, _, _ = arguments["trigger_id"].partition(".")
        if user not in self._workspace.people:
            return {"ok": False, "error": "invalid_trigger_id"}
        view = arguments["view"]
        if found := block_kit.view_problems(view):
            self._workspace.problems += [f"views.open: {problem}" for problem in found]
            return {"ok": False, "error": "invalid_arguments"}
        self._workspace.views[user] = view
        return {"ok": True, "view": {"id": self._workspace.unique("V"), "team_id": TEAM, **view}}

    async def _views_update(self, arguments: Arguments) -> dict[str, Any]:
        user = arguments["view_id"].removeprefix("V_")
        if user not in self._workspace.views:
            return {"ok": False, "error": "not_found"}
        view = arguments["view"]
        self._workspace.problems += [f"views.update: {found}" for found in block_kit.view_problems(view)]
        self._workspace.views[user] = view
        return {"ok": True, "view": {"id": arguments["view_id"], "team_id": TEAM, **view}}

    async def _users_info(self, arguments: Arguments) -> dict[str, Any]:
        person = self._workspace.people.get(arguments["user"])
        if person is None:
            return {"ok": False, "error": "user_not_found"}
        profile = {"display_name": person["name"], "real_name": person["name"]}
        user = {"id": arguments["user"], "team_id": TEAM, "profile": profile, "is_admin": person["admin"]}
        return {"ok": True, "user": user | {"is_owner": False, "is_bot": False}}

    async def _history(self, arguments: Arguments) -> dict[str, Any]:
        if arguments["channel"] not in self._workspace.channels:
            return {"ok": False, "error": "channel_not_found"}
        said = [said for said in self._workspace.said if said.channel == arguments["channel"]]
        messages = [
            {"type": "message", "text": one.payload["text"], "ts": one.ts, "user": BOT_USER}
            | {key: one.payload[key] for key in self._workspace.history_shows if key in one.payload}
            for one in said
        ]
        posts = [post for post in self._posts(arguments) if _stands_in_the_channel(post)]
        # without an end Slack begins where the time asked for begins (slackhq/slack-api-docs, issue 4)
        latest_first = "latest" in arguments or "oldest" not in arguments
        return _page(sorted(messages + posts, key=lambda one: one["ts"], reverse=latest_first), arguments)

    async def _replies(self, arguments: Arguments) -> dict[str, Any]:
        thread = [post for post in self._posts(arguments) if post.get("thread_ts") == arguments["ts"]]
        if not thread:
            return {"ok": False, "error": "thread_not_found"}
        first, *answers = sorted(thread, key=lambda one: one["ts"])
        return _page(answers, arguments, always=[first])

    def _posts(self, arguments: Arguments) -> list[dict[str, Any]]:
        there = [post for post in self._workspace.posts if post["channel"] == arguments["channel"]]
        return [{key: value for key, value in post.items() if key != "channel"} for post in there]

    async def _upload_url(self, arguments: Arguments) -> dict[str, Any]:
        file = self._workspace.unique("F")
        self._workspace.files.append((file, str(arguments["filename"]), b""))
        return {"ok": True, "upload_url": f"{self.address}/upload/{file}", "file_id": file}

    async def _upload(self, request: web.Request) -> web.Response:
        wanted = request.match_info["file"]
        content = await request.read()
        if request.content_type.startswith("multipart/"):
            content = content.split(b"\r\n\r\n", 1)[1].rsplit(b"\r\n--", 1)[0]
        self._workspace.files = [
            (file, name, content if file == wanted else kept) for file, name, kept in self._workspace.files
        ]
        return web.Response(text="OK")

    async def _upload_done(self, arguments: Arguments) -> dict[str, Any]:
        return {"ok": True, "files": [{"id": file["id"]} for file in json.loads(arguments["files"])]}

    async def _respond(self, request: web.Request) -> web.Response:
        key, user = request.match_info["key"], request.match_info["user"]
        used = [said for said in self._workspace.said if said.response_url == key]
        if len(used) >= 5 or key.startswith("expired"):
            return web.Response(status=404, text="used_url")
        payload = await request.json()
        self._workspace.problems += [
            f"response_url: {problem}" for problem in block_kit.message_problems(payload)
        ]
        if payload.get("response_type") != "ephemeral":
            self._workspace.problems.append("response_url: everybody would see it")
        if payload.get("replace_original") and not key.startswith("act"):
            self._workspace.problems.append("response_url: nothing of ours is there to replace")
        await self._workspace.note(Said(payload, self._workspace.stamp(), user=user, response_url=key))
        return web.Response(text="ok")


def _stands_in_the_channel(post: dict[str, Any]) -> bool:
    """Tell whether a post is no answer in a thread, or one that is shown in the channel as well."""
    return post.get("thread_ts", post["ts"]) == post["ts"] or post.get("subtype") == "thread_broadcast"


def _page(
    messages: list[dict[str, Any]], arguments: Arguments, always: list[dict[str, Any]] | None = None
) -> dict[str, Any]:
    """Return the page a request asks for of messages in the order they are given in."""
    after = [one for one in messages if float(one["ts"]) > float(arguments.get("oldest", 0))]
    start, limit = int(arguments.get("cursor") or 0), int(arguments["limit"])
    answer = {"ok": True, "messages": [*(always or ()), *after[start : start + limit]], "has_more": False}
    if start + limit < len(after):
        answer |= {"has_more": True, "response_metadata": {"next_cursor": str(start + limit)}}
    return answer


async def _arguments(request: web.Request) -> Arguments:
    if request.content_type == "application/json":
        return await request.json()
    arguments: Arguments = {**request.query, **await request.post()}
    for key in ("blocks", "view", "metadata", "prompts"):
        if isinstance(arguments.get(key), str):
            arguments[key] = json.loads(arguments[key])
    return arguments
