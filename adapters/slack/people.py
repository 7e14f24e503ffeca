"""Who somebody is in a workspace; needs the optional scope `users:read`."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import Any, cast

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

KEPT = timedelta(minutes=10)
"""How long a name is remembered, in memory only."""

CAPACITY = 5_000
LOOKED_UP = 10
"""Names looked up for one message at most; further members stay unnamed."""


class People:
    """Looks members up; where Slack does not say, nobody is named and nobody administers.

    Args:
        clock: the present moment in UTC.
    """

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._names: OrderedDict[tuple[str, str], tuple[datetime, str | None]] = OrderedDict()

    async def administers(self, client: AsyncWebClient, user: str) -> bool:
        """Tell whether somebody is an administrator or owner of the workspace right now.

        Raises:
            SlackApiError: Slack does not say, for want of a scope or otherwise.
        """
        found = await _info(client, user)
        return bool(found.get("is_admin") or found.get("is_owner"))

    async def name(self, client: AsyncWebClient, team: str, user: str) -> str | None:
        """Return the name other members see; None where it is not known."""
        now = self._clock()
        kept = self._names.get((team, user))
        if kept is not None and now - kept[0] < KEPT:
            return kept[1]
        try:
            found = await _info(client, user)
        except SlackApiError:
            found = {}
        except (aiohttp.ClientError, TimeoutError):
            return None
        profile = found.get("profile") or {}
        name = profile.get("display_name") or profile.get("real_name") or found.get("real_name")
        self._names[team, user] = (now, name or None)
        if len(self._names) > CAPACITY:
            self._names.popitem(last=False)
        return name or None

    async def names(self, client: AsyncWebClient, team: str, users: Iterable[str]) -> dict[str, str]:
        """Return the names that are known, by user id."""
        asked = list(users)[:LOOKED_UP]
        answers = await asyncio.gather(*(self.name(client, team, user) for user in asked))
        return {user: name for user, name in zip(asked, answers, strict=True) if name is not None}


async def _info(client: AsyncWebClient, user: str) -> dict[str, Any]:
    answer: dict[str, Any] = cast("dict[str, Any]", (await client.users_info(user=user)).data)
    return answer["user"]
