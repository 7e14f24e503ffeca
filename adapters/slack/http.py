"""The endpoints of `mode = "http"` (contract.md, "Configuration")."""

from aiohttp import web
from aiohttp.typedefs import Handler
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp, AsyncBoltRequest

from adapters.kit.protocol import AdapterError
from adapters.slack.failures import log_fault
from adapters.slack.install import InstallFlow
from adapters.slack.metrics import Metrics
from adapters.slack.posts_first import SignedPosts
from bot.services.health import Health
from bot.settings import SlackSettings

_FINISH_SECONDS = 10.0
_LONGEST_TIMESTAMP = 20
_BODY_LIMIT = 2 * 1024**2  # the longest message Slack delivers, with its blocks, stays far below


class HttpServer:
    """Takes Slack's requests; their signatures and times are verified before anything is done.

    Args:
        app: what they are for.
        posts: takes posts, which are most of them.
        health: whether the installation works.
        metrics: what was counted.
        install: lets workspaces install the app; None where there is one workspace.
    """

    def __init__(
        self,
        app: AsyncApp,
        posts: SignedPosts,
        health: Health,
        metrics: Metrics,
        install: InstallFlow | None = None,
    ) -> None:
        self._app = app
        self._posts = posts
        self._install = install
        self._health = health
        self._metrics = metrics
        self._runner: web.AppRunner | None = None
        self.port = 0

    async def start(self, settings: SlackSettings) -> None:
        """Listen; `port` then says where, also where the configuration left the choice to the system.

        Raises:
            AdapterError: the address is taken or not this machine's.
        """
        server = web.Application(client_max_size=_BODY_LIMIT, middlewares=[_in_one_line])
        server.add_routes(
            [
                web.post("/slack/events", self._events),
                web.get("/slack/install", self._begin_install),
                web.get("/slack/oauth_redirect", self._end_install),
                web.get("/health", self._answer_health),
                web.get("/metrics", self._answer_metrics),
            ]
        )
        runner = web.AppRunner(server, access_log=None, shutdown_timeout=_FINISH_SECONDS)
        await runner.setup()
        site = web.TCPSite(runner, settings.host, settings.port)
        try:
            await site.start()
        except OSError as error:
            await runner.cleanup()
            raise AdapterError(
                f"slack.host {settings.host} with slack.port {settings.port} cannot be listened on "
                f"({error.strerror or error}); choose another port"
            ) from None
        self._runner = runner
        self.port = int(runner.addresses[0][1])

    async def stop(self) -> None:
        """Take no new requests and finish those under way."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    def listening(self) -> bool:
        """Tell whether requests are taken."""
        return self._runner is not None

    async def _events(self, request: web.Request) -> web.StreamResponse:
        if await self._posts.take(request.headers, await request.read()):
            return web.Response()
        delivery = await _read(request)
        if delivery is None:
            return web.Response(status=400)
        return await to_aiohttp_response(await self._app.async_dispatch(delivery))

    async def _begin_install(self, request: web.Request) -> web.StreamResponse:
        if self._install is None:
            return _one_workspace()
        return await to_aiohttp_response(
            await self._install.handle_installation(await to_bolt_request(request))
        )

    async def _end_install(self, request: web.Request) -> web.StreamResponse:
        if self._install is None:
            return _one_workspace()
        return await to_aiohttp_response(await self._install.handle_callback(await to_bolt_request(request)))

    async def _answer_health(self, _: web.Request) -> web.StreamResponse:
        report = await self._health.report()
        return web.json_response(report, status=200 if all(report.values()) else 503)

    async def _answer_metrics(self, _: web.Request) -> web.StreamResponse:
        return web.Response(text=self._metrics.text(await self._health.report()))


@web.middleware
async def _in_one_line(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Log a fault by its kind and place, where the library would log whole requests' traces."""
    try:
        return await handler(request)
    except web.HTTPException:
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, whoever asked gets an answer
        log_fault("answering a request", error)
        return web.Response(status=500, text="Something on our side went wrong. Please try again later.\n")


async def _read(request: web.Request) -> AsyncBoltRequest | None:
    """Return a request as Bolt takes it; None where it is nothing that Slack would send.

    Anybody may call, and Bolt reads before it verifies: what it stumbles over would fill the log.
    """
    timestamp = request.headers.get("X-Slack-Request-Timestamp", "0")
    if not timestamp.isdecimal() or len(timestamp) > _LONGEST_TIMESTAMP:
        return None
    try:
        return await to_bolt_request(request)
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError):
        return None


def _one_workspace() -> web.StreamResponse:
    return web.Response(
        status=404,
        text="This Checkpost serves one workspace (slack.bot_token); there is nothing to install here.\n",
    )
