"""The two ways Slack brings something to an app: envelopes over a WebSocket, or signed HTTP."""

import asyncio
import hashlib
import hmac
import io
import json
import time
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import urlencode

import aiohttp
from aiohttp import web

from tests.adapters.slack.server.workspace import SIGNING_SECRET

EVENT, COMMAND, INTERACTION = "events_api", "slash_commands", "interactive"


@dataclass
class Acknowledged:
    """What the app answered to a delivery; `status` is None where it did not within the time given."""

    status: int | None
    payload: Any = None


class Carrier(Protocol):
    """Brings something to the app and waits for the acknowledgement."""

    async def bring(self, kind: str, payload: dict[str, Any], seconds: float = 3.0) -> Acknowledged: ...


class SocketCarrier:
    """Slack's side of Socket Mode.

    Args:
        tickets: of the addresses that were given out; each serves once.
    """

    def __init__(self, tickets: set[str]) -> None:
        self._tickets = tickets
        self.down = False
        self._sockets: list[web.WebSocketResponse] = []
        self._waiting: dict[str, asyncio.Future[Any]] = {}
        self._number = 0
        self.connected = asyncio.Event()
        self.connections = 0

    async def accept(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one connection."""
        ticket = request.query["ticket"]
        if ticket not in self._tickets:
            raise web.HTTPForbidden
        self._tickets.remove(ticket)
        if self.down:
            raise web.HTTPServiceUnavailable
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self._sockets.append(socket)
        self.connections += 1
        await socket.send_json(
            {
                "type": "hello",
                "num_connections": len(self._sockets),
                "debug_info": {"host": "loopback", "approximate_connection_time": 3600},
                "connection_info": {"app_id": "A0APP"},
            }
        )
        self.connected.set()
        try:
            async for message in socket:
                if message.type is aiohttp.WSMsgType.TEXT:
                    answer = json.loads(message.data)
                    waiting = self._waiting.pop(answer["envelope_id"], None)
                    if waiting is not None and not waiting.done():
                        waiting.set_result(answer.get("payload"))
        finally:
            self._sockets.remove(socket)
            if not self._sockets:
                self.connected.clear()
        return socket

    async def refresh(self) -> None:
        """Tell the app that this connection ends, as Slack does every few hours."""
        await self._sockets[-1].send_json({"type": "disconnect", "reason": "refresh_requested"})

    async def drop(self) -> None:
        """Close every connection without a warning."""
        for socket in list(self._sockets):
            await socket.close()

    async def bring(self, kind: str, payload: dict[str, Any], seconds: float = 3.0) -> Acknowledged:
        """Send an envelope."""
        await asyncio.wait_for(self.connected.wait(), 5)
        self._number += 1
        envelope = f"envelope-{self._number}"
        waiting: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting[envelope] = waiting
        message = {"type": kind, "envelope_id": envelope, "payload": payload}
        message["accepts_response_payload"] = kind != EVENT
        if kind == EVENT:
            message |= {"retry_attempt": 0, "retry_reason": ""}
        await self._sockets[-1].send_json(message)
        try:
            return Acknowledged(200, await asyncio.wait_for(waiting, seconds))
        except TimeoutError:
            self._waiting.pop(envelope, None)
            return Acknowledged(None)


class HttpCarrier:
    """Slack's requests to an app that listens for them, signed."""

    def __init__(self, address: str) -> None:
        self._address = address

    async def bring(self, kind: str, payload: dict[str, Any], seconds: float = 3.0) -> Acknowledged:
        """Post a signed request."""
        body = json.dumps(payload)
        content_type = "application/json"
        if kind != EVENT:
            content_type = "application/x-www-form-urlencoded"
            body = urlencode(payload if kind == COMMAND else {"payload": body})
        return await self.post(body, content_type, signed(body), seconds)

    async def post(
        self, body: str, content_type: str, headers: dict[str, str], seconds: float = 3.0
    ) -> Acknowledged:
        """Post a request as it is given."""
        timeout = aiohttp.ClientTimeout(total=seconds)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            try:
                async with session.post(
                    f"{self._address}/slack/events",
                    data=io.BytesIO(body.encode()),
                    headers=headers | {"Content-Type": content_type},
                ) as answer:
                    said = await answer.text()
            except TimeoutError:
                return Acknowledged(None)
        return Acknowledged(answer.status, json.loads(said) if said.startswith("{") else said or None)


def signed(body: str, secret: str = SIGNING_SECRET, at: float | None = None) -> dict[str, str]:
    """Return the headers by which an app tells that a request is Slack's and fresh."""
    timestamp = str(int(time.time() if at is None else at))
    digest = hmac.new(secret.encode(), f"v0:{timestamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest}"}
