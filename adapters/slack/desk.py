"""Answers members: a direct message, a command, a shortcut, a button, a window, the Home tab."""

import asyncio
from collections.abc import Awaitable, Mapping
from typing import Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.kit.card import Action, Card, Paragraph
from adapters.kit.conversation import Conversation
from adapters.kit.guard import guarded
from adapters.kit.memory import DraftMemory
from adapters.kit.visit import Visit
from adapters.slack import buttons, home, markup, member_window, modals, shortcuts, translate
from adapters.slack.buttons import Press
from adapters.slack.delivery import Delivery
from adapters.slack.draft_windows import NOTHING, DraftWindows
from adapters.slack.failures import log_fault
from adapters.slack.home_tab import HomeTab
from adapters.slack.member_settings import MemberSettings
from adapters.slack.modals import Origin
from adapters.slack.people import People
from adapters.slack.recipient import NOWHERE, Recipient, answering, asking, recipient
from adapters.slack.settings import LONGEST
from adapters.slack.visits import Visits
from bot.bootstrap import Application
from bot.text.draft import Author, Draft

Payload = Mapping[str, Any]

AT_ONCE = 4
"""Drafts read at once: reading one keeps a processor busy, so more would only keep each other waiting."""

_PROMPTS = (
    {"title": "What can you do?", "message": "help"},
    {"title": "My balance", "message": "balance"},
    {"title": "My settings", "message": "settings"},
)
"""What a thread of the assistant view offers to say; four at most (assistant.threads.setSuggestedPrompts)."""

