"""What goes when somebody or something goes: the app, a member, a channel.

A channel that is renamed or archived stays chosen: only its id is kept, which stays the same, and an
archived channel may come back. Nor does a member who leaves a channel take back what they posted there.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from adapters.slack import translate
from adapters.slack.workspaces import Workspaces
from bot.bootstrap import Application

Payload = Mapping[str, Any]

LEFT = ("channel_left", "group_left")
"""The app was taken out of a channel."""

DELETED = ("channel_deleted", "group_deleted")
"""A channel was deleted."""


class Departures:
    """Erases what is kept about who went, and lets go of channels.

    Args:
        application: the services.
        workspaces: the tokens of workspaces that installed the app; None where there is one workspace.
    """

    def __init__(self, application: Application, workspaces: Workspaces | None = None) -> None:
        self._application = application
        self._workspaces = workspaces

    async def uninstalled(self, body: Payload) -> None:
        """Erase everything about a workspace that removed the app, its tokens first."""
        if self._workspaces is not None:
            removed_at = datetime.fromtimestamp(body["event_time"], UTC)
            await self._workspaces.gone(translate.team_of(body), removed_at)
        await self._application.privacy.purge_community(translate.community(translate.team_of(body)))

    async def tokens_revoked(self, body: Payload) -> None:
        """Erase everything about a workspace that took the bot's token back; a member's own token is none."""
        if (body["event"].get("tokens") or {}).get("bot"):
            await self.uninstalled(body)

    async def user_changed(self, body: Payload) -> None:
        """Erase everything about a member whose account was closed: they could not ask for it any more."""
        user: Payload = body["event"]["user"]
        if user.get("deleted"):
            member = translate.member(translate.team_of(body), str(user["id"]))
            await self._application.privacy.forget(member)

    async def channel_left(self, body: Payload) -> None:
        """Count no more where the app was taken out, also if it is invited again without being asked to.

        The summary's channel stays: when the summary is refused there, administrators are told the remedy.
        """
        await self._let_go(body, ("recorded_channels",))

    async def channel_deleted(self, body: Payload) -> None:
        """Take a channel that is no more out of all settings."""
        await self._let_go(body, ("recorded_channels", "exempt_channels", "summary_channel"))

    async def _let_go(self, body: Payload, settings: tuple[str, ...]) -> None:
        team, event = translate.team_of(body), body["event"]
        channel, community = str(event["channel"]), translate.community(team)
        by = translate.member(team, str(event.get("actor_id") or "app"))
        await self._application.community_settings.let_go(
            community, channel, by, self._application.clock(), settings
        )
