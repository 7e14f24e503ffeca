"""The page from which a workspace installs the app, and Slack's way back from it (OAuth v2).

Sources: https://docs.slack.dev/authentication/installing-with-oauth and, for the state,
RFC 6749, section 10.12.
"""

import hashlib
import hmac
import html
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, cast
from urllib.parse import urlsplit, urlunsplit

import aiohttp
from slack_bolt.async_app import AsyncBoltRequest
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth import AuthorizeUrlGenerator
from slack_sdk.oauth.installation_store.models.installation import Installation
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.failures import library_logger, log_fault
from adapters.slack.manifest import (
    ADMINISTRATION_SCOPES,
    CHANNEL_SCOPES,
    EXPORT_SCOPES,
    LEAST_SCOPES,
    RECORDING_SCOPES,
)
from adapters.slack.workspaces import Workspaces
from bot.services.seen_events import SeenEvents
from bot.settings import SlackSettings

STATE_LIVES = timedelta(minutes=10)
"""How long somebody may take between the page and Slack's question."""

_NONCE_BYTES = 16
_COACHING = (*LEAST_SCOPES, *ADMINISTRATION_SCOPES, *EXPORT_SCOPES)

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex"><title>{title}</title>
<style>
:root {{ color-scheme: light dark }}
body {{ font: 1.1rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 3rem auto; padding: 0 1rem }}
a.button {{ display: inline-block; padding: .6rem 1rem; border: 1px solid; border-radius: .4rem }}
</style></head><body><h1>{title}</h1>
{body}
</body></html>
"""


class States(AsyncOAuthStateStore):
    """slack_sdk's store of states, without a table: a state is signed, ends, and serves once.

    Args:
        key: what states are signed with; the same in every process of an installation.
        seen: remembers which states were used, across processes.
        clock: the present moment in UTC.
    """

    def __init__(self, key: str, seen: SeenEvents, clock: Callable[[], datetime]) -> None:
        self._key = hashlib.sha256(f"checkpost state {key}".encode()).digest()
        self._seen = seen
        self._clock = clock

    async def async_issue(self, *_args: object, **_kwargs: object) -> str:
        """Return a new state."""
        content = f"{int(self._clock().timestamp())}-{secrets.token_hex(_NONCE_BYTES)}"
        return f"{content}-{self._signature(content)}"

    async def async_consume(self, state: str) -> bool:
        """Tell whether a state is one of ours, still lives and was not used before; it is used now."""
        content, _, signature = state.rpartition("-")
        if not hmac.compare_digest(signature.encode(), self._signature(content).encode()):
            return False
        now = self._clock()
        age = now.timestamp() - int(content.partition("-")[0])
        if not 0 <= age <= STATE_LIVES.total_seconds():
            return False
        return await self._seen.first_time(f"oauth-state:{state}", now)

    def _signature(self, content: str) -> str:
        return hmac.new(self._key, content.encode(), hashlib.sha256).hexdigest()


class InstallFlow(AsyncOAuthFlow):
    """Bolt's flow with a page that offers coaching alone, or with posts counted; keeps no user's token.

    Args:
        client: asks Slack.
        settings: the app, and where installations go.
        clock: the present moment in UTC.
    """

    def __init__(
        self, client: AsyncWebClient, settings: AsyncOAuthSettings, clock: Callable[[], datetime]
    ) -> None:
        super().__init__(client=client, logger=library_logger(), settings=settings)
        self._clock = clock

    async def build_install_page_html(self, url: str, request: AsyncBoltRequest) -> str:
        """Return the page.

        Args:
            url: Slack's question for coaching alone, with the state in it.
            request: the request for the page.
        """
        del request
        both = AuthorizeUrlGenerator(
            client_id=self.settings.client_id,
            scopes=[*_COACHING, *RECORDING_SCOPES, *CHANNEL_SCOPES],
            authorization_url=self.settings.authorization_url,
        ).generate(state=_state_in(url))
        return _page(
            "Add Checkpost to your workspace",
            "<p>Checkpost reads your post before you send it, privately, and keeps nothing you write.</p>"
            f'<p><a class="button" href="{html.escape(url)}">Coaching only</a></p>'
            "<p>It reads what you send to it, and nothing else.</p>"
            f'<p><a class="button" href="{html.escape(both)}">Coaching, and counting posts</a></p>'
            "<p>It may also see the channels it is invited to. Posts are counted, never kept, only in "
            "channels your administrators choose and only of members who agree.</p>",
        )

    async def run_installation(self, code: str) -> Installation | None:
        """Return the installation a code stands for; None where Slack does not take the code or is away."""
        try:
            granted = await self.client.oauth_v2_access(
                code=code, client_id=self.settings.client_id, client_secret=self.settings.client_secret
            )
            answer = cast("dict[str, Any]", granted.data)
            asked = await self.client.auth_test(token=answer["access_token"])
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            log_fault("installing the app", error)
            return None
        identity = cast("dict[str, Any]", asked.data)
        now = self._clock().timestamp()
        lives = answer.get("expires_in")
        return Installation(
            app_id=answer.get("app_id"),
            team_id=identity["team_id"],
            bot_token=answer["access_token"],
            bot_id=identity["bot_id"],
            bot_user_id=answer["bot_user_id"],
            bot_scopes=answer["scope"],
            bot_refresh_token=answer.get("refresh_token"),
            bot_token_expires_at=None if lives is None else int(now) + int(lives),
            user_id="",
            is_enterprise_install=bool(answer.get("is_enterprise_install")),
            installed_at=now,
        )


def install_flow(
    settings: SlackSettings,
    client: AsyncWebClient,
    workspaces: Workspaces,
    seen: SeenEvents,
    clock: Callable[[], datetime],
) -> InstallFlow:
    """Return the flow that fits the configuration.

    Args:
        settings: the app's id and secret, and where Slack is.
        client: asks Slack.
        workspaces: where installations go.
        seen: remembers which states were used.
        clock: the present moment in UTC.
    """
    return InstallFlow(
        client,
        AsyncOAuthSettings(
            client_id=settings.client_id,
            client_secret=settings.client_secret,
            scopes=list(_COACHING),
            user_scopes=[],
            authorization_url=authorization_url(settings.api_url),
            installation_store=workspaces,
            installation_store_bot_only=True,
            state_store=States(settings.client_secret, seen, clock),
            state_expiration_seconds=int(STATE_LIVES.total_seconds()),
            callback_options=AsyncCallbackOptions(success=_installed, failure=_not_installed),
            logger=library_logger(),
        ),
        clock,
    )


def authorization_url(api_url: str) -> str:
    """Return where Slack asks whether to install the app, beside its Web API."""
    parts = urlsplit(api_url)
    path = parts.path.rstrip("/").removesuffix("/api")
    return urlunsplit((parts.scheme, parts.netloc, f"{path}/oauth/v2/authorize", "", ""))


async def _installed(_: AsyncSuccessArgs) -> BoltResponse:
    body = (
        "<p>Open Checkpost in Slack and send it a draft, or type <code>/checkpost</code> anywhere.</p>"
        "<p>Administrators find their settings with <code>/checkpost-admin</code>.</p>"
    )
    return _answer(200, _page("Checkpost is in your workspace", body))


async def _not_installed(args: AsyncFailureArgs) -> BoltResponse:
    cancelled = args.reason == "access_denied"
    body = (
        "<p>Nothing was installed.</p>"
        if cancelled
        else f"<p>Nothing was installed ({html.escape(args.reason)}). Please begin again.</p>"
    )
    again = '<p><a class="button" href="/slack/install">To the beginning</a></p>'
    return _answer(args.suggested_status_code, _page("Not installed", body + again))


def _answer(status: int, page: str) -> BoltResponse:
    return BoltResponse(
        status=status,
        body=page,
        headers={"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store"},
    )


def _page(title: str, body: str) -> str:
    return _PAGE.format(title=title, body=body)


def _state_in(url: str) -> str:
    return dict(pair.split("=", 1) for pair in urlsplit(url).query.split("&") if "=" in pair)["state"]
