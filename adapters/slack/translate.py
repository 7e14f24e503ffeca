"""Slack's payloads, read into the domain's values; pure."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from adapters.slack import markup, rich_text
from bot.balance.event import Change, MessageEvent
from bot.balance.identity import Member

PLATFORM = "slack"

_PEOPLES_SUBTYPES = frozenset({None, "thread_broadcast", "file_share", "me_message"})
"""Message subtypes that are somebody's own post; all others are joins, topics, bots and the like."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Payload = Mapping[str, Any]


def member(team: str, user: str) -> Member:
    """Return a member's identity; user ids are per workspace."""
    return Member(PLATFORM, f"{team}/{user}")


def community(team: str) -> str:
    """Return the ledger of a workspace."""
    return f"{PLATFORM}:{team}"


def team_of(body: Payload) -> str:
    """Return the workspace a request is about; an interaction has it nested."""
    team = (
        body.get("team_id") or (body.get("team") or {}).get("id") or (body.get("user") or {}).get("team_id")
    )
    return str(team or "")


def moment(timestamp: str) -> datetime:
    """Return the time in a message's `ts`, exactly: seconds, a dot, microseconds.

    Raises:
        ValueError: it is not such a timestamp.
    """
    seconds, _, fraction = timestamp.partition(".")
    return _EPOCH + timedelta(seconds=int(seconds), microseconds=int(fraction[:6].ljust(6, "0") or 0))


def seen_text(message: Payload, names: Mapping[str, str] | None = None) -> str:
    """Return a message's text as its reader sees it.

    Args:
        message: a message event or the message inside one.
        names: the display name of each mentioned member that is known, by user id.
    """
    text = str(message.get("text") or "")
    typed = rich_text.written(message.get("blocks") or (), {**markup.labels(text), **(names or {})})
    return readable(typed if typed is not None else markup.plain(text, names))


def readable(text: str) -> str:
    """Return `text` without lone surrogates, which no other program could take."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def observed(body: Payload) -> MessageEvent | None:
    """Return what happened to a post in a channel; None where nobody's post is concerned.

    Bots, joins and other notices, previews attached to a link, and members of other organisations
    in a shared channel are nobody's post here.

    Args:
        body: an Events API payload with a `message` event.
    """
    event: Payload = body["event"]
    match event.get("subtype"):
        case "message_changed":
            return _edited(body, event)
        case "message_deleted":
            message = {"ts": event.get("deleted_ts")} | dict(event.get("previous_message") or {})
            return _event(body, message, Change.DELETED, str(event.get("event_ts") or event["ts"]))
        case _:
            return _event(body, event, Change.POSTED, str(event["ts"]))


def kept(team: str, channel: str, message: Payload) -> list[MessageEvent]:
    """Return what Slack's history says of a message: that it was posted, edited since, or is gone.

    Args:
        team: the workspace.
        channel: the channel.
        message: the message as `conversations.history` and `conversations.replies` give it.
    """
    body = {"team_id": team, "event": {"channel": channel}}
    posted = str(message["ts"])
    if message.get("subtype") == "tombstone":
        gone = _event(body, {"ts": posted}, Change.DELETED, posted)
        return [] if gone is None else [gone]
    edited = (message.get("edited") or {}).get("ts")
    # An edit that came before may be known already; the post of before it is not to be had any more.
    found = [_event(body, message, Change.POSTED, posted)]
    if edited is not None:
        found.append(_event(body, message, Change.EDITED, str(edited)))
    return [event for event in found if event is not None]


def _edited(body: Payload, event: Payload) -> MessageEvent | None:
    message: Payload = event["message"]
    at = str(event.get("event_ts") or event["ts"])
    if message.get("subtype") == "tombstone":
        gone = dict(event.get("previous_message") or {}) | {"ts": message["ts"]}
        return _event(body, gone, Change.DELETED, at)
    before: Payload = event.get("previous_message") or {}
    if "edited" not in message or message["edited"] == before.get("edited"):
        return None
    return _event(body, message, Change.EDITED, at)


def _event(body: Payload, message: Payload, change: Change, at: str) -> MessageEvent | None:
    team = team_of(body)
    home = {team, body.get("enterprise_id"), None, ""}
    foreign = {message.get("user_team"), message.get("team")} - home
    user = message.get("user")
    deleted = change is Change.DELETED
    # a deletion may come without the post; it counts for whoever wrote what was recorded
    nobody = not user and not deleted
    if foreign or nobody or message.get("bot_id") or message.get("subtype") not in _PEOPLES_SUBTYPES:
        return None
    text = str(message.get("text") or "")
    thread = message.get("thread_ts")
    answered = message.get("parent_user_id") or (message.get("root") or {}).get("user")
    in_thread = thread is not None and thread != message["ts"]
    return MessageEvent(
        platform=PLATFORM,
        community=community(team),
        channel=str(body["event"]["channel"]),
        author=f"{team}/{user}" if user else "",
        message=str(message["ts"]),
        at=moment(at),
        text="" if deleted else seen_text(message),
        change=change,
        reply_to_message=str(thread) if in_thread else None,
        reply_to_author=f"{team}/{answered}" if in_thread and answered else None,
        mentions=() if deleted else tuple(f"{team}/{user_id}" for user_id in markup.mentioned(text)),
        attachments=len(message.get("files") or ()),
        posted_at=moment(str(message["ts"])),
    )
