"""Discord's HTTP API, as far as the adapter uses it; every request and answer is checked."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from tests.adapters.discord.server import payloads
from tests.adapters.discord.server.commands import CommandLists
from tests.adapters.discord.server.errors import RefusedError
from tests.adapters.discord.server.limits import broken, is_empty
from tests.adapters.discord.server.messages import Interactions, shown
from tests.adapters.discord.server.schemas import InvalidError, check_request, check_response
from tests.adapters.discord.server.world import World

EPHEMERAL = 1 << 6


class Rest:
    """The HTTP side of the test server."""

    def __init__(self, world: World, interactions: Interactions, token: str) -> None:
        self.world = world
        self.interactions = interactions
        self.commands = CommandLists(world)
        self.token = token
        self.flags = 0
        self.gateway_url = ""
        self.shards = 1
        self.remaining = 1000
        self.requests: list[tuple[str, str, Any]] = []
        self.faults: list[tuple[str, str, RefusedError]] = []
        self.invalid: list[str] = []
        self.unreadable: set[str] = set()
        self.changed = asyncio.Condition()

    def routes(self) -> list[web.RouteDef]:
        api = "/api/v10"
        table: list[tuple[str, str, Callable[[web.Request, Any], Any]]] = [
            ("GET", "/users/@me", lambda *_: payloads.oauth_user(self.world.bot)),
            ("GET", "/oauth2/applications/@me", self.application),
            ("GET", "/gateway/bot", self.gateway),
            ("GET", "/applications/{application}/commands", self.commands.get),
            ("PUT", "/applications/{application}/commands", self.commands.put),
            ("GET", "/applications/{application}/guilds/{guild}/commands", self.commands.get),
            ("PUT", "/applications/{application}/guilds/{guild}/commands", self.commands.put),
            ("GET", "/channels/{channel}", self.get_channel),
            ("GET", "/channels/{channel}/threads/archived/public", self.get_archived_threads),
            ("POST", "/users/@me/channels", self.open_dm),
            ("GET", "/guilds/{guild}", self.get_guild),
            ("GET", "/guilds/{guild}/members", self.get_members),
            ("GET", "/guilds/{guild}/members/{member}", self.get_member),
            ("POST", "/channels/{channel}/messages", self.create_message),
            ("GET", "/channels/{channel}/messages", self.get_messages),
            ("GET", "/channels/{channel}/messages/{message}", self.get_message),
            ("POST", "/interactions/{interaction}/{secret}/callback", self.callback),
            ("POST", "/webhooks/{application}/{secret}", self.follow_up),
            ("PATCH", "/webhooks/{application}/{secret}/messages/@original", self.edit_original),
        ]
        return [web.route(method, api + path, self._handled(api, handler)) for method, path, handler in table]

    def _handled(
        self, api: str, handler: Callable[[web.Request, Any], Any]
    ) -> Callable[[web.Request], Awaitable[web.Response]]:
        async def handle(request: web.Request) -> web.Response:
            path = request.path.removeprefix(api)
            body = await _body(request)
            self.requests.append((request.method, path, body))
            try:
                if not path.startswith(("/interactions/", "/webhooks/")):
                    self._authorise(request)
                self._fail(request.method, path)
                check_request(request.method, path, _without_files(body))
                answer = handler(request, body)
                status, answer = answer if isinstance(answer, tuple) else (200, answer)
                check_response(request.method, path, status, answer)
            except InvalidError as invalid:
                self.invalid.append(str(invalid))
                return _json({"code": 50035, "message": str(invalid)}, 400)
            except RefusedError as refused:
                return _json(refused.body, refused.status)
            finally:
                async with self.changed:
                    self.changed.notify_all()
            return _json(answer, status)

        return handle

    def _authorise(self, request: web.Request) -> None:
        if request.headers.get("Authorization") != f"Bot {self.token}":
            raise RefusedError(401, 0, "401: Unauthorized")

    def _fail(self, method: str, path: str) -> None:
        for fault in self.faults:
            if fault[0] == method and path.startswith(fault[1]):
                self.faults.remove(fault)
                raise fault[2]

    def application(self, *_: Any) -> Any:
        return payloads.application(self.world.application_id, self.world.bot, self.flags)

    def gateway(self, *_: Any) -> Any:
        limit = {"total": 1000, "remaining": self.remaining, "reset_after": 3_600_000, "max_concurrency": 1}
        return {"url": self.gateway_url, "shards": self.shards, "session_start_limit": limit}

    def get_channel(self, request: web.Request, _: Any) -> Any:
        found = self.world.any_channel(request.match_info["channel"])
        if found is None:
            raise RefusedError(404, 10003, "Unknown Channel")
        return found

    def get_archived_threads(self, request: web.Request, _: Any) -> Any:
        found = [
            thread
            for thread in self.world.threads.values()
            if thread["thread_metadata"]["archived"]
            and thread["parent_id"] == request.match_info["channel"]
            and thread["thread_metadata"]["archive_timestamp"] < request.query.get("before", "9999")
        ]
        found.sort(key=lambda thread: thread["thread_metadata"]["archive_timestamp"], reverse=True)
        limit = int(request.query.get("limit", "50"))
        return {"threads": found[:limit], "members": [], "has_more": len(found) > limit}

    def open_dm(self, _: web.Request, body: Any) -> Any:
        whom = next(each for each in self.world.people.values() if each["id"] == str(body["recipient_id"]))
        return self.world.dm(whom)

    def get_guild(self, *_: Any) -> Any:
        raise RefusedError(404, 10004, "Unknown Guild")

    def get_members(self, request: web.Request, _: Any) -> Any:
        after = int(request.query.get("after", "0"))
        people = sorted(self.world.people.values(), key=lambda person: int(person["id"]))
        return [
            self.world.member(person)
            for person in people
            if int(person["id"]) > after and person["id"] not in self.world.left
        ][: int(request.query.get("limit", "1"))]

    def get_member(self, request: web.Request, _: Any) -> Any:
        whom = request.match_info["member"]
        if whom in self.world.left:
            raise RefusedError(404, 10007, "Unknown Member")
        return self.world.member(next(each for each in self.world.people.values() if each["id"] == whom))

    def create_message(self, request: web.Request, body: Any) -> Any:
        channel = request.match_info["channel"]
        if self.world.any_channel(channel) is None:
            raise RefusedError(404, 10003, "Unknown Channel")
        if channel in self.unreadable:
            raise RefusedError(403, 50013, "Missing Permissions")
        nonce = body.get("nonce") if body.get("enforce_nonce") else None
        if nonce in self.world.nonces:
            return self.world.messages[self.world.nonces[nonce]].payload
        _check_limits(body)
        message = shown(self.world, channel, body)
        if nonce:
            self.world.nonces[nonce] = message["id"]
        return message

    def get_messages(self, request: web.Request, _: Any) -> Any:
        channel = request.match_info["channel"]
        if channel in self.unreadable:
            return []
        limit, before = int(request.query.get("limit", "50")), int(request.query.get("before", str(1 << 63)))
        after = int(request.query.get("after", "0"))
        found = [
            said.payload
            for id_, said in self.world.messages.items()
            if said.payload["channel_id"] == channel
            and after < int(id_) < before
            and not said.payload["flags"] & EPHEMERAL
        ]
        found.sort(key=lambda message: -int(message["id"]))
        return found[-limit:] if after else found[:limit]

    def get_message(self, request: web.Request, _: Any) -> Any:
        said = self.world.messages.get(request.match_info["message"])
        if said is None or said.payload["flags"] & EPHEMERAL:
            raise RefusedError(404, 10008, "Unknown Message")
        return said.payload

    def callback(self, request: web.Request, body: Any) -> Any:
        self._fail_if_expired(request)
        if "data" in body and body["type"] in (4, 7):
            _check_limits(body["data"])
        return self.interactions.callback(request.match_info["secret"], body)

    def follow_up(self, request: web.Request, body: Any) -> Any:
        self._fail_if_expired(request)
        _check_limits(body)
        return self.interactions.follow_up(request.match_info["secret"], body)

    def edit_original(self, request: web.Request, body: Any) -> Any:
        self._fail_if_expired(request)
        _check_limits(body)
        return self.interactions.edit_original(request.match_info["secret"], body)

    def _fail_if_expired(self, request: web.Request) -> None:
        if not self.interactions.is_known(request.match_info["secret"]):
            raise RefusedError(404, 10062, "Unknown interaction")


def _json(body: Any, status: int) -> web.Response:
    # the library takes an answer for JSON only where nothing follows the media type, as at Discord
    return web.Response(
        body=json.dumps(body).encode(),
        status=status,
        headers={"Content-Type": "application/json", "Via": "1.1 test"},
    )


def _check_limits(body: dict[str, Any]) -> None:
    limit = broken(body)
    if limit:
        raise RefusedError(400, 50035, f"Invalid Form Body: {limit}")
    if is_empty(body):
        raise RefusedError(400, 50006, "Cannot send an empty message")


async def _body(request: web.Request) -> Any:
    if not request.can_read_body:
        return None
    if request.content_type == "multipart/form-data":
        form = await request.post()
        body = json.loads(str(form["payload_json"]))
        files = [part for name, part in form.items() if name.startswith("files[")]
        target = body.get("data", body)
        target["files"] = [
            (part.filename, part.file.read()) for part in files if isinstance(part, web.FileField)
        ]
        return body
    return await request.json()


def _without_files(body: Any) -> Any:
    if not isinstance(body, dict):
        return body
    return {
        key: _without_files(value) if key == "data" else value
        for key, value in body.items()
        if key != "files"
    }
