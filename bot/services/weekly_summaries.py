"""Sends every community its week, once."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.balance.instant import moment
from bot.scheduler.backoff import wait_after
from bot.scheduler.due import Candidate, Due, Schedule, due_now
from bot.scheduler.pace import Pace
from bot.services.community_settings import CommunitySettings
from bot.services.platform import Adapter, AdapterError
from bot.services.weekly_building import WeeklyBuilding
from bot.storage.communities import StoredCommunity
from bot.storage.database import Database
from bot.storage.summaries import Claim, SummaryState
from bot.summaries.summary import Summary
from bot.summaries.week import Week

ABANDONED_AFTER = timedelta(minutes=10)
"""A claim older than this belongs to a process that died between claiming and marking."""

POST_SECONDS = 120.0
"""A platform has so long to take a summary: far less than a claim lasts, so that no two post at once."""

AT_ONCE = 8
"""Summaries on their way at the same time."""


class Outcome(StrEnum):
    """How sending one summary ended."""

    POSTED = "posted"
    TAKEN = "posted before, or another process is at it"
    FOUND = "already there, marked as posted"
    UNCERTAIN = "perhaps posted before, and the channel may not be read: not repeated"
    REFUSED = "refused by the platform; it will be tried again"
    FAILED = "interrupted; the channel will be looked at before trying again"


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of one due summary.

    Attributes:
        week: the ISO week.
        outcome: how it ended.
        reason: what the platform said, where it refused; names no member and no community.
        news: False where the same refusal was reported before.
    """

    week: Week
    outcome: Outcome
    reason: str = ""
    news: bool = True

    def __str__(self) -> str:
        """Return a line for the operator's log."""
        return f"of {self.week}: {self.outcome}{f' ({self.reason})' if self.reason else ''}"


