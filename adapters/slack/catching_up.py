"""After a pause or an outage: reads what was missed, where the operator lets it (`slack.catch_up`).

Off by default: Slack's API terms forbid storing or copying messages in bulk, and it grants an app that
is distributed from outside its marketplace one request a minute and 15 messages each
(https://docs.slack.dev/apis/web-api/rate-limits). Bounded in time (`bot.services.absences.LONGEST`) and
in number. What was deleted meanwhile is not there to be found; only a deleted post whose answers still
stand says so itself.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.kit.protocol import AdapterError
from adapters.slack import translate
from adapters.slack.failures import error_code, log_fault
from adapters.slack.history import History, Json, Tier
from bot.balance.event import Change
from bot.bootstrap import Application

LOOKED_BACK = timedelta(days=2)
"""How long before the pause a post may have been made to be looked at for edits and answers."""

MOST_THREADS = 50
"""Threads read in one channel at most; the latest come first."""

_AHEAD = timedelta(hours=1)
"""How far our clock may be behind Slack's."""

AT_ONCE = 10
"""Requests under way at once, over all workspaces."""

_NOT_THERE = frozenset(
    {"channel_not_found", "not_in_channel", "missing_scope", "no_permission", "access_denied"}
)

_log = logging.getLogger(__name__)


class CatchingUp:
    """Reads what was said in the recorded channels since the last recorded post of each.

    Args:
        application: the services.
        client_of: returns the client that acts in a workspace; raises `AdapterError` where there is none.
        tier: how fast Slack lets the app read.
        sleep: waits for so many seconds.
    """

    def __init__(
        self,
        application: Application,
        client_of: Callable[[str], Awaitable[AsyncWebClient]],
        tier: Tier,
        sleep: Callable[[float], Awaitable[None]],
    ) -> None:
        self._application = application
        self._absences = application.absences
        self._client_of = client_of
        self._tier = tier
        self._sleep = sleep
        self._since: Mapping[str, Mapping[str, datetime]] = {}
        self._reading = asyncio.Lock()

    async def before_connecting(self) -> None:
        """Note from when on posts may have been missed; posts that come in later would blur it."""
        self._since = await self._absences.since(translate.PLATFORM, self._application.clock())

    async def after_connecting(self) -> None:
        """Read what was noted, each workspace at its own pace."""
        noted, self._since = self._since, {}
        await self._read(noted)

    async def after_outage(self, lost: datetime) -> None:
        """Read what was said while the connection was away, and what could not be read before.

        Args:
            lost: since when it was away, in UTC.
        """
        try:
            now = self._application.clock()
            await self._read(await self._absences.since(translate.PLATFORM, now, lost))
        except Exception as error:  # noqa: BLE001 - the answers go on
            log_fault("catching up after an outage", error)

    async def _read(self, since: Mapping[str, Mapping[str, datetime]]) -> None:
        """Read channels, from when on is said by community and channel."""
        async with self._reading:  # two readings at once would be faster than Slack lets the app read
            turns = asyncio.Semaphore(AT_ONCE)
            async with asyncio.TaskGroup() as workspaces:
                for community, channels in since.items():
                    history = History(self._tier, turns, self._sleep)
                    workspaces.create_task(self._workspace(history, community, channels))

    async def _workspace(self, history: History, community: str, channels: Mapping[str, datetime]) -> None:
        """Read a workspace's channels one after the other; a fault in one costs none of the others.

        A channel that could not be read stays noted, for the next time the connection comes back.
        """
        try:
            await self._absences.begin(community, channels)
        except Exception as error:  # noqa: BLE001 - whatever it is, the other workspaces are read
            log_fault("noting what is to be read", error)  # and so is this one, once
        count = 0
        for number, (channel, since) in enumerate(sorted(channels.items()), 1):
            try:
                count += await self._to_the_end(history, community, channel, since)
            except AdapterError:  # the workspace has removed the app
                return
            except Exception as error:  # noqa: BLE001 - whatever it is, the other channels are read
                log_fault("catching up with a channel", error)
            _log.info("catching up: %d of %d channels, %d posts read", number, len(channels), count)

    async def _to_the_end(self, history: History, community: str, channel: str, since: datetime) -> int:
        """Read a channel and note that it was; one that the app may not read is as good as read."""
        count = 0
        try:
            count = await self._channel(history, community.partition(":")[2], channel, since)
        except SlackApiError as error:
            if error_code(error) not in _NOT_THERE:
                raise
        await self._absences.read(community, channel)
        return count

    async def _channel(self, history: History, team: str, channel: str, since: datetime) -> int:
        client = await self._client_of(team)
        count = 0
        moved: list[str] = []
        # with an end named Slack begins there, so that what was missed comes before what was looked back for
        asked = {"oldest": _stamp(since - LOOKED_BACK), "latest": _stamp(self._application.clock() + _AHEAD)}
        async for page in history.pages(client.conversations_history, channel=channel, **asked):
            count += await self._record(team, channel, page, since)
            moved += [str(message["ts"]) for message in page if _answered_since(message, since)]
        for thread in moved[:MOST_THREADS]:
            asked = {"channel": channel, "ts": thread, "oldest": _stamp(since)}
            async for page in history.pages(client.conversations_replies, **asked):
                answers = [one for one in page if one["ts"] != thread]  # the first post always comes along
                count += await self._record(team, channel, answers, since)
        return count

    async def _record(self, team: str, channel: str, page: list[Json], since: datetime) -> int:
        """Record what happened since the pause began; who agreed to nothing is passed over."""
        events = [
            event
            for message in page
            for event in translate.kept(team, channel, message)
            if event.at >= since or event.change is Change.DELETED
        ]
        if events:
            await self._application.record_posts(events)
        return len({event.message for event in events})


def _answered_since(message: Json, since: datetime) -> bool:
    latest = message.get("latest_reply")
    return latest is not None and translate.moment(str(latest)) >= since


def _stamp(at: datetime) -> str:
    return f"{at.timestamp():.6f}"