_SETTINGS, _FORGET = "settings", "forget me"


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
        self._delivery = delivery
        self._memory = memory
        self._people = people
        self._conversation = Conversation(application, LONGEST, memory)
        self._visits = Visits(application.member_settings, people)
        self._home = HomeTab(self._conversation, self._visits)
        self._drafts = DraftWindows(self._conversation)
        self._settings = MemberSettings(application)
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def direct_message(self, body: Payload, client: AsyncWebClient) -> None:
        """Answer a message in the app's direct messages, in its thread if it has one."""
        event: Payload = body["event"]
        team = translate.team_of(body)
        origin = Origin(channel=event["channel"], thread=str(event.get("thread_ts") or ""))
        to = recipient(client, team, event["user"], origin)
        names = await self._people.names(client, team, markup.mentioned(str(event.get("text") or "")))
        await self._delivery.send(to, await self._said(to, translate.seen_text(event, names)))

    async def thread_started(self, body: Payload, client: AsyncWebClient) -> None:
        """Greet a member who opened a thread of the app's assistant view, and offer the plain commands."""
        opened: Payload = body["event"]["assistant_thread"]
        origin = Origin(channel=str(opened["channel_id"]), thread=str(opened["thread_ts"]))
        to = recipient(client, translate.team_of(body), str(opened["user_id"]), origin)
        await self._delivery.send(to, await self._said(to, "hi"))
        try:
            await client.assistant_threads_setSuggestedPrompts(
                channel_id=origin.channel, thread_ts=origin.thread, prompts=[*_PROMPTS]
            )
        except SlackApiError as error:  # they are a convenience, and the greeting is there
            log_fault("offering the plain commands", error)

    async def command(self, body: Payload, client: AsyncWebClient) -> Card:
        """Return the answer to `/checkpost` with a text: a draft, or one of the plain commands.

        Without a text, or for the settings, a window opens instead.
        """
        to = asking(body, client)
        escaped, trigger = str(body.get("text") or ""), str(body["trigger_id"])
        if not escaped.strip():
            return await guarded(self._drafts.empty(to, trigger))
        if _is(escaped, _SETTINGS):
            return await guarded(self._choosing(to, trigger))
        team = translate.team_of(body)
        names = await self._people.names(client, team, markup.mentioned(escaped))
        return await self._said(to, translate.readable(markup.plain(escaped, names)))

    async def check_post(self, body: Payload, client: AsyncWebClient) -> None:
        """Answer the shortcut on a message of one's own: what to change in an edit."""
        to = asking(body, client)
        await self._delivery.send(to, await self._in_turn(self._posted(to, body)))

    async def check_reply(self, body: Payload, client: AsyncWebClient) -> None:
        """Open a window for an answer to somebody's message."""
        to = asking(body, client)
        await self._delivery.send(to, await guarded(self._drafts.reply(to, body)))

    async def new_draft(self, body: Payload, client: AsyncWebClient) -> None:
        """Open an empty window from anywhere in Slack."""
        to = asking(body, client)
        await self._delivery.send(to, await guarded(self._drafts.empty(to, str(body["trigger_id"]))))

    async def home_opened(self, body: Payload, client: AsyncWebClient) -> None:
        """Show the Home tab to the member who opened it."""
        await self._home.show(recipient(client, translate.team_of(body), body["event"]["user"]))

    async def pressed(self, body: Payload, client: AsyncWebClient) -> None:
        """Answer a button."""
        press = buttons.pressed(body)
        if press is None:
            return
        view: Payload = body.get("view") or {}
        in_window, at_home = member_window.is_it(view), home.was_pressed(dict(body))
        to = answering(body, client, NOWHERE) if in_window else asking(body, client)
        card = await guarded(self._pressed(to, press, str(body["trigger_id"])))
        erased = press.action is Action.FORGET and bool(press.argument)
        if in_window and erased:
            await self._settings.erased(to, str(view["id"]), card)
        elif not (at_home and home.speaks_for_itself(press.action)):
            await self._delivery.send(to, card)
        if at_home or erased:
            await self._home.show(to)

    async def submitted(self, body: Payload, client: AsyncWebClient) -> None:
        """Answer a draft typed into the window."""
        typed = modals.typed(body["view"])
        to = answering(body, client, typed.origin)
        visit = await self._visits.of(to)
        answer = self._conversation.coaching.check(visit, typed.text, typed.surface, typed.reply_to)
        await self._delivery.send(to, await self._in_turn(answer))

    async def save(self, body: Payload, client: AsyncWebClient) -> None:
        """Make a member's settings what their window asks for.

        Raises:
            fields.NotUnderstoodError: a field holds what fits no setting, and nothing was changed.
        """
        await self._settings.save(answering(body, client, NOWHERE).member, body["view"])

    async def saved(self, body: Payload, client: AsyncWebClient) -> None:
        """Say so where the window was opened; in the Home tab it is seen."""
        to = answering(body, client, member_window.origin_of(body["view"]))
        if to.origin != NOWHERE:
            await self._delivery.send(to, Card((Paragraph("Saved."),)))
        await self._home.show(to)

    async def _in_turn(self, answer: Awaitable[Card]) -> Card:
        """Make an answer when it is its turn; what fails becomes a kind line."""
        async with self._turns:
            return await guarded(answer)

    async def _said(self, to: Recipient, text: str) -> Card:
        card = await self._in_turn(self._answered(to, text))
        if _is(text, _SETTINGS):
            return member_window.offered(card)
        if _is(text, _FORGET):
            await self._home.show(to)  # it may still show the balance that is gone
        return card

    async def _answered(self, to: Recipient, text: str) -> Card:
        return await self._conversation.direct(await self._visits.of(to), text)

    async def _choosing(self, to: Recipient, trigger: str) -> Card:
        await self._settings.open(to, trigger)
        return NOTHING

    async def _posted(self, to: Recipient, body: Payload) -> Card:
        if not shortcuts.is_own(body):
            return _somebody_else_s()
        names = await self._people.names(
            to.client, translate.team_of(body), markup.mentioned(str(body["message"].get("text") or ""))
        )
        return await self._conversation.coaching.check(
            await self._visits.of(to),
            translate.seen_text(body["message"], names),
            shortcuts.surface_of(body),
            posted_at=translate.moment(str(body["message"]["ts"])),
        )

    async def _pressed(self, to: Recipient, press: Press, trigger: str) -> Card:
        match press.action:
            case Action.TRY:
                return await self._drafts.empty(to, trigger)
            case Action.SITES | Action.SETTINGS:
                return await self._choosing(to, trigger)
            case _:
                visit = await self._visits.of(to)
                draft = self._draft(visit, press)
        if press.action is Action.AGAIN:
            return await self._drafts.edit(to, visit, draft, trigger)
        async with self._turns:
            return await self._conversation.press(visit, press.action, press.argument, draft)

    def _draft(self, visit: Visit, press: Press) -> Draft | None:
        author = Author(visit.member.id, visit.display_name)
        owner = str(visit.member)
        return buttons.draft_of(
            press.value, press.others, author, lambda key: self._memory.recall(owner, key)
        )


def _is(text: str, command: str) -> bool:
    """Tell whether a text is one of the plain commands."""
    return text.strip().rstrip("!. ").casefold() == command


def _somebody_else_s() -> Card:
    return Card(
        (
            Paragraph(
                "That post is somebody else's, and I only look at your own. To answer it, use “Check my "
                "reply” on it."
            ),
        )
    )
