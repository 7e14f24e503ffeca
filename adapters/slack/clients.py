"""The clients that act for the app: one for each token, all over one session."""

import aiohttp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from adapters.kit.protocol import AdapterError
from adapters.slack import settings
from adapters.slack.failures import explained, library_logger
from adapters.slack.workspaces import Workspaces
from bot.bootstrap import Application

_CALL_SECONDS = 10.0
_ATTEMPTS = 3
"""How often Slack may say "later" (429) to one call."""


class Clients:
    """Makes clients, and asks Slack who the app is.

    Args:
        application: the services.
    """

    def __init__(self, application: Application) -> None:
        self._settings = application.settings.slack
        self._session: aiohttp.ClientSession | None = None
        self.workspaces: Workspaces | None = None
        """The workspaces that installed the app; None where there is one, whose token is configured."""
        if settings.many_workspaces(self._settings):
            self.workspaces = Workspaces(
                application.installations, application.clock, self.plain, self._settings
            )

    def open(self) -> None:
        """Let all clients made from now on share their connections."""
        self._session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=_CALL_SECONDS))

    async def close(self) -> None:
        """End the connections."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    def plain(self, token: str | None = None) -> AsyncWebClient:
        """Return a client that repeats only what Slack put off: anything else might be said twice.

        Args:
            token: as whom it acts; the configured one where none is given.
        """
        return AsyncWebClient(
            token=token or self._settings.bot_token or None,
            base_url=settings.api_url(self._settings),
            session=self._session,
            logger=library_logger(),
            retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=_ATTEMPTS)],
        )

    def nobody_s(self) -> AsyncWebClient:
        """Return a client without a token, to which Bolt gives the one of each request."""
        client = self.plain()
        client.token = None
        return client

    async def of(self, team: str) -> AsyncWebClient:
        """Return a client that acts in a workspace.

        Raises:
            AdapterError: the app is not installed there.
        """
        if self.workspaces is None:
            return self.plain()
        bot = await self.workspaces.bot(team)
        if bot is None:
            raise AdapterError(
                "the app is not installed in this workspace any more; install it from /slack/install"
            )
        return self.plain(bot.bot_token)

    async def identity(self) -> tuple[AuthorizeResult, str]:
        """Return who the app is in its one workspace, for Bolt and in words.

        Raises:
            AdapterError: Slack refuses the token or cannot be reached.
        """
        with explained(self._settings, "slack.bot_token"):
            answer = await self.plain().auth_test()
            identity = AuthorizeResult.from_auth_test_response(
                bot_token=self._settings.bot_token, auth_test_response=answer
            )
            return identity, f"{answer['user']} in {answer['team']}"

    async def socket_address(self) -> str:
        """Return a fresh address for Socket Mode.

        Raises:
            AdapterError: Slack refuses the token or cannot be reached.
        """
        with explained(self._settings, "slack.app_token"):
            opened = await self.plain().apps_connections_open(app_token=self._settings.app_token)
            return str(opened["url"])
