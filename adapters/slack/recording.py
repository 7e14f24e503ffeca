"""Records posts in the channels a workspace chose, and forgets a workspace that removed the app."""

from collections.abc import Mapping
from typing import Any

from adapters.slack import translate
from adapters.slack.batches import Batches
from bot.balance.event import Change
from bot.bootstrap import Application


class Recording:
    """Hands what happened to posts to the ledger.

    Args:
        application: the services.
    """

    def __init__(self, application: Application) -> None:
        self._application = application
        self._batches = Batches(application.record_posts)

    async def post(self, body: Mapping[str, Any]) -> None:
        """Record a post, an edit or a deletion; committed together with the event's id when this returns.

        What is said in channels nobody chose costs one question; a deletion is followed everywhere,
        since what it takes back may have been recorded before.
        """
        event = translate.observed(body)
        if event is None:
            return
        chosen = self._application.record_posts.is_recorded
        if event.change is Change.DELETED or await chosen(event.community, event.channel):
            await self._batches.add(event, str(body["event_id"]))

    async def uninstalled(self, body: Mapping[str, Any]) -> None:
        """Erase everything about a workspace that removed the app."""
        await self._application.privacy.purge_community(translate.community(translate.team_of(body)))

    async def tokens_revoked(self, body: Mapping[str, Any]) -> None:
        """Erase everything about a workspace that took the bot's token back; a member's own token is none."""
        if (body["event"].get("tokens") or {}).get("bot"):
            await self.uninstalled(body)
