"""Records posts in the channels a workspace chose."""

from collections.abc import Mapping, Sequence
from typing import Any

from adapters.slack import translate
from adapters.slack.batches import Batches
from bot.balance.event import Change, MessageEvent
from bot.bootstrap import Application


class Recording:
    """Hands what happened to posts to the ledger.

    Args:
        application: the services.
    """

    def __init__(self, application: Application) -> None:
        self._application = application
        self._batches = Batches(self._record)

    async def post(self, body: Mapping[str, Any]) -> None:
        """Record a post, an edit or a deletion; committed together with the event's id when this returns."""
        event = translate.observed(body)
        if event is not None:
            await self._batches.add(event, str(body["event_id"]))

    async def _record(self, events: Sequence[MessageEvent], deliveries: Sequence[str]) -> None:
        """Record what stands in chosen channels, and deletions anywhere: they may take back what was kept.

        What is said elsewhere, which is most, costs one question a batch and no transaction.
        """
        record = self._application.record_posts
        places = {(event.community, event.channel) for event in events}
        chosen = {place for place in places if await record.is_recorded(*place)}
        kept = [
            (event, delivery)
            for event, delivery in zip(events, deliveries, strict=True)
            if event.change is Change.DELETED or (event.community, event.channel) in chosen
        ]
        if kept:
            await record([event for event, _ in kept], [delivery for _, delivery in kept])
