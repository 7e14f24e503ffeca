"""Discord on the loopback: what the unmodified library talks to in the tests."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Self

from aiohttp import web

from tests.adapters.discord.server import payloads
from tests.adapters.discord.server.gateway import (
    AUTO_MODERATION_EXECUTION,
    DIRECT_MESSAGES,
    GUILD_MESSAGES,
    MESSAGE_CONTENT,
    Gateway,
    Session,
)
from tests.adapters.discord.server.ids import snowflake
from tests.adapters.discord.server.messages import Interactions, Open
from tests.adapters.discord.server.rest import Rest
from tests.adapters.discord.server.schemas import check_dispatch
from tests.adapters.discord.server.world import Said, World

TOKEN = "bot-token-for-tests"
ALL_FLAGS = 1 << 15 | 1 << 19
_ABOUT_ACTION = {1: {}, 2: {"channel_id": "1"}, 3: {"duration_seconds": 60}}


class DiscordServer:
    """The whole of it: start, let people do things, see what they see."""

    def __init__(
        self, flags: int = ALL_FLAGS, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self.clock = clock
        self.world = World(clock)
        self.gateway = Gateway(TOKEN, flags)
        self.interactions = Interactions(self.world)
        self.rest = Rest(self.world, self.interactions, TOKEN)
        self.rest.flags = flags
        self.gateway.ready_data = self._ready
        self.gateway.after_ready = self._after_ready
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=1 << 25)
        app.router.add_get("/gateway/", self.gateway.serve)
        app.router.add_get("/gateway", self.gateway.serve)
        app.add_routes(self.rest.routes())
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.api_url = f"http://{host}:{port}/api/v10"
        self.gateway_url = f"ws://{host}:{port}/gateway"
        self.rest.gateway_url = self.gateway_url
        self.gateway.resume_url = self.gateway_url
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.gateway.drop(1001)
        if self._runner is not None:
            await self._runner.cleanup()
        assert not self.rest.invalid, self.rest.invalid

    def _ready(self, session: Session) -> dict[str, Any]:
        guilds = [{"id": id_, "unavailable": True} for id_ in self.world.guilds_of(*session.shard)]
        return {
            "v": 10,
            "user": payloads.oauth_user(self.world.bot),
            "guilds": guilds,
            "session_id": session.id,
            "resume_gateway_url": self.gateway.resume_url,
            "shard": list(session.shard),
            "application": {
                "id": self.world.application_id,
                "flags": self.rest.flags,
                "flags_new": str(self.rest.flags),
            },
        }

    async def _after_ready(self, session: Session) -> None:
        for guild_id in self.world.guilds_of(*session.shard):
            if guild_id not in self.world.out_of_order:
                await self.gateway._send(session, "GUILD_CREATE", self.world.guild(guild_id))

    # what people do

    async def dm(self, name: str, text: str, **more: Any) -> dict[str, Any]:
        """Send the bot a direct message."""
        person = self.world.person(name)
        channel = self.world.dm(person)
        message = payloads.message(channel["id"], person, text, **{"id": snowflake(self.clock()), **more})
        self.world.messages[message["id"]] = Said(message, frozenset({person["id"]}), {})
        await self.gateway.dispatch("MESSAGE_CREATE", message, intent=DIRECT_MESSAGES)
        return message

    async def post(self, name: str, channel: dict[str, Any], text: str, **more: Any) -> dict[str, Any]:
        """Post in a channel of the server."""
        person = more.pop("author", None) or self.world.person(name)
        message = payloads.message(channel["id"], person, text, **{"id": snowflake(self.clock()), **more})
        self.world.messages[message["id"]] = Said(message, None, {})
        channel["last_message_id"] = message["id"]
        await self.repeat("MESSAGE_CREATE", message)
        return message

    async def repeat(self, event: str, message: dict[str, Any]) -> None:
        """Send a message's event, with the content hidden from those who may not read it."""
        channel = self.world.any_channel(message["channel_id"]) or {}
        guild_id = channel.get("guild_id", self.world.guild_id)
        data = message | {"guild_id": guild_id, "member": _without_user(self.world.member(message["author"]))}
        check_dispatch(event, data)
        if guild_id in self.world.out_of_order:
            return
        for session in self.gateway.connected():
            if session.intents & GUILD_MESSAGES and guild_id in self.world.guilds_of(*session.shard):
                visible = (
                    data
                    if session.intents & MESSAGE_CONTENT
                    else data | {"content": "", "embeds": [], "attachments": []}
                )
                await self.gateway._send(session, event, visible)

    async def edit(self, message: dict[str, Any], text: str, at: str) -> None:
        """Edit a post."""
        message |= {"content": text, "edited_timestamp": at}
        await self.repeat("MESSAGE_UPDATE", message)

    async def delete(self, *messages: dict[str, Any]) -> None:
        """Delete posts; several at once are one event."""
        where = {"channel_id": messages[0]["channel_id"], "guild_id": self.world.guild_id}
        ids = [message["id"] for message in messages]
        event, data = (
            ("MESSAGE_DELETE", {"id": ids[0]}) if len(ids) == 1 else ("MESSAGE_DELETE_BULK", {"ids": ids})
        )
        await self.gateway.dispatch(event, data | where, intent=GUILD_MESSAGES, guild_id=self.world.guild_id)

    async def block(self, name: str, text: str, action: int = 1) -> None:
        """Stop a message as AutoMod does: nobody sees it, and who asked for it is told of the action."""
        for session in self.gateway.connected():
            is_here = self.world.guild_id in self.world.guilds_of(*session.shard)
            if session.intents & AUTO_MODERATION_EXECUTION and is_here:
                told = bool(session.intents & MESSAGE_CONTENT)
                data: dict[str, Any] = {
                    "guild_id": self.world.guild_id,
                    "action": {"type": action, "metadata": _ABOUT_ACTION[action]},
                    "rule_id": snowflake(),
                    "rule_trigger_type": 1,
                    "user_id": self.world.person(name)["id"],
                    "channel_id": self.world.channel("general")["id"],
                    "content": text if told else "",
                    "matched_keyword": "word",
                    "matched_content": text if told else "",
                }
                await self.gateway._send(session, "AUTO_MODERATION_ACTION_EXECUTION", data)

    async def remove_bot(self) -> None:
        """Remove the bot from the server."""
        self.world.in_guild = False
        await self.gateway.dispatch("GUILD_DELETE", {"id": self.world.guild_id}, guild_id=self.world.guild_id)

    async def out_of_order(self) -> None:
        """Let the server go out of order: its people go on, the bot hears nothing."""
        guild_id = self.world.guild_id
        self.world.out_of_order.add(guild_id)
        await self.gateway.dispatch("GUILD_DELETE", {"id": guild_id, "unavailable": True}, guild_id=guild_id)

    async def in_order(self) -> None:
        """Let the server be there again."""
        guild_id = self.world.guild_id
        self.world.out_of_order.discard(guild_id)
        await self.gateway.dispatch("GUILD_CREATE", self.world.guild(guild_id), guild_id=guild_id)

    async def command(
        self,
        name: str,
        command: str,
        options: list[dict[str, Any]] | None = None,
        *,
        dm: bool = False,
        resolved: Any = None,
        by_member: bool = False,
    ) -> Open:
        """Call a slash command."""
        known = next((each for each in self.world.known_commands() if each["name"] == command), None)
        assert known is not None, f"there is no command /{command}"
        data: dict[str, Any] = {"id": known["id"], "name": command, "type": 1, "options": options or []}
        if resolved:
            data["resolved"] = resolved
        if "guild_id" in known:
            data["guild_id"] = known["guild_id"]
        return await self._interact(name, 2, data, "command", dm=dm, by_member=by_member)

    async def command_on(self, name: str, command: str, message: dict[str, Any], **more: Any) -> Open:
        """Call a command on a message."""
        known = next(
            each for each in self.world.known_commands() if each["name"] == command and each["type"] == 3
        )
        data = {
            "id": known["id"],
            "name": command,
            "type": 3,
            "target_id": message["id"],
            "resolved": {"messages": {message["id"]: message}},
        }
        return await self._interact(name, 2, data, "message command", dm=False, **more)

    async def press(self, name: str, message: dict[str, Any], custom_id: str) -> Open:
        """Press a button."""
        dm = message["channel_id"] in self.world.dms
        data = {"custom_id": custom_id, "component_type": 2, "id": 1}
        return await self._interact(
            name, 3, data, "component", dm=dm, message=message, channel_id=message["channel_id"]
        )

    async def submit(self, name: str, modal: dict[str, Any], *said: str, dm: bool = False) -> Open:
        """Send a window with what is said in its first fields and the others as they are."""
        fields = [label["component"] for label in modal["components"]]
        values = [*said, *(field.get("value", "") for field in fields[len(said) :])]
        data = {
            "custom_id": modal["custom_id"],
            "components": [
                {
                    "type": 18,
                    "id": 2 * number + 1,
                    "component": {
                        "type": field["type"],
                        "id": 2 * number + 2,
                        "custom_id": field["custom_id"],
                        **({"value": value} if field["type"] == 4 else {"values": [value]}),
                    },
                }
                for number, (field, value) in enumerate(zip(fields, values, strict=True))
            ],
        }
        return await self._interact(name, 5, data, "modal", dm=dm)

    async def _interact(  # noqa: PLR0913 - an interaction has that many parts
        self,
        name: str,
        type_: int,
        data: dict[str, Any],
        schema: str,
        *,
        dm: bool,
        message: Any = None,
        channel_id: str | None = None,
        by_member: bool = False,
    ) -> Open:
        person = self.world.person(name)
        channel = self.world.any_channel(channel_id or "") or (
            self.world.dm(person) if dm else self.world.channel("general")
        )
        payload: dict[str, Any] = {
            "id": snowflake(),
            "application_id": self.world.application_id,
            "type": type_,
            "data": data,
            "channel": channel,
            "channel_id": channel["id"],
            "token": f"token-{snowflake()}",
            "version": 1,
            "app_permissions": payloads.EVERYTHING,
            "locale": "en-US",
            "entitlements": [],
            "authorizing_integration_owners": {"1": person["id"]}
            if by_member
            else {"0": "0" if dm else self.world.guild_id},
            "context": 1 if dm else 0,
            "attachment_size_limit": 10_485_760,
        }
        if message is not None:
            payload["message"] = message
        if dm:
            payload["user"] = person
        else:
            payload |= {
                "guild": {"id": self.world.guild_id, "locale": "en-US", "features": []},
                "guild_id": self.world.guild_id,
                "guild_locale": "en-US",
                "member": self.world.member(person) | {"permissions": payloads.EVERYTHING},
            }
        check_dispatch(schema, payload)
        interaction = self.interactions.opened(payload)
        await self.gateway.dispatch(
            "INTERACTION_CREATE", payload, guild_id=None if dm else self.world.guild_id
        )
        return interaction

    # what people see

    def seen_by(self, name: str) -> list[dict[str, Any]]:
        """Return what the bot said that a person can see, oldest first."""
        person = self.world.person(name)["id"]
        return [
            said.payload
            for said in self.world.messages.values()
            if said.payload["author"]["id"] == self.world.bot["id"]
            and (said.audience is None or person in said.audience)
        ]

    async def until(self, condition: Any, seconds: float = 10) -> None:
        """Wait until something is true after a request of the bot's."""
        async with self.rest.changed:
            await asyncio.wait_for(
                self.rest.changed.wait_for(lambda: condition() or self.rest.invalid), seconds
            )
        assert not self.rest.invalid, self.rest.invalid


def _without_user(member: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in member.items() if key != "user"}
