"""The connection to Slack: Socket Mode or HTTP, one workspace with one token or any that install the app."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import cast

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from adapters.kit.memory import DraftMemory
from adapters.slack import digests, history, outages, settings, summaries
from adapters.slack.administration import Administration
from adapters.slack.background import Background
from adapters.slack.catching_up import CatchingUp
from adapters.slack.clients import Clients
from adapters.slack.delivery import Delivery
from adapters.slack.departures import Departures
from adapters.slack.desk import Desk
from adapters.slack.failures import explained, library_logger
from adapters.slack.http import HttpServer
from adapters.slack.install import install_flow
from adapters.slack.listeners import Listeners
from adapters.slack.metrics import Metrics
from adapters.slack.nudges import Nudges
from adapters.slack.once import Once
from adapters.slack.pace import Pace
from adapters.slack.people import People
from adapters.slack.posts_first import PostsFirst, SignedPosts
from adapters.slack.recording import Recording
from bot.balance.identity import Member
from bot.bootstrap import Application
from bot.summaries.digest import Digest
from bot.summaries.summary import Summary

_FINISH_SECONDS = 10.0

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
        self._clients = Clients(application)
        self._nudges = Nudges(application, self._clients, self._delivery)
        self._catching_up: asyncio.Task[None] | None = None
        self._watching: asyncio.Task[None] | None = None
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
        self._clients.open()
        try:
            listeners = self._listeners()
            posts = PostsFirst(listeners)
            app = self._app(await self._authorizing(), posts)
            listeners.register(app)
            catching_up = self._catch_up() if self._settings.catch_up else None
            if catching_up is not None:
                await catching_up.before_connecting()
            if self._settings.mode == "socket":
                await self._connect(app, catching_up)
            else:
                await self._listen(app, SignedPosts(self._settings.signing_secret, posts))
            if catching_up is not None:
                self._catching_up = asyncio.create_task(catching_up.after_connecting())
            await self._nudges.now_and_then()
        finally:
            await self.close()

    async def probe(self) -> str:
        """Ask Slack who the app is, and in Socket Mode whether it may connect; see `Adapter.probe`."""
        settings.check(self._settings)
        if settings.many_workspaces(self._settings):
            with explained(self._settings, "slack.client_id"):
                await self._clients.plain().api_test()
            return f"app {self._settings.client_id} in every workspace that installs it"
        _, name = await self._clients.identity()
        if self._settings.mode == "socket":
            await self._clients.socket_address()
        return name

    async def close(self) -> None:
        """Take nothing new, finish what is under way and disconnect."""
        beside = [task for task in (self._watching, self._catching_up) if task is not None]
        self._watching = self._catching_up = None
        server, self._server = self._server, None
        socket, self._socket = self._socket, None
        for task in beside:  # the next start begins at the last post of each channel that is known then
            task.cancel()
        await asyncio.gather(*beside, return_exceptions=True)
        if server is not None:
            await server.stop()
        await self._background.drain(_FINISH_SECONDS)
        if socket is not None:
            await socket.close_async()
        await self._clients.close()

    def connected(self) -> bool:
        """Tell whether Slack reaches us right now."""
        if self._server is not None:
            return self._server.listening()
        return self._socket is not None and outages.connected(self._socket.client)

    async def post(self, channel: str, summary: Summary, marker: str) -> None:
        """Post a week's summary once into a channel; see `Adapter.post`."""
        await self._pace.turn(channel)
        team = summary.community.partition(":")[2]
        await summaries.post(await self._clients.of(team), channel, summary, marker)

    async def send_digest(self, member: Member, digest: Digest) -> None:
        """Send a member their own week by direct message; see `Adapter.send_digest`."""
        await self._pace.turn(member.id)
        await digests.send(await self._clients.of(member.id.partition("/")[0]), member, digest)

    async def nudge(self) -> None:
        """Tell everybody whose turn it is and who asked for it."""
        await self._nudges.send()

    async def find(self, channel: str, marker: str) -> bool | None:
        """Tell whether `marker` stands in the channel's recent messages; see `Adapter.find`."""
        if self._clients.workspaces is None:
            return await summaries.find(self._clients.plain(), channel, marker)
        home = await self._application.community_settings.posting_to(self.name, channel)
        if home is None:
            return None
        return await summaries.find(await self._clients.of(home.partition(":")[2]), channel, marker)

    def _catch_up(self) -> CatchingUp:
        tier = history.DISTRIBUTED if settings.many_workspaces(self._settings) else history.OWN_APP
        return CatchingUp(self._application, self._clients.of, tier, self._sleep)

    async def _authorizing(self) -> Callable[..., Awaitable[AuthorizeResult | None]]:
        """Return what tells who the app is, in the one workspace or in each that installs it."""
        workspaces = self._clients.workspaces
        if workspaces is None:
            # asked once, so that no event is lost to a question that fails
            identity, _ = await self._clients.identity()

            async def one() -> AuthorizeResult:
                return identity

            return one

        async def any_of_them(team_id: str | None) -> AuthorizeResult | None:
            return await workspaces.authorize(team_id)

        return any_of_them

    def _app(
        self, authorize: Callable[..., Awaitable[AuthorizeResult | None]], posts: PostsFirst
    ) -> AsyncApp:
        """Return Bolt's app.

        Args:
            authorize: tells who the app is in a workspace.
            posts: takes posts before it is asked.
        """
        return AsyncApp(
            client=self._clients.nobody_s(),
            before_authorize=posts,
            authorize=cast("Callable[..., Awaitable[AuthorizeResult]]", authorize),  # None: not installed
            signing_secret=self._settings.signing_secret,
            process_before_response=True,
            logger=library_logger(),
        )

    def _listeners(self) -> Listeners:
        """Return what answers and records, wired together."""
        clock = self._application.clock
        people = People(clock)
        return Listeners(
            desk=Desk(self._application, self._delivery, self._memory, people),
            administration=Administration(self._application, people, self._pace),
            recording=Recording(self._application),
            departing=Departures(self._application, self._clients.workspaces),
            delivery=self._delivery,
            once=Once(self._application.seen_events, clock, self._background),
            background=self._background,
            metrics=self._metrics,
        )

    async def _listen(self, app: AsyncApp, posts: SignedPosts) -> None:
        """Open the HTTP endpoints, with those to install the app from where that is offered.

        Args:
            app: takes what comes in.
            posts: takes posts before it does.
        """
        install = None
        if self._clients.workspaces is not None:
            seen, clock = self._application.seen_events, self._application.clock
            install = install_flow(
                self._settings, self._clients.plain(), self._clients.workspaces, seen, clock
            )
        self._server = HttpServer(app, posts, self._application.health, self._metrics, install)
        await self._server.start(self._settings)

    async def _connect(self, app: AsyncApp, catching_up: CatchingUp | None) -> None:
        """Open the WebSocket; the first address is asked for here, since the library would ask forever.

        Args:
            app: takes what comes in.
            catching_up: reads what an outage cost; None where the operator does not let it.
        """
        address = await self._clients.socket_address()
        with explained(self._settings, "slack.app_token"):
            handler = AsyncSocketModeHandler(
                app, self._settings.app_token, logger=library_logger(), ping_interval=PING_SECONDS
            )
            handler.client.wss_uri = address
            self._socket = handler
            missed = None if catching_up is None else catching_up.after_outage
            watch = outages.Outages(handler.client, self._application.clock, missed).watch()
            self._watching = asyncio.create_task(watch)
            await handler.connect_async()
