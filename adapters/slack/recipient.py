"""Who is answered, and where; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack import translate
from adapters.slack.modals import Origin
from bot.balance.identity import Member

Payload = Mapping[str, Any]

NOWHERE = Origin()
"""Outside any conversation: answers go to the direct messages."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is answered, and where.

    Attributes:
        client: acts for the app in the member's workspace.
        member: the member.
        user: their id in the workspace.
        origin: where they asked.
        community: the ledger of the workspace.
    """

    client: AsyncWebClient
    member: Member
    user: str
    origin: Origin
    community: str


def recipient(client: AsyncWebClient, team: str, user: str, origin: Origin = NOWHERE) -> Recipient:
    """Return a member of a workspace as who is answered."""
    return Recipient(client, translate.member(team, user), user, origin, translate.community(team))


def asking(body: Payload, client: AsyncWebClient) -> Recipient:
    """Return who used a command, a shortcut or a button, and where."""
    person: Payload = body.get("user") or {}
    user = str(body.get("user_id") or person.get("id"))
    container: Payload = body.get("container") or {}
    channel = str(container.get("channel_id") or "")
    direct = channel if channel.startswith("D") and not container.get("is_ephemeral") else ""
    origin = Origin(
        channel=direct,
        thread=str(container.get("thread_ts") or "") if direct else "",
        response_url=str(body.get("response_url") or ""),
        message=str(container.get("message_ts") or "") if direct else "",
    )
    return recipient(client, translate.team_of(body), user, origin)


def answering(body: Payload, client: AsyncWebClient, origin: Origin) -> Recipient:
    """Return who sent a window or pressed a button in one, and where they opened it."""
    return recipient(client, translate.team_of(body), str(body["user"]["id"]), origin)
