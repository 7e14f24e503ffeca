"""What exists on the test server: people, a server with channels, messages and who may see them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.adapters.discord.server import payloads
from tests.adapters.discord.server.ids import snowflake, time_of


@dataclass
class Said:
    """A message and who may see it.

    Attributes:
        payload: the message as Discord gives it.
        audience: the ids of those who see it; None for everybody in its channel.
        requested: what the library asked for.
    """

    payload: dict[str, Any]
    audience: frozenset[str] | None
    requested: dict[str, Any]
    pinged: list[str] = field(default_factory=list)


class World:
    """Everything the test server knows."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.clock = clock
        self.bot = payloads.user("Checkpost", bot=True)
        self.application_id = self.bot["id"]
        self.people: dict[str, dict[str, Any]] = {}
        self.guild_id = snowflake()
        self.guild_ids = [self.guild_id]
        self.channels: dict[str, dict[str, Any]] = {}
        self.threads: dict[str, dict[str, Any]] = {}
        self.dms: dict[str, dict[str, Any]] = {}
        self.messages: dict[str, Said] = {}
        self.commands: list[dict[str, Any]] = []
        self.guild_commands: dict[str, list[dict[str, Any]]] = {}
        self.command_updates = 0
        self.changes = 0
        self.nonces: dict[str, str] = {}
        self.removed_from: set[str] = set()
        self.out_of_order: set[str] = set()
        self.left: set[str] = set()
        self.roles: dict[str, dict[str, Any]] = {}
        self.roles_of: dict[str, list[str]] = {}

    @property
    def in_guild(self) -> bool:
        """Whether the bot is in the first server."""
        return self.guild_id not in self.removed_from

    @in_guild.setter
    def in_guild(self, is_in: bool) -> None:
        (self.removed_from.discard if is_in else self.removed_from.add)(self.guild_id)

    def another_guild(self, shard: int, shards: int) -> str:
        """Make another server, of the given shard, and return its id."""
        at = time_of(self.guild_id)
        while (int(made := snowflake(at)) >> 22) % shards != shard:
            at += timedelta(milliseconds=1)
        self.guild_ids.append(made)
        return made

    def guilds_of(self, shard: int, shards: int) -> list[str]:
        """Return the ids of the servers of a shard that the bot is in."""
        return [
            id_
            for id_ in self.guild_ids
            if id_ not in self.removed_from and (int(id_) >> 22) % shards == shard
        ]

    def known_commands(self) -> list[dict[str, Any]]:
        """Return the commands that members of the server are offered."""
        return [*self.commands, *self.guild_commands.get(self.guild_id, ())]

    def person(self, name: str) -> dict[str, Any]:
        if name not in self.people:
            self.people[name] = payloads.user(name)
        return self.people[name]

    def channel(self, name: str, type_: int = 0, guild_id: str | None = None) -> dict[str, Any]:
        guild_id = guild_id or self.guild_id
        for found in self.channels.values():
            if found["name"] == name and found["guild_id"] == guild_id:
                return found
        made = payloads.channel(name, guild_id, type_)
        self.channels[made["id"]] = made
        return made

    def role(self, name: str) -> dict[str, Any]:
        return self.roles.setdefault(name, payloads.role(snowflake(), name, "0"))

    def member(self, person: dict[str, Any]) -> dict[str, Any]:
        return payloads.member(person, *self.roles_of.get(person["id"], ()))

    def thread(self, name: str, parent: dict[str, Any], owner: dict[str, Any], **more: Any) -> dict[str, Any]:
        made = payloads.thread(name, parent["guild_id"], parent["id"], owner["id"], **more)
        self.threads[made["id"]] = made
        return made

    def archive(self, thread: dict[str, Any], at: datetime) -> None:
        """Let a thread go to rest; Discord then tells of it only when asked."""
        thread["thread_metadata"] = thread["thread_metadata"] | {
            "archived": True,
            "archive_timestamp": at.isoformat(),
        }

    def dm(self, whom: dict[str, Any]) -> dict[str, Any]:
        for found in self.dms.values():
            if found["recipients"][0]["id"] == whom["id"]:
                return found
        made = payloads.dm_channel(snowflake(), whom)
        self.dms[made["id"]] = made
        return made

    def guild(self, guild_id: str) -> dict[str, Any]:
        owner = self.person("Owner")
        members = [self.member(self.bot), *map(self.member, self.people.values())]
        made = payloads.guild(guild_id, "Garden", owner, members)
        made["channels"] = [each for each in self.channels.values() if each["guild_id"] == guild_id]
        made["roles"] += self.roles.values()
        made["threads"] = [
            thread
            for thread in self.threads.values()
            if thread["guild_id"] == guild_id and not thread["thread_metadata"]["archived"]
        ]
        return made

    def audience_of(self, channel_id: str) -> frozenset[str] | None:
        """Return who may read a channel; None for everybody in the server."""
        dm = self.dms.get(channel_id)
        return frozenset({dm["recipients"][0]["id"]}) if dm else None

    def any_channel(self, channel_id: str) -> dict[str, Any] | None:
        return self.channels.get(channel_id) or self.threads.get(channel_id) or self.dms.get(channel_id)
