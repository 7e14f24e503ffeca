"""What Bolt calls: one listener for each kind of delivery, none longer than a hand-over.

Bolt runs with `process_before_response`: a delivery is acknowledged when its listener has returned,
and not at all when it raised, so that Slack delivers it again.
"""

import logging
import re
from collections.abc import Awaitable, Coroutine
from typing import Any, cast

import aiohttp
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.kit.card import Card
from adapters.kit.guard import guarded
from adapters.slack import admin_window, buttons, departures, member_window, modals, shortcuts, translate
from adapters.slack.administration import Administration
from adapters.slack.background import Background
from adapters.slack.delivery import Delivery
from adapters.slack.departures import Departures
from adapters.slack.desk import Desk
from adapters.slack.failures import log_fault
from adapters.slack.metrics import Metrics
from adapters.slack.once import Once
from adapters.slack.recipient import Recipient, answering, asking
from adapters.slack.recording import Recording
from bot.storage.errors import StorageError

Json = dict[str, Any]

COMMAND = "/checkpost"
ADMIN_COMMAND = "/checkpost-admin"

_log = logging.getLogger(__name__)

_EVERYTHING_ELSE = re.compile(".*")
_DIRECT = "D"  # how the ids of direct messages with the app begin
_SENT_BY_PEOPLE = frozenset({None, "file_share", "me_message", "thread_broadcast"})


