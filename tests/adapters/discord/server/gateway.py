"""The gateway: one WebSocket per shard, with heartbeats, sessions and resuming."""

import asyncio
import json
import secrets
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.adapters.discord.server.schemas import check_dispatch

PRIVILEGED = {
    1 << 1: 1 << 14 | 1 << 15,
    1 << 15: 1 << 18 | 1 << 19,
}  # intent: the application flags that allow it
GUILDS, GUILD_MESSAGES, DIRECT_MESSAGES = 1 << 0, 1 << 9, 1 << 12
MESSAGE_CONTENT = 1 << 15
AUTO_MODERATION_EXECUTION = 1 << 21


@dataclass
class Session:
    """One shard's session: what was sent, so that it can be resumed."""

    id: str
    intents: int
    shard: tuple[int, int]
    sent: list[dict[str, Any]] = field(default_factory=list)
    socket: web.WebSocketResponse | None = None
    dealt_with: int = 0

    @property
    def sequence(self) -> int:
        return len(self.sent)


class Gateway:
    """Discord's side of the WebSocket."""

    def __init__(self, token: str, flags: int) -> None:
        self.token = token
        self.flags = flags
        self.sessions: dict[str, Session] = {}
        self.identifies: list[dict[str, Any]] = []
        self.resumes = 0
        self.heartbeat_ms = 41_250
        self.hello_after = 0.0
        self.silent = False
        self.refuse_with: int | None = None
        self.ready_data: Any = None
        self.after_ready: Any = None
        self.resume_url = ""
        self._changed = asyncio.Condition()

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        await asyncio.sleep(self.hello_after)
        await socket.send_json(
            {"op": 10, "d": {"heartbeat_interval": self.heartbeat_ms}, "s": None, "t": None}
        )
        session: Session | None = None
        async for frame in socket:
            if frame.type is not WSMsgType.TEXT:
                continue
            said = json.loads(frame.data)
            match said["op"]:
                case 1 if self.silent:
                    pass
                case 1:
                    await socket.send_json({"op": 11, "d": None, "s": None, "t": None})
                    if session is not None:
                        session.dealt_with = said["d"] or 0
                        await self._notify()
                case 2:
                    session = await self._identify(socket, said["d"])
                case 6:
                    session = await self._resume(socket, said["d"])
                case _:
                    pass
        if session is not None and session.socket is socket:
            session.socket = None
        return socket

    async def _identify(self, socket: web.WebSocketResponse, data: dict[str, Any]) -> Session | None:
        self.identifies.append(data)
        refused = self.refuse_with or self._refusal(data)
        if refused:
            await socket.close(code=refused)
            return None
        shard = tuple(data.get("shard", (0, 1)))
        session = Session(secrets.token_hex(8), data["intents"], shard, socket=socket)
        self.sessions[session.id] = session
        await self._send(session, "READY", self.ready_data(session))
        await self.after_ready(session)
        await self._notify()
        return session

    def _refusal(self, data: dict[str, Any]) -> int | None:
        if data["token"] != self.token:
            return 4004
        for intent, allowing in PRIVILEGED.items():
            if data["intents"] & intent and not self.flags & allowing:
                return 4014
        return None

    async def _resume(self, socket: web.WebSocketResponse, data: dict[str, Any]) -> Session | None:
        session = self.sessions.get(data["session_id"])
        if session is None:
            await socket.send_json({"op": 9, "d": False, "s": None, "t": None})
            return None
        self.resumes += 1
        session.socket = socket
        for payload in session.sent[data["seq"] or 0 :]:
            await socket.send_json(payload)
        await self._send(session, "RESUMED", {})
        await self._notify()
        return session

    async def dispatch(
        self, event: str, data: dict[str, Any], *, intent: int = 0, guild_id: str | None = None
    ) -> int:
        """Send an event to the sessions that asked for it; returns to how many."""
        check_dispatch(event, data)
        count = 0
        for session in list(self.sessions.values()):
            shard, shards = session.shard
            mine = (int(guild_id) >> 22) % shards == shard if guild_id else shard == 0
            if mine and (not intent or session.intents & intent):
                await self._send(session, event, data)
                count += 1
        return count

    async def _send(self, session: Session, event: str, data: dict[str, Any]) -> None:
        check_dispatch(event, data)
        payload = {"op": 0, "t": event, "s": session.sequence + 1, "d": data}
        session.sent.append(payload)
        if session.socket is not None and not session.socket.closed:
            try:
                await session.socket.send_json(payload)
            except ConnectionError:
                session.socket = None

    async def caught_up(self) -> None:
        """Wait until everything sent was received: asked for a heartbeat, the library says how far it is."""
        for session in self.connected():
            socket, sent = session.socket, session.sequence
            if socket is not None:
                await socket.send_json({"op": 1, "d": None, "s": None, "t": None})
                await self.wait(
                    lambda session=session, sent=sent: session.dealt_with >= sent or session.socket is None
                )

    async def drop(self, code: int = 4000) -> None:
        """Cut every connection; sessions can be resumed."""
        for session in self.sessions.values():
            socket, session.socket = session.socket, None
            if socket is not None:
                await socket.close(code=code)

    async def forget_sessions(self) -> None:
        """Cut every connection; no session can be resumed."""
        await self.drop()
        self.sessions.clear()

    def connected(self) -> list[Session]:
        return [session for session in self.sessions.values() if session.socket is not None]

    async def wait(self, until: Any) -> None:
        """Wait until something about the sessions is true."""
        async with self._changed:
            await asyncio.wait_for(self._changed.wait_for(until), 10)

    async def _notify(self) -> None:
        async with self._changed:
            self._changed.notify_all()
