"""The connection to Slack: Socket Mode or HTTP, one workspace with one token or any that install the app."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import cast

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from adapters.kit.card import Card
from adapters.kit.memory import DraftMemory
from adapters.kit.nudging import send_due
from adapters.kit.protocol import AdapterError
from adapters.slack import digests, settings, summaries
from adapters.slack.administration import Administration
from adapters.slack.background import Background
from adapters.slack.delivery import Delivery, Recipient
from adapters.slack.desk import Desk
from adapters.slack.failures import certainly_refused, explained, library_logger, log_fault
from adapters.slack.http import HttpServer
from adapters.slack.install import InstallFlow, install_flow
from adapters.slack.listeners import Listeners
from adapters.slack.metrics import Metrics
from adapters.slack.modals import Origin
from adapters.slack.once import Once
from adapters.slack.pace import Pace
from adapters.slack.people import People
from adapters.slack.recording import Recording
from adapters.slack.workspaces import Workspaces
from bot.balance.identity import Member
from bot.bootstrap import Application
from bot.summaries.digest import Digest
from bot.summaries.summary import Summary

_CALL_SECONDS = 10.0
_FINISH_SECONDS = 10.0
_ATTEMPTS = 3
"""How often Slack may say "later" (429) to one call."""

NUDGE_EVERY = 900.0
"""Seconds between two looks at whom to nudge."""

PING_SECONDS = 10.0
"""Between two signs of life in Socket Mode; after four missed ones the library connects anew."""


class SlackCoach:
    """The coach in a Slack workspace.

    Args:
        application: the services.
        sleep: waits for so many seconds; gives messages their pace.
    """

    name = "slack"

    def __init__(
        self, application: Application, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        self._application = application
        self._settings = application.settings.slack
        self._sleep = sleep
        self._pace = Pace(time.monotonic, sleep)
        self._background = Background()
        self._metrics = Metrics()
        self._memory = DraftMemory(application.clock)
        self._delivery = Delivery(self._pace, self._memory)
        self._session: aiohttp.ClientSession | None = None
        self._socket: AsyncSocketModeHandler | None = None
        self._server: HttpServer | None = None
        self._workspaces: Workspaces | None = None

    @property
    def port(self) -> int:
        """The port of HTTP mode; 0 before it listens and in Socket Mode."""
        return self._server.port if self._server is not None else 0

    async def run(self) -> None:
        """Connect and serve until cancelled.

        Raises:
            AdapterError: a setting is missing, or Slack refuses it or cannot be reached.
        """
        settings.check(self._settings)
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=_CALL_SECONDS))
        if settings.many_workspaces(self._settings):
            self._workspaces = self._installed()
        try:
            app = await self._made()
            if self._settings.mode == "socket":
                await self._connect(app)
            else:
                install = None
                if self._workspaces is not None:
                    install = self._install_flow(self._workspaces)
                self._server = HttpServer(app, self._application.health, self._metrics, install)
                await self._server.start(self._settings)
            await self._nudge_now_and_then()
        finally:
            await self.close()

    async def probe(self) -> str:
        """Ask Slack who the app is, and in Socket Mode whether it may connect; see `Adapter.probe`."""
        settings.check(self._settings)
        if settings.many_workspaces(self._settings):
            with explained(self._settings, "slack.client_id"):
                await self._client().api_test()
            return f"app {self._settings.client_id} in every workspace that installs it"
        _, name = await self._identity()
        if self._settings.mode == "socket":
            await self._socket_address()
        return name

    async def close(self) -> None:
        """Take nothing new, finish what is under way and disconnect."""
        server, self._server = self._server, None
        socket, self._socket = self._socket, None
        session, self._session = self._session, None
        if server is not None:
            await server.stop()
        await self._background.drain(_FINISH_SECONDS)
        if socket is not None:
            await socket.close_async()
        if session is not None:
            await session.close()

    def connected(self) -> bool:
        """Tell whether Slack reaches us right now."""
        if self._server is not None:
            return self._server.listening()
        if self._socket is None:
            return False
        session = self._socket.client.current_session
        return session is not None and not session.closed

    async def post(self, channel: str, summary: Summary, marker: str) -> None:
        """Post a week's summary once into a channel; see `Adapter.post`."""
        await self._pace.turn(channel)
        team = summary.community.partition(":")[2]
        await summaries.post(await self._client_of(team), channel, summary, marker)

    async def send_digest(self, member: Member, digest: Digest) -> None:
        """Send a member their own week by direct message; see `Adapter.send_digest`."""
        await self._pace.turn(member.id)
        await digests.send(await self._client_of(member.id.partition("/")[0]), member, digest)

    async def nudge(self) -> None:
        """Tell everybody whose turn it is and who asked for it."""
        await send_due(self._application, self.name, self._tell)

    async def _nudge_now_and_then(self) -> None:
        while True:
            try:
                await self.nudge()
            except Exception as error:  # noqa: BLE001 - whatever it is, the answers go on
                log_fault("nudging", error)
            await asyncio.sleep(NUDGE_EVERY)

    async def _tell(self, member: Member, card: Card) -> None:
        """Send a member a direct message; a closed door is no fault."""
        team, _, user = member.id.partition("/")
        try:
            to = Recipient(await self._client_of(team), member, user, Origin())
            await self._delivery.send(to, card)
        except AdapterError:  # the workspace has removed the app
            return
        except SlackApiError as error:
            if not certainly_refused(error):
                log_fault("a nudge", error)

    async def find(self, channel: str, marker: str) -> bool | None:
        """Tell whether `marker` stands in the channel's recent messages; see `Adapter.find`."""
        if self._workspaces is None:
            return await summaries.find(self._client(), channel, marker)
        home = await self._application.community_settings.posting_to(self.name, channel)
        if home is None:
            return None
        return await summaries.find(await self._client_of(home.partition(":")[2]), channel, marker)

    async def _client_of(self, team: str) -> AsyncWebClient:
        """Return a client that acts in a workspace.

        Raises:
            AdapterError: the app is not installed there.
        """
        if self._workspaces is None:
            return self._client()
        bot = await self._workspaces.bot(team)
        if bot is None:
            raise AdapterError(
                "the app is not installed in this workspace any more; install it from /slack/install"
            )
        return self._client(bot.bot_token)

    def _client(self, token: str | None = None) -> AsyncWebClient:
        """Return a client that repeats only what Slack put off: anything else might be said twice."""
        return AsyncWebClient(
            token=token or self._settings.bot_token or None,
            base_url=settings.api_url(self._settings),
            session=self._session,
            logger=library_logger(),
            retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=_ATTEMPTS)],
        )

    async def _identity(self) -> tuple[AuthorizeResult, str]:
        """Return who the app is, for Bolt and in words."""
        with explained(self._settings, "slack.bot_token"):
            answer = await self._client().auth_test()
            identity = AuthorizeResult.from_auth_test_response(
                bot_token=self._settings.bot_token, auth_test_response=answer
            )
            return identity, f"{answer['user']} in {answer['team']}"

    async def _socket_address(self) -> str:
        """Return a fresh address for Socket Mode."""
        with explained(self._settings, "slack.app_token"):
            opened = await self._client().apps_connections_open(app_token=self._settings.app_token)
            return str(opened["url"])

    async def _made(self) -> AsyncApp:
        """Return Bolt's app, for the one workspace or for all that install it."""
        workspaces = self._workspaces
        if workspaces is None:
            # asked once, so that no event is lost to a question that fails
            identity, _ = await self._identity()

            async def one() -> AuthorizeResult:
                return identity

            return self._app(one)

        async def any_of_them(team_id: str | None) -> AuthorizeResult | None:
            return await workspaces.authorize(team_id)

        return self._app(any_of_them)

    def _installed(self) -> Workspaces:
        return Workspaces(
            self._application.installations, self._application.clock, self._client(), self._settings
        )

    def _install_flow(self, workspaces: Workspaces) -> InstallFlow:
        seen, clock = self._application.seen_events, self._application.clock
        return install_flow(self._settings, self._client(), workspaces, seen, clock)

    def _app(self, authorize: Callable[..., Awaitable[AuthorizeResult | None]]) -> AsyncApp:
        """Return Bolt's app.

        Args:
            authorize: tells who the app is in a workspace.
        """
        client = self._client()
        client.token = None  # `authorize` gives each request its own
        app = AsyncApp(
            client=client,
            authorize=cast("Callable[..., Awaitable[AuthorizeResult]]", authorize),  # None: not installed
            signing_secret=self._settings.signing_secret,
            process_before_response=True,
            logger=library_logger(),
        )
        self._listeners().register(app)
        return app

    def _listeners(self) -> Listeners:
        """Return what answers and records, wired together."""
        clock = self._application.clock
        people = People(clock)
        return Listeners(
            desk=Desk(self._application, self._delivery, self._memory, people),
            administration=Administration(self._application, people, self._pace),
            recording=Recording(self._application, self._workspaces),
            delivery=self._delivery,
            once=Once(self._application.seen_events, clock, self._background),
            background=self._background,
            metrics=self._metrics,
        )

    async def _connect(self, app: AsyncApp) -> None:
        """Open the WebSocket; the first address is asked for here, since the library would ask forever."""
        address = await self._socket_address()
        with explained(self._settings, "slack.app_token"):
            handler = AsyncSocketModeHandler(
                app, self._settings.app_token, logger=library_logger(), ping_interval=PING_SECONDS
            )
            handler.client.wss_uri = address
            self._socket = handler
            await handler.connect_async()
