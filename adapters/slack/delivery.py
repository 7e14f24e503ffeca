"""Brings an answer to the one member it is for."""

from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.webhook.async_client import AsyncWebhookClient

from adapters.kit.card import Attachment, Card, Paragraph
from adapters.kit.memory import DraftMemory
from adapters.slack import buttons
from adapters.slack.charts import drawn, uploaded
from adapters.slack.elements import preformatted, rich, styled
from adapters.slack.failures import error_code, library_logger
from adapters.slack.pace import Pace
from adapters.slack.quoting import pieces
from adapters.slack.recipient import Recipient
from adapters.slack.render import Message, render
from bot.balance.identity import Member
from bot.text.draft import Draft

WHISPERED = 2
"""Messages an answer in a channel may take: it vanishes there, so longer ones go to the direct messages."""

_PASTED = 3_500
"""Characters of a file in one message, where files may not be uploaded; Slack cuts text after 4,000."""

_OK = 200


class Delivery:
    """Sends answers.

    Args:
        pace: gives every message its turn.
        memory: keeps the drafts that fit no button.
    """

    def __init__(self, pace: Pace, memory: DraftMemory) -> None:
        self._pace = pace
        self._memory = memory

    def whisper(self, member: Member, card: Card) -> dict[str, Any] | None:
        """Return an answer as the one message that may acknowledge a command; None where it is more."""
        match self._rendered(member, card, direct=False):
            case (message,) if card.attachment is None and drawn(card) is None:
                return {"response_type": "ephemeral", **message.payload()}
            case _:
                return None

    async def send(self, to: Recipient, card: Card) -> None:
        """Send an answer where the member asked, for their eyes only.

        In a channel that is Slack's `response_url`; long answers, files, and answers whose
        `response_url` is used up go to the direct messages. A card without words sends nothing.
        """
        chart = drawn(card)
        image = await uploaded(to.client, chart) if chart is not None else None
        if image is not None and await self._with_image(to, card, image):
            return
        if to.origin.channel:
            if not (card.replaces and await self._replace(to, card)):
                await self._direct(to, to.origin.channel, card)
            return
        messages = self._rendered(to.member, card, direct=False)
        if not messages and card.attachment is None:
            return
        replace = card.replaces and len(messages) == 1
        if (
            card.attachment is None
            and len(messages) <= WHISPERED
            and await self._respond(to, messages, replace=replace)
        ):
            return
        await self._direct(to, to.user, card)
        elsewhere = Card((Paragraph("My answer is in our direct messages: it would have vanished here."),))
        await self._respond(to, render(elsewhere))

    async def _with_image(self, to: Recipient, card: Card, image: str) -> bool:
        """Send an answer of one message with its drawing; False where Slack does not take it."""
        match render(card, buttons.NO_VALUES, image):
            case (message,) if card.draft is None and card.attachment is None:
                pass
            case _:
                return False
        if to.origin.response_url and not to.origin.channel:
            return await self._respond(to, (message,), replace=card.replaces)
        channel = to.origin.channel or to.user
        thread: dict[str, Any] = {"thread_ts": to.origin.thread} if to.origin.thread else {}
        await self._turn(to)
        try:
            await to.client.chat_postMessage(channel=channel, **message.payload(), **thread)
        except SlackApiError as error:
            # Slack may not have finished taking the image in: the answer goes without it
            if error_code(error) != "invalid_blocks":
                raise
            return False
        return True

    def _rendered(self, member: Member, card: Card, *, direct: bool) -> tuple[Message, ...]:
        def keep(draft: Draft) -> str:
            return self._memory.keep(str(member), draft)

        return render(card, buttons.values_for(card, keep, shown_again=direct))

    async def _respond(self, to: Recipient, messages: tuple[Message, ...], *, replace: bool = False) -> bool:
        if not to.origin.response_url:
            return False
        webhook = AsyncWebhookClient(
            to.origin.response_url,
            session=to.client.session,
            logger=library_logger(),
            retry_handlers=[AsyncRateLimitErrorRetryHandler()],
        )
        for message in messages:
            body = {"response_type": "ephemeral", "replace_original": replace, **message.payload()}
            try:
                answer = await webhook.send_dict(body)
            except (aiohttp.ClientError, TimeoutError):  # said twice is better than not at all
                return False
            if answer.status_code != _OK:
                return False
        return True

    async def _replace(self, to: Recipient, card: Card) -> bool:
        """Put an answer in the place of the direct message whose button was pressed."""
        match self._rendered(to.member, card, direct=True):
            case (message,) if to.origin.message and card.attachment is None:
                arguments: dict[str, Any] = {"text": message.text, "blocks": list(message.blocks)}
            case _:
                return False
        try:
            await to.client.chat_update(channel=to.origin.channel, ts=to.origin.message, **arguments)
        except SlackApiError:  # it may be gone, or too old for the workspace's rules
            return False
        return True

    async def _direct(self, to: Recipient, channel: str, card: Card) -> None:
        thread: dict[str, Any] = {"thread_ts": to.origin.thread} if to.origin.thread else {}
        for message in self._rendered(to.member, card, direct=True):
            await self._turn(to)
            posted = await to.client.chat_postMessage(channel=channel, **message.payload(), **thread)
            channel = str(posted["channel"])
        if card.attachment is not None:
            await self._attach(to, channel, card.attachment, thread)

    async def _turn(self, to: Recipient) -> None:
        """Wait for a turn in a member's direct messages, which Slack knows by their id and by its own."""
        await self._pace.turn(to.member.id)

    async def _attach(self, to: Recipient, channel: str, file: Attachment, thread: dict[str, Any]) -> None:
        """Upload a file; paste it where the app may not, so that an export is complete either way."""
        await self._turn(to)
        try:
            await to.client.files_upload_v2(
                channel=channel, content=file.content, filename=file.name, title=file.description, **thread
            )
        except SlackApiError as error:
            if error_code(error) != "missing_scope":
                raise
            for piece in pieces(file.content.decode(), _PASTED):
                await self._turn(to)
                await to.client.chat_postMessage(channel=channel, **_pasted(piece), **thread)


def _pasted(text: str) -> dict[str, Any]:
    blocks = tuple(rich(preformatted(styled(piece))) for piece in pieces(text, 2_900))
    return Message("Everything I keep about you, as JSON", blocks).payload()
