"""Answers members: a direct message, a command, a shortcut, a button, a window, the Home tab."""

import asyncio
from collections.abc import Awaitable, Mapping
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.kit.card import Action, Card, Paragraph
from adapters.kit.conversation import Conversation, Visit
from adapters.kit.guard import guarded
from adapters.kit.introductions import draft_gone
from adapters.kit.memory import DraftMemory
from adapters.kit.preferences import how_to_change_sites
from adapters.slack import buttons, home, markup, modals, shortcuts, translate
from adapters.slack.buttons import Press
from adapters.slack.delivery import Delivery, Recipient
from adapters.slack.failures import log_fault
from adapters.slack.modals import Origin
from adapters.slack.people import People
from adapters.slack.settings import LONGEST, MODAL_LONGEST
from bot.bootstrap import Application
from bot.text.draft import Author, Draft, ReplyTo, Surface
from bot.text.spans import utf16_offset

Payload = Mapping[str, Any]

AT_ONCE = 4
"""Drafts read at once: reading one keeps a processor busy, so more would only keep each other waiting."""

_PROMPTS = (
    {"title": "What can you do?", "message": "help"},
    {"title": "My balance", "message": "balance"},
    {"title": "My settings", "message": "settings"},
)
"""What a thread of the assistant view offers to say; four at most (assistant.threads.setSuggestedPrompts)."""


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
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def direct_message(self, body: Payload, client: AsyncWebClient) -> None:
        """Answer a message in the app's direct messages, in its thread if it has one."""
        event: Payload = body["event"]
        team = translate.team_of(body)
        origin = Origin(channel=event["channel"], thread=str(event.get("thread_ts") or ""))
        to = self._recipient(client, team, event["user"], origin)
        names = await self._people.names(client, team, markup.mentioned(str(event.get("text") or "")))
        await self._delivery.send(to, await self._said(to, team, translate.seen_text(event, names)))

    async def thread_started(self, body: Payload, client: AsyncWebClient) -> None:
        """Greet a member who opened a thread of the app's assistant view, and offer the plain commands."""
        opened: Payload = body["event"]["assistant_thread"]
        origin = Origin(channel=str(opened["channel_id"]), thread=str(opened["thread_ts"]))
        team = translate.team_of(body)
        to = self._recipient(client, team, str(opened["user_id"]), origin)
        await self._delivery.send(to, await self._said(to, team, "hi"))
        try:
            await client.assistant_threads_setSuggestedPrompts(
                channel_id=origin.channel, thread_ts=origin.thread, prompts=[*_PROMPTS]
            )
        except SlackApiError as error:  # they are a convenience, and the greeting is there
            log_fault("offering the plain commands", error)

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

    async def check_post(self, body: Payload, client: AsyncWebClient) -> None:
        """Answer the shortcut on a message of one's own: what to change in an edit."""
        to = self.asking(body, client)
        await self._delivery.send(to, await self._in_turn(self._posted(to, body)))

    async def check_reply(self, body: Payload, client: AsyncWebClient) -> None:
        """Open a window for an answer to somebody's message."""
        to = self.asking(body, client)
        await self._delivery.send(to, await guarded(self._replying(to, body)))

    async def new_draft(self, body: Payload, client: AsyncWebClient) -> None:
        """Open an empty window from anywhere in Slack."""
        to = self.asking(body, client)
        await self._delivery.send(to, await guarded(self._open(to, str(body["trigger_id"]))))

    async def home_opened(self, body: Payload, client: AsyncWebClient) -> None:
        """Show the Home tab to the member who opened it."""
        team = translate.team_of(body)
        await self._show_home(self._recipient(client, team, body["event"]["user"], Origin()), team)

    async def pressed(self, body: Payload, client: AsyncWebClient) -> None:
        """Answer a button."""
        press = buttons.pressed(body)
        if press is None:
            return
        team = translate.team_of(body)
        to = self.asking(body, client)
        card = await guarded(self._pressed(to, team, press, str(body["trigger_id"])))
        at_home = home.was_pressed(dict(body))
        if not (at_home and home.speaks_for_itself(press.action)):
            await self._delivery.send(to, card)
        if at_home or (press.action is Action.FORGET and press.argument):
            await self._show_home(to, team)

    async def submitted(self, body: Payload, client: AsyncWebClient) -> None:
        """Answer a draft typed into the window."""
        typed = modals.typed(body["view"])
        team = translate.team_of(body)
        to = self._recipient(client, team, body["user"]["id"], typed.origin)
        visit = await self._visit(to, team)
        answer = self._conversation.check(visit, typed.text, typed.surface, typed.reply_to)
        await self._delivery.send(to, await self._in_turn(answer))

    async def sites_submitted(self, body: Payload, client: AsyncWebClient) -> None:
        """Take over a member's own sites as they edited them."""
        typed = modals.typed(body["view"])
        team = translate.team_of(body)
        to = self._recipient(client, team, body["user"]["id"], typed.origin)
        changed = self._conversation.change_own_sites(await self._visit(to, team), typed.text)
        await self._delivery.send(to, await guarded(changed))
        await self._show_home(to, team)

    def asking(self, body: Payload, client: AsyncWebClient) -> Recipient:
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
        return self._recipient(client, translate.team_of(body), user, origin)

    def answering(self, body: Payload, client: AsyncWebClient, origin: Origin) -> Recipient:
        """Return who sent a window, and where they opened it."""
        return self._recipient(client, translate.team_of(body), body["user"]["id"], origin)

    def _recipient(self, client: AsyncWebClient, team: str, user: str, origin: Origin) -> Recipient:
        return Recipient(client, translate.member(team, user), user, origin)

    async def _in_turn(self, answer: Awaitable[Card]) -> Card:
        """Make an answer when it is its turn; what fails becomes a kind line."""
        async with self._turns:
            return await guarded(answer)

    async def _said(self, to: Recipient, team: str, text: str) -> Card:
        card = await self._in_turn(self._answered(to, team, text))
        if text.strip().rstrip("!. ").casefold() == "forget me":
            await self._show_home(to, team)  # it may still show the balance that is gone
        return card

    async def _answered(self, to: Recipient, team: str, text: str) -> Card:
        return await self._conversation.direct(await self._visit(to, team), text)

    async def _posted(self, to: Recipient, body: Payload) -> Card:
        if not shortcuts.is_own(body):
            return _somebody_else_s()
        team = translate.team_of(body)
        names = await self._people.names(
            to.client, team, markup.mentioned(str(body["message"].get("text") or ""))
        )
        text = translate.seen_text(body["message"], names)
        return await self._conversation.check(
            await self._visit(to, team),
            text,
            shortcuts.surface_of(body),
            posted_at=translate.moment(str(body["message"]["ts"])),
        )

    async def _replying(self, to: Recipient, body: Payload) -> Card:
        """Open the window at once: a trigger lasts three seconds, so nobody mentioned is looked up."""
        surface = Surface.DIRECT if shortcuts.surface_of(body) is Surface.DIRECT else Surface.REPLY
        return await self._open(
            to, str(body["trigger_id"]), surface=surface, reply_to=shortcuts.answered(body, {})
        )

    async def _pressed(self, to: Recipient, team: str, press: Press, trigger: str) -> Card:
        match press.action:
            case Action.AGAIN:
                return await self._edit(to, team, press, trigger)
            case Action.TRY:
                return await self._open(to, trigger)
            case Action.SITES:
                return await self._edit_sites(to, team, trigger)
            case _:
                visit = await self._visit(to, team)
                draft = self._draft(visit, press)
                async with self._turns:
                    return await self._conversation.press(visit, press.action, press.argument, draft)

    async def _edit(self, to: Recipient, team: str, press: Press, trigger: str) -> Card:
        """Open a window with the draft in it; the card has no words unless there is something to say."""
        visit = await self._visit(to, team)
        draft = self._draft(visit, press)
        if draft is None:
            return draft_gone()
        text = await self._conversation.editable(visit, draft)
        if utf16_offset(text, len(text)) > MODAL_LONGEST:
            return _too_long_to_edit()
        return await self._open(to, trigger, text, draft.surface, draft.reply_to)

    async def _open(
        self,
        to: Recipient,
        trigger: str,
        text: str = "",
        surface: Surface = Surface.CHANNEL,
        reply_to: ReplyTo | None = None,
    ) -> Card:
        await to.client.views_open(trigger_id=trigger, view=modals.window(to.origin, text, surface, reply_to))
        return Card(())

    async def _edit_sites(self, to: Recipient, team: str, trigger: str) -> Card:
        sites = await self._conversation.own_sites(await self._visit(to, team))
        if len("\n".join(sites)) > MODAL_LONGEST:
            return how_to_change_sites()
        await to.client.views_open(trigger_id=trigger, view=modals.sites_window(to.origin, sites))
        return Card(())

    async def _show_home(self, to: Recipient, team: str) -> None:
        """Show the Home tab anew; where that fails the member still has what they asked for."""
        visit = await self._visit(to, team)
        try:
            view = home.view(
                await self._conversation.balance(visit), await self._conversation.settings(visit)
            )
            await to.client.views_publish(user_id=to.user, view=view)
        except Exception as error:  # noqa: BLE001 - the tab is beside the answer, never instead of it
            log_fault("showing the Home tab", error)

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


def _somebody_else_s() -> Card:
    return Card(
        (
            Paragraph(
                "That post is somebody else's, and I only look at your own. To answer it, use “Check my "
                "reply” on it."
            ),
        )
    )
