"""The workspaces that installed the app: their tokens, encrypted, renewed in time, and gone when they go."""

import json
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, cast

import aiohttp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltError
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.installation_store.models.bot import Bot
from slack_sdk.oauth.installation_store.models.installation import Installation
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.failures import log_fault
from adapters.slack.translate import community
from bot.services.installations import Installations
from bot.settings import SlackSettings

CAPACITY = 500
"""Workspaces whose token is remembered; those of the others are read again when they are needed."""

KEPT = timedelta(minutes=1)
"""How long a token is remembered: another process may have renewed or removed it."""

RENEW_BEFORE = timedelta(hours=2)
"""How long before its end a token is renewed: Slack's live twelve hours, and the old one goes on."""

_KEPT_KEYS = (
    "app_id", "team_id", "bot_token", "bot_id", "bot_user_id", "bot_scopes", "bot_refresh_token",
)  # fmt: skip


class Workspaces(AsyncInstallationStore):
    """slack_sdk's store of installations, in the operator's own database.

    Who installed the app is not kept, nor a token of theirs.

    Args:
        installations: keeps what is saved, encrypted.
        clock: the present moment in UTC.
        client: makes a client that asks Slack for a new token where the app has chosen tokens that end.
        settings: the app's own id and secret.
    """

    def __init__(
        self,
        installations: Installations,
        clock: Callable[[], datetime],
        client: Callable[[], AsyncWebClient],
        settings: SlackSettings,
    ) -> None:
        self._installations = installations
        self._clock = clock
        self._client = client
        self._settings = settings
        self._kept: OrderedDict[str, tuple[datetime, Bot]] = OrderedDict()

    async def authorize(self, team_id: str | None) -> AuthorizeResult | None:
        """Return as whom the app acts in a workspace; None where it is not installed."""
        bot = await self.bot(team_id or "")
        if bot is None:
            return None
        return AuthorizeResult(
            enterprise_id=None,
            team_id=bot.team_id,
            bot_user_id=bot.bot_user_id,
            bot_id=bot.bot_id,
            bot_token=bot.bot_token,
            bot_scopes=bot.bot_scopes,
        )

    async def bot(self, team: str) -> Bot | None:
        """Return a workspace's bot with a token that works; None where the app is not installed."""
        now = self._clock()
        kept = self._kept.get(team)
        if kept is not None and now - kept[0] < KEPT:
            return kept[1]
        found = await self._installations.find(community(team))
        if found is None:
            self._kept.pop(team, None)
            return None
        bot = await self._renewed(_read(found))
        self._kept[team] = (now, bot)
        self._kept.move_to_end(team)
        if len(self._kept) > CAPACITY:
            self._kept.popitem(last=False)
        return bot

    async def async_save(self, installation: Installation) -> None:
        """Save a new installation.

        Raises:
            BoltError: it is for a whole organisation, which the manifest does not offer.
        """
        if installation.is_enterprise_install or not installation.team_id:
            raise BoltError("the app is installed in single workspaces only")
        await self.async_save_bot(installation.to_bot())

    async def async_save_bot(self, bot: Bot) -> None:
        """Save a workspace's bot."""
        team = str(bot.team_id)
        await self._installations.save(community(team), _written(bot))
        self._kept.pop(team, None)

    async def async_find_bot(
        self,
        *,
        enterprise_id: str | None,  # noqa: ARG002 - slack_sdk's signature
        team_id: str | None,
        is_enterprise_install: bool | None = False,  # noqa: ARG002 - likewise
    ) -> Bot | None:
        """Return a workspace's bot; None where the app is not installed."""
        return await self.bot(team_id or "")

    async def async_delete_bot(self, *, enterprise_id: str | None, team_id: str | None) -> None:  # noqa: ARG002 - likewise
        """Forget a workspace's tokens."""
        self._kept.pop(team_id or "", None)
        await self._installations.remove(community(team_id or ""))

    async def async_delete_all(self, *, enterprise_id: str | None, team_id: str | None) -> None:
        """Forget a workspace's tokens; there are none but the bot's."""
        await self.async_delete_bot(enterprise_id=enterprise_id, team_id=team_id)

    async def gone(self, team: str, at: datetime) -> None:
        """Forget the tokens of a workspace that removed the app.

        Args:
            team: the workspace.
            at: when it did; an installation of after that moment stays.
        """
        self._kept.pop(team, None)
        found = await self._installations.find(community(team))
        if found is not None and _read(found).installed_at <= at.timestamp():
            await self.async_delete_bot(enterprise_id=None, team_id=team)

    async def _renewed(self, bot: Bot) -> Bot:
        """Return the bot with a new token where the old one ends soon; one process at a time renews it."""
        ends = bot.bot_token_expires_at
        now = self._clock()
        if ends is None or ends > (now + RENEW_BEFORE).timestamp():
            return bot
        name = community(str(bot.team_id))
        if not await self._installations.claim_renewal(name, now):
            return bot
        # Between reading and claiming another process may have renewed it, and a refresh token serves once.
        latest = await self._installations.find(name)
        if latest is None or (bot := _read(latest)).bot_token_expires_at != ends:
            return bot
        try:
            granted = await self._client().oauth_v2_access(
                client_id=self._settings.client_id,
                client_secret=self._settings.client_secret,
                grant_type="refresh_token",
                refresh_token=bot.bot_refresh_token,
            )
        except (SlackApiError, aiohttp.ClientError, TimeoutError) as error:
            log_fault("renewing a workspace's token", error)  # the old one still works for a while
            return bot
        answer = cast("dict[str, Any]", granted.data)
        bot.bot_token = answer["access_token"]
        bot.bot_refresh_token = answer["refresh_token"]
        bot.bot_token_expires_at = int(now.timestamp()) + int(answer["expires_in"])
        if await self._installations.find(name) is not None:  # else the workspace removed the app meanwhile
            await self._installations.save(name, _written(bot))
        return bot


def _written(bot: Bot) -> str:
    values: dict[str, Any] = {key: getattr(bot, key) for key in _KEPT_KEYS}
    return json.dumps(values | {"expires_at": bot.bot_token_expires_at, "installed_at": bot.installed_at})


def _read(content: str) -> Bot:
    values: Mapping[str, Any] = json.loads(content)
    return Bot(
        **{key: values[key] for key in _KEPT_KEYS},
        bot_token_expires_at=values["expires_at"],
        installed_at=values["installed_at"],
    )
