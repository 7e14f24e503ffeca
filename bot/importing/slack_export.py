"""Slack's official export: a zip or a folder with one file for each channel and day.

Source: https://slack.com/help/articles/220556107 ("How to read Slack data exports"). Direct and group
messages, which some exports hold, are conversations and no posts: they are passed over.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import groupby
from pathlib import PurePosixPath
from typing import Any

import msgspec

from bot.balance.event import Change, MessageEvent
from bot.importing.archive import Archive
from bot.importing.decoding import UnreadableError, decoded
from bot.importing.json_stream import elements
from bot.importing.ledger_name import LedgerName
from bot.importing.rejected import BrokenError, ExportError, Rejected
from bot.importing.slack_places import People, read_people, read_places
from bot.text.slack_markup import mentioned, plain

PLATFORM = "slack"

_PEOPLES_SUBTYPES = frozenset({None, "thread_broadcast", "file_share", "me_message"})
"""Message subtypes that are somebody's own post; all others are joins, topics, bots and the like."""

_GONE = "tombstone"
"""Stands where a message with answers was deleted."""

_TIMESTAMP = re.compile(r"(\d{1,11})(?:\.(\d{1,6}))?")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class _Edited(msgspec.Struct):
    ts: str


class _Root(msgspec.Struct):
    user: str | None = None


class _Message(msgspec.Struct):
    ts: str
    type: str = "message"
    subtype: str | None = None
    user: str | None = None
    bot_id: str | None = None
    team: str | None = None
    user_team: str | None = None
    text: str | None = None
    thread_ts: str | None = None
    parent_user_id: str | None = None
    root: _Root | None = None
    edited: _Edited | None = None
    files: list[Any] | None = None


@dataclass(frozen=True, slots=True)
class _Channel:
    """Where a message stands: the ledger, the workspace's people and the channel's id."""

    ledger: LedgerName
    people: People
    id: str


def read_slack_export(archive: Archive, ledger: LedgerName) -> Iterator[MessageEvent | Rejected]:
    """Read an export: each message as it was posted and, where it was edited, as it was edited last.

    Args:
        archive: the export.
        ledger: where the messages go.

    Raises:
        ExportError: it is no export of Slack's, or what names its members and channels is damaged.
    """
    lists = [path.parent for name in archive.names if (path := PurePosixPath(name)).name == "users.json"]
    if not lists:
        raise ExportError("this is no Slack export: it has no users.json; name the whole zip or its folder")
    root = min(lists, key=lambda folder: len(folder.parts))
    people = read_people(archive, root, ledger)
    places = read_places(archive, root)
    for folder, names in groupby(_days(archive, root), key=lambda name: PurePosixPath(name).parent.name):
        channel = places.channel(folder)
        if channel is not None:
            for name in names:
                yield from _read_day(archive, name, _Channel(ledger, people, channel))


def _days(archive: Archive, root: PurePosixPath) -> list[str]:
    depth = len(root.parts) + 2
    return [
        name
        for name in archive.names
        if len(path := PurePosixPath(name).parts) == depth and path[:-2] == root.parts
    ]


def _read_day(archive: Archive, name: str, channel: _Channel) -> Iterator[MessageEvent | Rejected]:
    where = "/".join(PurePosixPath(name).parts[-2:])
    number = 0
    try:
        with archive.open(name) as stream:
            for number, (_, raw) in enumerate(elements(stream), start=1):
                try:
                    yield from _events(decoded(raw, _Message), channel)
                except UnreadableError as error:
                    yield Rejected(f"{where}, message {number}", str(error))
    except BrokenError as error:
        yield Rejected(f"{where}, after message {number}", str(error))


def _events(message: _Message, channel: _Channel) -> Iterator[MessageEvent]:
    posted = _event(message, channel)
    yield posted
    if message.edited and posted.change is Change.POSTED and not posted.bot:
        # The export holds the last edit's text only; without it a live edit could not tell which is later.
        edited = _moment(message.edited.ts, "edited.ts")
        yield replace(posted, change=Change.EDITED, at=edited, posted_at=posted.at)


def _event(message: _Message, channel: _Channel) -> MessageEvent:
    people, ledger = channel.people, channel.ledger
    gone = message.subtype == _GONE
    user = "" if gone else message.user or ""
    text = "" if gone else message.text or ""
    answered = message.parent_user_id or (message.root.user if message.root else None)
    in_thread = message.thread_ts is not None and message.thread_ts != message.ts
    return MessageEvent(
        platform=PLATFORM,
        community=ledger.name,
        channel=channel.id,
        author=people.member(user) if user else "",
        message=ledger.message(people.home, message.ts),
        at=_moment(message.ts, "ts"),
        text=plain(text),
        change=Change.DELETED if gone else Change.POSTED,
        reply_to_message=ledger.message(people.home, str(message.thread_ts)) if in_thread else None,
        reply_to_author=people.member(answered) if in_thread and answered else None,
        mentions=tuple(map(people.member, mentioned(text))),
        attachments=len(message.files or ()),
        bot=not gone and _is_nobodys(message, people),
    )


def _is_nobodys(message: _Message, people: People) -> bool:
    return (
        message.type != "message"
        or message.subtype not in _PEOPLES_SUBTYPES
        or bool(message.bot_id)
        or not message.user
        or message.user in people.bots
    )


def _moment(timestamp: str, field: str) -> datetime:
    found = _TIMESTAMP.fullmatch(timestamp)
    if found is None:
        raise UnreadableError(f"{field}: not a time as Slack writes it")
    seconds, fraction = found.groups(default="")
    return _EPOCH + timedelta(seconds=int(seconds), microseconds=int(fraction.ljust(6, "0")))
