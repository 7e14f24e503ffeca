"""The connection to Slack: Socket Mode or HTTP, one workspace with one bot token."""

import asyncio
import time
from collections.abc import Awaitable, Callable

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from adapters.kit.memory import DraftMemory
from adapters.slack import settings, summaries
from adapters.slack.administration import Administration
from adapters.slack.background import Background
from adapters.slack.delivery import Delivery
from adapters.slack.desk import Desk
from adapters.slack.failures import explained, library_logger
from adapters.slack.http import HttpServer
from adapters.slack.listeners import Listeners
from adapters.slack.metrics import Metrics
from adapters.slack.once import Once
from adapters.slack.pace import Pace
from adapters.slack.people import People
from adapters.slack.recording import Recording
from bot.bootstrap import Application
from bot.summaries.summary import Summary

_CALL_SECONDS = 10.0
_FINISH_SECONDS = 10.0
_ATTEMPTS = 3
"""How often Slack may say "later" (429) to one call."""

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
        self._session: aiohttp.ClientSession | None = None
        self._socket: AsyncSocketModeHandler | None = None
        self._server: HttpServer | None = None

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
        try:
            app = self._app((await self._identity())[0])
            if self._settings.mode == "socket":
                await self._connect(app)
            else:
                self._server = HttpServer(app, self._application.health, self._metrics)
                await self._server.start(self._settings)
            await asyncio.Event().wait()
        finally:
            await self.close()

    async def probe(self) -> str:
        """Ask Slack who the app is, and in Socket Mode whether it may connect; see `Adapter.probe`."""
        settings.check(self._settings)
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
        await summaries.post(self._client(), channel, summary, marker)

    async def find(self, channel: str, marker: str) -> bool | None:
        """Tell whether `marker` stands in the channel's recent messages; see `Adapter.find`."""
        return await summaries.find(self._client(), channel, marker)

    def _client(self) -> AsyncWebClient:
        """Return a client that repeats only what Slack put off: anything else might be said twice."""
        return AsyncWebClient(
            token=self._settings.bot_token,
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

    def _app(self, identity: AuthorizeResult) -> AsyncApp:
        """Return Bolt's app.

        Args:
            identity: who the app is; asked once, so that no event is lost to a question that fails.
        """

        async def authorize() -> AuthorizeResult:
            return identity

        client = self._client()
        client.token = None  # `authorize` gives each request its own
        app = AsyncApp(
            client=client,
            authorize=authorize,
            signing_secret=self._settings.signing_secret,
            process_before_response=True,
            logger=library_logger(),
        )
        clock = self._application.clock
        memory = DraftMemory(clock)
        people = People(clock)
        delivery = Delivery(self._pace, memory)
        Listeners(
            desk=Desk(self._application, delivery, memory, people),
            administration=Administration(self._application.community_settings, people, clock),
            recording=Recording(self._application),
            delivery=delivery,
            once=Once(self._application.seen_events, clock, self._background),
            background=self._background,
            metrics=self._metrics,
        ).register(app)
        return app

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
