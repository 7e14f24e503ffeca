"""The JSON of DiscordChatExporter: a file for each channel or thread, however large, or a folder of them.

Source: https://github.com/Tyrrrz/DiscordChatExporter (`JsonMessageWriter`). The counts are of posts
in servers: exports of direct messages are refused.
"""

import re
from collections import OrderedDict
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec

from bot.balance.event import Change, MessageEvent
from bot.importing.archive import Archive
from bot.importing.decoding import UnreadableError, decoded, moment_of
from bot.importing.json_stream import elements
from bot.importing.ledger_name import LedgerName
from bot.importing.rejected import BrokenError, ExportError, Rejected

PLATFORM = "discord"

REMEMBERED = 20_000
"""Messages back to which the export is searched for who wrote what is answered: it names no author."""

_WRITTEN = frozenset({"Default", "Reply"})
_MENTION = re.compile(r"<@!?(\d{15,21})>")

_Id = str | int


class _Guild(msgspec.Struct):
    id: _Id


class _ChannelHeader(msgspec.Struct):
    id: _Id
    type: str | int | None = None
    categoryId: _Id | None = None  # noqa: N815 - the export's own name


class _User(msgspec.Struct):
    id: _Id
    name: str | None = None
    nickname: str | None = None
    isBot: bool | None = None  # noqa: N815 - likewise


class _Reference(msgspec.Struct):
    messageId: _Id | None = None  # noqa: N815 - likewise


class _Message(msgspec.Struct):
    id: _Id
    timestamp: str
    author: _User
    type: str | int = "Default"
    timestampEdited: str | None = None  # noqa: N815 - likewise
    content: str | None = None
    attachments: list[Any] | None = None
    stickers: list[Any] | None = None
    mentions: list[_User] | None = None
    reference: _Reference | None = None


@dataclass(slots=True)
class _Channel:
    """Where messages stand, and who wrote the last ones."""

    ledger: LedgerName
    guild: str
    id: str
    parent: str | None
    authors: OrderedDict[str, str] = field(default_factory=OrderedDict[str, str])

    def remember(self, message: _Message) -> None:
        self.authors[str(message.id)] = str(message.author.id)
        if len(self.authors) > REMEMBERED:
            self.authors.popitem(last=False)


def read_discord_export(archive: Archive, ledger: LedgerName) -> Iterator[MessageEvent | Rejected]:
    """Read exports: each message as it was posted and, where it was edited, as it was edited last.

    Args:
        archive: one export, or several.
        ledger: where the messages go.

    Raises:
        ExportError: there is one file and it is no such export.
    """
    channel: _Channel | None = None
    for name in archive.names:
        # Attachments that were downloaded along lie beside the export, and some of them are JSON.
        if any(folder.endswith("_Files") for folder in name.split("/")[:-1]):
            continue
        try:
            channel = yield from _read_file(archive, name, ledger, channel)
        except ExportError as error:
            if len(archive.names) == 1:
                raise
            yield Rejected(name, str(error))


def _read_file(
    archive: Archive, name: str, ledger: LedgerName, before: _Channel | None
) -> Generator[MessageEvent | Rejected, None, _Channel | None]:
    """Read one file; `before` is the channel of the last one, which this may go on with."""
    parts: dict[str, bytes] = {}
    channel: _Channel | None = None
    number = 0
    try:
        with archive.open(name) as stream:
            for key, raw in elements(stream, "messages"):
                if key != "messages":
                    parts[key] = raw
                    continue
                channel = channel or _channel(parts, ledger, before)
                number += 1
                try:
                    yield from _events(decoded(raw, _Message), channel)
                except UnreadableError as error:
                    yield Rejected(f"{name}, message {number}", str(error))
            channel = channel or _channel(parts, ledger, before)
    except BrokenError as error:
        if channel is None:
            _channel(parts, ledger, before)
        yield Rejected(f"{name}, after message {number}", str(error))
    return channel


def _channel(parts: Mapping[str, bytes], ledger: LedgerName, before: _Channel | None) -> _Channel:
    try:
        guild = decoded(parts["guild"], _Guild)
        header = decoded(parts["channel"], _ChannelHeader)
    except (KeyError, UnreadableError):
        raise ExportError("this is no JSON export of DiscordChatExporter; export with `-f Json`") from None
    kind = str(header.type or "")
    if str(guild.id) == "0" or kind.startswith("Direct"):
        raise ExportError("this is an export of direct messages, which are never counted")
    if before is not None and before.id == str(header.id):
        return before
    # What the export calls the category of a thread is the channel it hangs on.
    parent = str(header.categoryId) if kind.endswith("Thread") and header.categoryId else None
    return _Channel(ledger, str(guild.id), str(header.id), parent)


def _events(message: _Message, channel: _Channel) -> Iterator[MessageEvent]:
    posted = _event(message, channel)
    channel.remember(message)
    yield posted
    if message.timestampEdited and not posted.bot:
        # The export holds the last edit's text only; without it a live edit could not tell which is later.
        edited = moment_of(message.timestampEdited, "timestampEdited")
        yield replace(posted, change=Change.EDITED, at=edited, posted_at=posted.at)


def _event(message: _Message, channel: _Channel) -> MessageEvent:
    answered = _answered(message, channel)
    return MessageEvent(
        platform=PLATFORM,
        community=channel.ledger.name,
        channel=channel.parent or channel.id,
        author=str(message.author.id),
        message=channel.ledger.message(channel.guild, str(message.id)),
        at=moment_of(message.timestamp, "timestamp"),
        text=message.content or "",
        reply_to_message=answered and channel.ledger.message(channel.guild, answered),
        reply_to_author=channel.authors.get(answered) if answered else None,
        mentions=_mentions(message),
        attachments=len(message.attachments or ()) + len(message.stickers or ()),
        # Webhooks, and what programs such as PluralKit post through them, are marked as bots, too.
        bot=bool(message.author.isBot) or message.type not in _WRITTEN,
    )


def _answered(message: _Message, channel: _Channel) -> str | None:
    """Return the id of what a message answers; in a thread at least what the thread started from."""
    if message.type == "Reply" and message.reference and message.reference.messageId:
        return str(message.reference.messageId)
    if channel.parent is not None and str(message.id) != channel.id:
        return channel.id
    return None


def _mentions(message: _Message) -> tuple[str, ...]:
    """Return who is mentioned in the text, in order; the export names them in an order of its own."""
    text = message.content or ""
    marked = _MENTION.findall(text)
    if marked:
        return tuple(dict.fromkeys(marked))
    found: list[tuple[int, str]] = []
    for user in message.mentions or ():
        places = [text.find(f"@{name}") for name in (user.nickname, user.name) if name]
        position = min((place for place in places if place >= 0), default=len(text))
        # Somebody an answer merely notifies stands in the list and not in the text.
        if position < len(text) or message.type != "Reply":
            found.append((position, str(user.id)))
    return tuple(dict.fromkeys(id_ for _, id_ in sorted(found, key=lambda pair: pair[0])))