class Listeners:
    """Hands each delivery over and acknowledges it at the right moment.

    Args:
        desk: answers members.
        administration: answers administrators.
        recording: records posts.
        departing: erases what is kept about who went.
        delivery: brings the answers.
        once: deals with each event once.
        background: finishes what takes longer than an acknowledgement may.
        metrics: counts.
    """

    def __init__(  # noqa: PLR0913 - each part is one thing that is handed over to
        self,
        *,
        desk: Desk,
        administration: Administration,
        recording: Recording,
        departing: Departures,
        delivery: Delivery,
        once: Once,
        background: Background,
        metrics: Metrics,
    ) -> None:
        self._desk = desk
        self._administration = administration
        self._recording = recording
        self._departures = departing
        self._delivery = delivery
        self._once = once
        self._background = background
        self._metrics = metrics

    def register(self, app: AsyncApp) -> None:
        """Tell Bolt what to call; it asks every listener in turn, so what comes most often stands first."""
        listen = cast("Any", app)  # Bolt's decorators are not typed
        listen.command(COMMAND)(self._command)
        listen.action(buttons.PATTERN)(self._pressed)
        listen.event("message")(self._message)
        listen.event("app_uninstalled")(self._uninstalled)
        listen.event("tokens_revoked")(self._tokens_revoked)
        listen.event("user_change")(self._user_changed)
        for left in departures.LEFT:
            listen.event(left)(self._channel_left)
        for deleted in departures.DELETED:
            listen.event(deleted)(self._channel_deleted)
        listen.event("app_home_opened")(self._home_opened)
        listen.event("assistant_thread_started")(self._thread_started)
        listen.event("assistant_thread_context_changed")(self._other_event)
        listen.event(_EVERYTHING_ELSE)(self._other_event)
        listen.command(ADMIN_COMMAND)(self._admin_command)
        listen.action(admin_window.PREVIEW)(self._previewed)
        listen.action(admin_window.INTRODUCE)(self._introduced)
        listen.view(modals.CALLBACK)(self._submitted)
        listen.view(member_window.CALLBACK)(self._settings_sent)
        listen.view(admin_window.CALLBACK)(self._administered)
        listen.shortcut(shortcuts.CHECK_POST)(self._check_post)
        listen.shortcut(shortcuts.CHECK_REPLY)(self._check_reply)
        listen.shortcut(shortcuts.CHECK_DRAFT)(self._new_draft)
        listen.error(_failed)

    async def post(self, body: Json) -> None:
        """Record a post in a channel, an edit or a deletion of one."""
        self._metrics.received("post")
        await self._recording.post(body)

    async def _message(self, body: Json, client: AsyncWebClient) -> None:
        event: Json = body["event"]
        if event.get("subtype") in _SENT_BY_PEOPLE and event.get("user") and not event.get("bot_id"):
            self._metrics.received("direct_message")
            whose = f"{translate.team_of(body)}/{event['user']}"
            await self._once.do(str(body["event_id"]), whose, lambda: self._desk.direct_message(body, client))

    async def _uninstalled(self, body: Json) -> None:
        await self._departures.uninstalled(body)

    async def _tokens_revoked(self, body: Json) -> None:
        await self._departures.tokens_revoked(body)

    async def _user_changed(self, body: Json) -> None:
        await self._departures.user_changed(body)

    async def _channel_left(self, body: Json) -> None:
        await self._departures.channel_left(body)

    async def _channel_deleted(self, body: Json) -> None:
        await self._departures.channel_deleted(body)

    async def _other_event(self, body: Json) -> None:
        """Acknowledge what an app may be sent without having asked, so that it is not sent again."""

    async def _command(self, ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        self._metrics.received("command")
        await self._answer(ack, asking(body, client), self._desk.command(body, client))

    async def _admin_command(self, ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        self._metrics.received("admin_command")
        to = asking(body, client)
        await self._answer(ack, to, guarded(self._administration.command(to, body)))

    async def _answer(self, ack: AsyncAck, to: Recipient, work: Coroutine[Any, Any, Card]) -> None:
        """Answer a command in its acknowledgement if the answer is there in time, else afterwards."""
        making = self._background.start(work)
        whispered = None
        if await self._background.in_time(making):
            whispered = self._delivery.whisper(to.member, making.result())
        if whispered is None:
            await self._background.in_time(self._background.start(self._told(to, making)))
        await ack(whispered or "")

    async def _home_opened(self, body: Json, client: AsyncWebClient) -> None:
        if body["event"].get("tab") == "home":
            self._metrics.received("home")
            await self._background.in_time(self._background.start(self._desk.home_opened(body, client)))

    async def _thread_started(self, body: Json, client: AsyncWebClient) -> None:
        self._metrics.received("thread")
        whose = f"{translate.team_of(body)}/{body['event']['assistant_thread']['user_id']}"
        await self._once.do(str(body["event_id"]), whose, lambda: self._desk.thread_started(body, client))

    async def _check_post(self, ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await self._in_the_background(ack, "shortcut", self._desk.check_post(body, client))

    async def _check_reply(self, ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await self._in_the_background(ack, "shortcut", self._desk.check_reply(body, client))

    async def _new_draft(self, ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await self._in_the_background(ack, "shortcut", self._desk.new_draft(body, client))

    async def _pressed(self, ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await self._in_the_background(ack, "button", self._desk.pressed(body, client))

    async def _submitted(self, ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        if not modals.typed(body["view"]).text.strip():
            await ack(modals.nothing_typed())
            return
        await self._in_the_background(ack, "window", self._desk.submitted(body, client))

    async def _settings_sent(self, ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        self._metrics.received("window")
        try:
            await self._desk.save(body, client)
        except (ValueError, StorageError) as error:
            await ack(member_window.refused(_logged(error)))
            return
        await self._background.in_time(self._background.start(self._desk.saved(body, client)))
        await ack()

    async def _administered(self, ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        self._metrics.received("window")
        to = answering(body, client, admin_window.origin_of(body["view"]))
        try:
            card = await self._administration.submitted(to, body)
        except (ValueError, StorageError) as error:
            await ack(admin_window.refused(_logged(error)))
            return
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            log_fault("asking who administers a workspace", error)
            await ack(admin_window.unsure())
            return
        await self._background.in_time(self._background.start(self._delivery.send(to, card)))
        await ack()

    async def _previewed(self, ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        to = answering(body, client, admin_window.origin_of(body["view"]))
        preview = guarded(self._administration.preview(to))
        await self._in_the_background(ack, "button", self._told(to, preview))

    async def _introduced(self, ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        to = answering(body, client, admin_window.origin_of(body["view"]))
        introduction = guarded(self._administration.introduce(to, body))
        await self._in_the_background(ack, "button", self._told(to, introduction))

    async def _told(self, to: Recipient, making: Awaitable[Card]) -> None:
        await self._delivery.send(to, await making)

    async def _in_the_background(self, ack: AsyncAck, kind: str, work: Coroutine[Any, Any, None]) -> None:
        """Acknowledge when the work is done, or when it has to be acknowledged; the work goes on."""
        self._metrics.received(kind)
        await self._background.in_time(self._background.start(work))
        await ack()


def in_a_channel(event: Json) -> bool:
    """Tell whether a message stands in a channel, and not in the app's direct messages."""
    return not str(event.get("channel")).startswith(_DIRECT)


def _logged(error: ValueError | StorageError) -> ValueError | StorageError:
    """Tell the operator of a fault of the records; what somebody typed is nobody's but theirs."""
    if isinstance(error, StorageError):
        _log.error("no settings could be changed: %s", error)
    return error


async def _failed(error: Exception) -> BoltResponse:
    """Log a fault and refuse the delivery, so that Slack brings it again."""
    log_fault("dealing with a delivery", error)
    return BoltResponse(status=500, body="")
