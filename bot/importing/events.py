"""Message events as JSON lines (contract.md, "The ledger from the shell")."""

import re
from collections.abc import Iterator

import msgspec

from bot.balance.event import Change, MessageEvent
from bot.importing.archive import Stream
from bot.importing.decoding import UnreadableError, decoded, moment_of
from bot.importing.ledger_name import LedgerName
from bot.importing.rejected import BrokenError, Rejected
from bot.interchange.draft_json import LONGEST_LINE

_CHANGES = {change.value: change for change in Change}
_PLATFORM = re.compile(r"[a-z][a-z0-9_-]{0,31}")
_MOST_ATTACHMENTS = 1_000_000

_Id = str | int
"""Platforms' ids are strings; exact whole numbers are taken too."""


class _ReplyTo(msgspec.Struct):
    message: _Id | None = None
    author: _Id | None = None


class _Line(msgspec.Struct):
    platform: str
    channel: _Id
    author: _Id
    message: _Id
    at: str
    community: _Id | None = None
    text: str | None = None
    reply_to: _ReplyTo | None = None
    mentions: tuple[_Id, ...] | None = None
    event: str | None = None
    attachments: int | None = None
    bot: bool | None = None


def read_events(stream: Stream, ledger: LedgerName) -> Iterator[MessageEvent | Rejected]:
    """Read events, one a line; empty lines are passed over, lines that are no event are rejected.

    Args:
        stream: the lines.
        ledger: where they go, whatever their `community` says.
    """
    number = 0
    try:
        for number, line in _lines(stream):
            try:
                yield _event(line, ledger)
            except UnreadableError as error:
                yield Rejected(f"line {number}", str(error))
    except BrokenError as error:
        yield Rejected(f"line {number + 1}", str(error))


def _lines(stream: Stream) -> Iterator[tuple[int, bytes]]:
    """Yield lines that are not empty, numbered from 1; of one that is too long, enough to tell."""
    number = 0
    while line := stream.readline(LONGEST_LINE + 2):
        number += 1
        ended = line.endswith(b"\n")
        line = line.strip()
        while not ended and (rest := stream.readline(LONGEST_LINE)):
            ended = rest.endswith(b"\n")
        if line:
            yield number, line


def _event(line: bytes, ledger: LedgerName) -> MessageEvent:
    if len(line) > LONGEST_LINE:
        raise UnreadableError(f"it is longer than {LONGEST_LINE:,} bytes")
    fields = decoded(line, _Line)
    change = _CHANGES.get(fields.event or Change.POSTED)
    if change is None:
        raise UnreadableError("event: neither posted, edited nor deleted")
    if not _PLATFORM.fullmatch(fields.platform):
        raise UnreadableError("platform: not a name like discord or slack")
    for name in ("channel", "author", "message"):
        if getattr(fields, name) == "":
            raise UnreadableError(f"{name}: it is empty")
    if fields.text is None and change is not Change.DELETED and not fields.bot:
        raise UnreadableError("text: it is missing")
    attachments = fields.attachments or 0
    if not 0 <= attachments <= _MOST_ATTACHMENTS:
        raise UnreadableError("attachments: not a count")
    reply = fields.reply_to or _ReplyTo()
    community = str(fields.community or "")
    return MessageEvent(
        platform=fields.platform,
        community=ledger.name,
        channel=str(fields.channel),
        author=str(fields.author),
        message=ledger.message(community, str(fields.message)),
        at=moment_of(fields.at, "at"),
        text="" if change is Change.DELETED else fields.text or "",
        change=change,
        reply_to_message=_some(reply.message) and ledger.message(community, str(reply.message)),
        reply_to_author=_some(reply.author),
        mentions=tuple(map(str, fields.mentions or ())),
        attachments=attachments,
        bot=bool(fields.bot),
    )


def _some(id_: _Id | None) -> str | None:
    return None if id_ is None or id_ == "" else str(id_)
