"""Answers members: a direct message, a command, a button, a window."""

from collections.abc import Mapping
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from adapters.kit.card import Action, Card, Paragraph
from adapters.kit.conversation import Conversation, Visit
from adapters.kit.guard import guarded
from adapters.kit.introductions import draft_gone
from adapters.kit.memory import DraftMemory
from adapters.slack import buttons, markup, modals, translate
from adapters.slack.buttons import Press
from adapters.slack.delivery import Delivery, Recipient
from adapters.slack.modals import Origin
from adapters.slack.people import People
from adapters.slack.settings import LONGEST, MODAL_LONGEST
from bot.bootstrap import Application
from bot.text.draft import Author, Draft, Surface
from bot.text.spans import utf16_offset

Payload = Mapping[str, Any]


class Desk:
    """Reads what a member did, asks the conversation and sends the answer.

    Args:
        application: the services.
        delivery: brings the answers.
        memory: keeps the drafts that fit no button.
        people: names members.
    """

    def __init__(
        self, application: Application, delivery: Delivery, memory: DraftMemory, people: People
    ) -> None:
        self._application = application
        self._delivery = delivery
        self._memory = memory
        self._people = people
        self._conversation = Conversation(application, LONGEST, memory)

    async def direct_message(self, body: Payload, client: AsyncWebClient) -> None:
        """Answer a message in the app's direct messages, in its thread if it has one."""
        event: Payload = body["event"]
        team = translate.team_of(body)
        origin = Origin(channel=event["channel"], thread=str(event.get("thread_ts") or ""))
        to = self._recipient(client, team, event["user"], origin)
        names = await self._people.names(client, team, markup.mentioned(str(event.get("text") or "")))
        await self._delivery.send(to, await self._said(to, team, translate.seen_text(event, names)))

    async def command(self, body: Payload, client: AsyncWebClient) -> Card:
        """Return the answer to `/checkpost` with a text: a draft, or one of the plain commands."""
        team = translate.team_of(body)
        to = self.asking(body, client)
        escaped = str(body.get("text") or "")
        names = await self._people.names(client, team, markup.mentioned(escaped))
        return await self._said(to, team, translate.readable(markup.plain(escaped, names)))

    async def opened(self, body: Payload, client: AsyncWebClient) -> Card:
        """Open an empty window for `/checkpost` without a text."""
        to = self.asking(body, client)
        return await guarded(self._open(to, str(body["trigger_id"])))

    async def pressed(self, body: Payload, client: AsyncWebClient) -> None:
        """Answer a button."""
        press = buttons.pressed(body)
        if press is None:
            return
        to = self.asking(body, client)
        if press.action is Action.AGAIN:
            answer = self._edit(to, translate.team_of(body), press, str(body["trigger_id"]))
        else:
            answer = self._press(to, translate.team_of(body), press)
        await self._delivery.send(to, await guarded(answer))

    async def submitted(self, body: Payload, client: AsyncWebClient) -> None:
        """Answer a draft typed into the window."""
        text, surface, origin = modals.typed(body["view"])
        team = translate.team_of(body)
        to = self._recipient(client, team, body["user"]["id"], origin)
        await self._delivery.send(to, await guarded(self._check(to, team, text, surface)))

    def asking(self, body: Payload, client: AsyncWebClient) -> Recipient:
        """Return who used a command or a button, and where."""
        user = str(body.get("user_id") or (body.get("user") or {}).get("id"))
        container: Payload = body.get("container") or {}
        channel = str(container.get("channel_id") or "")
        direct = channel if channel.startswith("D") and not container.get("is_ephemeral") else ""
        thread = str(container.get("thread_ts") or "") if direct else ""
        origin = Origin(direct, thread, str(body.get("response_url") or ""))
        return self._recipient(client, translate.team_of(body), user, origin)

    def _recipient(self, client: AsyncWebClient, team: str, user: str, origin: Origin) -> Recipient:
        return Recipient(client, translate.member(team, user), user, origin)

    async def _said(self, to: Recipient, team: str, text: str) -> Card:
        return await guarded(self._answered(to, team, text))

    async def _answered(self, to: Recipient, team: str, text: str) -> Card:
        return await self._conversation.direct(await self._visit(to, team), text)

    async def _check(self, to: Recipient, team: str, text: str, surface: Surface) -> Card:
        return await self._conversation.check(await self._visit(to, team), text, surface)

    async def _press(self, to: Recipient, team: str, press: Press) -> Card:
        visit = await self._visit(to, team)
        return await self._conversation.press(visit, press.action, press.argument, self._draft(visit, press))

    async def _edit(self, to: Recipient, team: str, press: Press, trigger: str) -> Card:
        """Open a window with the draft in it; the card has no words unless there is something to say."""
        visit = await self._visit(to, team)
        draft = self._draft(visit, press)
        if draft is None:
            return draft_gone()
        text = await self._conversation.editable(visit, draft)
        if utf16_offset(text, len(text)) > MODAL_LONGEST:
            return _too_long_to_edit()
        return await self._open(to, trigger, text, draft.surface)

    async def _open(
        self, to: Recipient, trigger: str, text: str = "", surface: Surface = Surface.CHANNEL
    ) -> Card:
        await to.client.views_open(trigger_id=trigger, view=modals.window(to.origin, text, surface))
        return Card(())

    def _draft(self, visit: Visit, press: Press) -> Draft | None:
        author = Author(visit.member.id, visit.display_name)
        owner = str(visit.member)
        return buttons.draft_of(
            press.value, press.others, author, lambda key: self._memory.recall(owner, key)
        )

    async def _visit(self, to: Recipient, team: str) -> Visit:
        """Return the visit; the name is looked up only for a member who wants hints about it."""
        chosen = await self._application.member_settings.read(to.member)
        name = await self._people.name(to.client, team, to.user) if chosen.real_name else None
        return Visit(to.member, name, translate.community(team))


def _too_long_to_edit() -> Card:
    return Card(
        (
            Paragraph(
                f"This draft is longer than a window takes ({MODAL_LONGEST:,} characters). "
                "Change it and send it to me here; I'll read it again."
            ),
        )
    )
