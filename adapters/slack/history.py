"""Reads a workspace's history no faster than Slack lets an app."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

MOST_PAGES = 10
"""Requests at most for one channel, and for one thread."""

Json = Mapping[str, Any]
Read = Callable[..., Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class Tier:
    """How fast Slack lets an app read (https://docs.slack.dev/apis/web-api/rate-limits).

    Attributes:
        page: messages asked for at once.
        pause: seconds between two requests to one workspace.
    """

    page: int
    pause: float


OWN_APP = Tier(200, 1.3)
"""An app made for one workspace: fifty requests a minute and more (tier 3)."""

DISTRIBUTED = Tier(15, 61.0)
"""An app that workspaces install: what Slack grants it outside its marketplace."""


class History:
    """The history of one workspace.

    Args:
        tier: how fast it may be read.
        turns: bounds how many workspaces are read at once.
        sleep: waits for so many seconds.
    """

    def __init__(
        self, tier: Tier, turns: asyncio.Semaphore, sleep: Callable[[float], Awaitable[None]]
    ) -> None:
        self._tier = tier
        self._turns = turns
        self._sleep = sleep
        self._asked = False

    async def pages(self, read: Read, **asked: str) -> AsyncIterator[list[Json]]:
        """Yield what Slack says, a page at a time; "later" (429) is waited for by its client.

        Args:
            read: the client's method.
            **asked: its arguments.
        """
        cursor: dict[str, str] = {}
        for _ in range(MOST_PAGES):
            if self._asked:
                await self._sleep(self._tier.pause)
            self._asked = True
            async with self._turns:
                answer = cast("dict[str, Any]", (await read(**asked, **cursor, limit=self._tier.page)).data)
            yield answer.get("messages") or []
            following = (answer.get("response_metadata") or {}).get("next_cursor")
            if not answer.get("has_more") or not following:
                return
            cursor = {"cursor": following}
