"""Who and what a Slack export's files are about: users.json and the lists of channels."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TypeVar

import msgspec

from bot.importing.archive import Archive
from bot.importing.decoding import UnreadableError, decoded
from bot.importing.json_stream import elements
from bot.importing.ledger_name import LedgerName
from bot.importing.rejected import BrokenError, ExportError

_CHANNELS = ("channels.json", "groups.json")
_CONVERSATIONS = ("dms.json", "mpims.json")
_CONVERSATION = re.compile(r"D[A-Z0-9]{7,20}|mpdm-.*|FC:.*")
"""Folders of direct messages, group messages and comments on files, where no list names them."""

Value = TypeVar("Value")


class _Profile(msgspec.Struct):
    team: str | None = None


class _User(msgspec.Struct):
    id: str
    team_id: str | None = None
    is_bot: bool | None = None
    profile: _Profile | None = None


class _Place(msgspec.Struct):
    id: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class People:
    """The members of a workspace.

    Attributes:
        home: the workspace's own id.
        teams: the workspace of each member who is of another one.
        bots: the users that are programs.
    """

    home: str
    teams: Mapping[str, str]
    bots: AbstractSet[str]

    def member(self, user: str) -> str:
        """Return a user as in `Member.id`: TEAM/USER."""
        return f"{self.teams.get(user, self.home)}/{user}"


@dataclass(frozen=True, slots=True)
class Places:
    """The channels of a workspace.

    Attributes:
        channels: the id of each channel by the name of its folder.
        conversations: the folders of direct and group messages.
    """

    channels: Mapping[str, str]
    conversations: AbstractSet[str]

    def channel(self, folder: str) -> str | None:
        """Return a folder's channel; None where it holds a conversation and no posts.

        A channel deleted before the export has a folder and no id; its name stands in for it.
        """
        if folder in self.channels:
            return self.channels[folder]
        if folder in self.conversations or _CONVERSATION.fullmatch(folder):
            return None
        return folder


def read_people(archive: Archive, root: PurePosixPath, ledger: LedgerName) -> People:
    """Read users.json.

    Args:
        archive: the export.
        root: the folder of users.json in it.
        ledger: a live ledger's name tells the workspace where users.json does not.

    Raises:
        ExportError: it is damaged, or nothing tells which workspace it is.
    """
    teams: dict[str, str] = {}
    bots: set[str] = {"USLACKBOT"}
    for user in _listed(archive, str(root / "users.json"), _User):
        team = user.team_id or (user.profile.team if user.profile else None)
        if team:
            teams[user.id] = team
        if user.is_bot:
            bots.add(user.id)
    named = ledger.platform_id if ledger.name.startswith("slack:") else ""
    home = named or next((team for team, _ in Counter(teams.values()).most_common(1)), "")
    if not home:
        raise ExportError("users.json names no team_id; say which workspace it is by --community slack:TEAM")
    return People(home, {user: team for user, team in teams.items() if team != home}, bots)


def read_places(archive: Archive, root: PurePosixPath) -> Places:
    """Read the lists of channels and conversations; any of them may be missing.

    Raises:
        ExportError: one of them is damaged.
    """
    channels = {place.name or place.id: place.id for place in _places(archive, root, _CHANNELS)}
    conversations = {
        name for place in _places(archive, root, _CONVERSATIONS) for name in (place.id, place.name) if name
    }
    return Places(channels, conversations)


def _places(archive: Archive, root: PurePosixPath, names: tuple[str, ...]) -> Iterator[_Place]:
    for name in names:
        if str(root / name) in archive.names:
            yield from _listed(archive, str(root / name), _Place)


def _listed(archive: Archive, name: str, type_: type[Value]) -> Iterator[Value]:
    try:
        with archive.open(name) as stream:
            for _, raw in elements(stream):
                yield decoded(raw, type_)
    except (BrokenError, UnreadableError) as error:
        raise ExportError(f"{name}: {error}; download the export again") from None