class WeeklySummaries:
    """Finds the communities that are due, claims each week, posts it and marks it.

    Several processes may run this on one database. What is marked before and after posting tells
    whoever comes after a crash whether the summary was certainly not posted, or perhaps: then the
    channel is looked at for the week's marker before anything is posted again.

    Args:
        database: the record, with the claims.
        settings: the communities' settings.
        building: builds a community's week.
        owner: a name for this process, at most 64 characters.
        ticks: seconds on a clock that only runs forward.
        sleep: waits for so many seconds.
    """

    def __init__(
        self,
        database: Database,
        settings: CommunitySettings,
        building: WeeklyBuilding,
        owner: str,
        ticks: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._database = database
        self._settings = settings
        self._building = building
        self._owner = owner
        self._ticks = ticks
        self._sleep = sleep
        self._paces: dict[str, Pace] = {}

    async def send_due(self, posters: Mapping[str, Adapter], at: datetime) -> list[Sent]:
        """Send what is due.

        Args:
            posters: the platforms that can post, by name; those not connected now are left for later.
            at: now, in UTC.

        Returns:
            What became of each summary this process claimed.
        """
        clock = self._clock(at)
        ready = {name: poster for name, poster in posters.items() if poster.connected()}
        places, due = await self._due(ready, at)
        slots = asyncio.Semaphore(AT_ONCE)
        sent: list[Sent] = []

        async def one(place: StoredCommunity, week: Week) -> None:
            async with slots:
                platform = place.name.partition(":")[0]
                await self._paces.setdefault(platform, Pace(self._ticks, self._sleep)).turn()
                try:
                    ended = await self._claim_and_send(ready[platform], place, week, clock)
                except Exception as error:  # noqa: BLE001 - one community's trouble is not the others'
                    ended = Sent(week, Outcome.FAILED, type(error).__name__)
                if ended is not None:
                    sent.append(ended)

        async with asyncio.TaskGroup() as group:
            for each in due:
                group.create_task(one(places[each.community], each.week))
        return sent

    async def send_now(self, poster: Adapter, community: str, week: Week, at: datetime) -> Sent:
        """Send one community's week without waiting for its hour; a week is still posted only once.

        Args:
            poster: the community's platform, connected.
            community: the ledger's name.
            week: a week that is over.
            at: now, in UTC.

        Raises:
            AdapterError: the community has set no channel for summaries.
        """
        async with self._database.reading() as work:
            stored = await work.communities.find(community)
        if stored is None or stored.summary_channel is None:
            raise AdapterError(
                f"{community} has no channel for summaries; an administrator of it can set one"
            )
        ended = await self._claim_and_send(poster, stored, week, self._clock(at))
        return ended or Sent(week, Outcome.TAKEN)

    async def build(self, community: str, week: Week) -> Summary:
        """Return a community's summary of a week, as it would be posted."""
        return await self._building.build(community, week)

    def _clock(self, at: datetime) -> Callable[[], datetime]:
        """Return a clock that goes on from a moment: a round with many communities takes a while."""
        started = self._ticks()
        return lambda: at + timedelta(seconds=self._ticks() - started)

    async def _due(
        self, platforms: Mapping[str, Adapter], at: datetime
    ) -> tuple[dict[int, StoredCommunity], list[Due]]:
        async with self._database.reading() as work:
            places = {
                place.id: place
                for place in await work.communities.summarised()
                if place.name.partition(":")[0] in platforms
            }
            since = await work.communities.first_changes("summary_channel") if places else {}
            due = due_now(
                at,
                (
                    Candidate(number, self._schedule(place), moment(since[number]))
                    for number, place in places.items()
                    if number in since
                ),
            )
            claims = await work.summaries.of_weeks(str(one.week) for one in due) if due else {}
        return places, [
            one
            for one in due
            if (claim := claims.get((one.community, str(one.week)))) is None
            or claim.open(at, ABANDONED_AFTER)
        ]

    def _schedule(self, place: StoredCommunity) -> Schedule:
        chosen = self._settings.filled(place)
        return Schedule(chosen.weekday, chosen.hour, ZoneInfo(chosen.time_zone))

    async def _claim_and_send(
        self, poster: Adapter, place: StoredCommunity, week: Week, clock: Callable[[], datetime]
    ) -> Sent | None:
        """Send one week; None where it is not ours to send."""
        async with self._database.writing() as work:
            claim = await work.summaries.claim(place.id, str(week), self._owner, clock(), ABANDONED_AFTER)
        channel = place.summary_channel
        if claim is None or channel is None:
            return None
        if claim.state is SummaryState.POSTING and (healed := await self._heal(poster, channel, week)):
            outcome, state = healed
            await self._mark(claim, state, clock())
            return Sent(week, outcome)
        summary = await self._building.publish(place, week)
        if not await self._mark(claim, SummaryState.POSTING, clock()):
            return None
        try:
            async with asyncio.timeout(POST_SECONDS):
                await poster.post(channel, summary, marker(week))
        except AdapterError as error:
            return await self._refused(claim, week, str(error), clock())
        except Exception as error:  # noqa: BLE001 - it may or may not stand in the channel: the claim stays
            return Sent(week, Outcome.FAILED, type(error).__name__)
        await self._mark(claim, SummaryState.POSTED, clock())
        return Sent(week, Outcome.POSTED)

    async def _heal(self, poster: Adapter, channel: str, week: Week) -> tuple[Outcome, SummaryState] | None:
        """Look for a summary that was perhaps posted; None where it certainly was not."""
        async with asyncio.timeout(POST_SECONDS):
            match await poster.find(channel, marker(week)):
                case True:
                    return Outcome.FOUND, SummaryState.POSTED
                case None:
                    return Outcome.UNCERTAIN, SummaryState.UNCERTAIN
                case False:
                    return None

    async def _refused(self, claim: Claim, week: Week, reason: str, at: datetime) -> Sent:
        retry_at = at + wait_after(claim.attempts + 1)
        async with self._database.writing() as work:
            news = await work.summaries.refuse(claim, self._owner, reason, retry_at)
        return Sent(week, Outcome.REFUSED, reason, news)

    async def _mark(self, claim: Claim, state: SummaryState, at: datetime) -> bool:
        async with self._database.writing() as work:
            return await work.summaries.mark(claim, self._owner, state, at)


def marker(week: Week) -> str:
    """Return the text by which a week's summary is found again in its channel."""
    return f"Checkpost {week}"
