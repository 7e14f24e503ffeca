"""The state of a made-up workspace: who is there, what was said, and what the app did."""

import asyncio
import itertools
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.adapters.conversation.stage import ANA, BEA, CLEO, DAN, EVE

TEAM = "T0TEAM"
BOT_USER = "U0BOT"
BOT_TOKEN = "xoxb-made-up"
APP_TOKEN = "xapp-made-up"
SIGNING_SECRET = "made-up-signing-secret"
CLIENT_ID = "111.222"
CLIENT_SECRET = "made-up-client-secret"

OWNER = "Owner"
CHANNEL = "C1GENERAL"

ALL_SCOPES = frozenset(
    {"chat:write", "commands", "im:history", "users:read", "files:write", "channels:history"}
)


def user_of(name: str) -> str:
    """Return a person's user id."""
    return f"U{name.upper()}"


@dataclass
class Said:
    """One message the app sent.

    `user` is set for a message only that member sees; `channel` for all others.
    """

    payload: dict[str, Any]
    ts: str
    channel: str = ""
    user: str = ""
    response_url: str = ""


@dataclass
class Fault:
    """What a Web API method answers instead, once."""

    status: int = 200
    body: dict[str, Any] | None = None
    headers: dict[str, str] = field(default_factory=dict)
    text: str | None = None


class Workspace:
    """A workspace whose members talk to the app."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self.people: dict[str, dict[str, Any]] = {
            user_of(name): {"name": name, "admin": name == OWNER}
            for name in (ANA, BEA, CLEO, DAN, EVE, OWNER)
        }
        self.channels = {"C1GENERAL": "general", "C2SHOW": "showcase"}
        self.scopes = set(ALL_SCOPES)
        self.history_shows = {"metadata", "blocks"}
        self.said: list[Said] = []
        self.posts: list[dict[str, Any]] = []
        """What people wrote, as the history shows it, with the channel it stands in."""
        self.files: list[tuple[str, str, bytes]] = []
        self.views: dict[str, dict[str, Any]] = {}
        self.prompts: dict[str, list[str]] = {}
        """What the assistant view's threads offer to say, by thread."""
        self.homes: dict[str, dict[str, Any]] = {}
        self.tokens = {BOT_TOKEN: TEAM}
        self.tokens_used: list[tuple[str, str]] = []
        self.grants: dict[str, str] = {}
        """Codes and refresh tokens not used yet, with their workspaces."""
        self.rotating = False
        self.tickets: set[str] = set()
        """Of Socket Mode's addresses; each serves once."""
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.faults: defaultdict[str, list[Fault]] = defaultdict(list)
        self.problems: list[str] = []
        self.heard = asyncio.Condition()
        self._clock = clock
        self._ids = itertools.count(1)

    def stamp(self) -> str:
        """Return a message's id: the second just past, with a counter for its microseconds."""
        return f"{int(self._clock().timestamp()) - 1}.{next(self._ids):06d}"

    def unique(self, prefix: str) -> str:
        """Return an id nobody has."""
        return f"{prefix}{next(self._ids):08d}"

    def new_token(self, team: str) -> str:
        """Return a new token of the app in a workspace."""
        token = self.unique("xoxb-installed-")
        self.tokens[token] = team
        return token

    def direct_channel(self, user: str) -> str:
        """Return the channel of a member's direct messages with the app."""
        return f"D{user[1:]}"

    def seen_by(self, user: str) -> list[Said]:
        """Return everything of the app's that a member can see, oldest first."""
        mine = {self.direct_channel(user), *self.channels}
        return [said for said in self.said if said.user == user or (not said.user and said.channel in mine)]

    async def note(self, said: Said) -> None:
        """Remember what the app said, and wake whoever waits for it."""
        async with self.heard:
            self.said.append(said)
            self.heard.notify_all()
