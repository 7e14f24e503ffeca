"""Sends every community its week, once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.balance.instant import moment
from bot.scheduler.due import Schedule, due_week
from bot.services.community_settings import CommunityPreferences, CommunitySettings
from bot.services.platform import Adapter, AdapterError
from bot.services.weekly_counts import WeeklyCounts
from bot.storage.communities import StoredCommunity
from bot.storage.database import Database
from bot.storage.summaries import Claim, SummaryState
from bot.summaries.compose import compose
from bot.summaries.summary import Summary
from bot.summaries.week import Week

ABANDONED_AFTER = timedelta(minutes=10)
"""A claim older than this belongs to a process that died between claiming and marking."""


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
    """

    week: Week
    outcome: Outcome
    reason: str = ""

    def __str__(self) -> str:
        """Return a line for the operator's log."""
        return f"of {self.week}: {self.outcome}{f' ({self.reason})' if self.reason else ''}"


class WeeklySummaries:
    """Finds the communities that are due, claims each week, posts it and marks it.

    Several processes may run this on one database. A crash between any two steps leaves a claim that
    is healed later: the channel is looked at for the week's marker before anything is posted again.

    Args:
        database: the record, with the claims.
        settings: the communities' settings.
        counts: counts a community's week.
        owner: a name for this process, at most 64 characters.
    """

    def __init__(
        self, database: Database, settings: CommunitySettings, counts: WeeklyCounts, owner: str
    ) -> None:
        self._database = database
        self._settings = settings
        self._counts = counts
        self._owner = owner

    async def send_due(self, posters: Mapping[str, Adapter], at: datetime) -> list[Sent]:
        """Send what is due.

        Args:
            posters: the platforms that can post, by name.
            at: now, in UTC.

        Returns:
            What became of each summary this process claimed.
        """
        async with self._database.reading() as work:
            communities = await work.communities.summarised()
        sent: list[Sent] = []
        for community in communities:
            poster = posters.get(community.name.partition(":")[0])
            week = await self._due(community, at)
            if poster is None or week is None:
                continue
            claim = await self._claim(community, week, at)
            if claim is not None:
                sent.append(await self._send(poster, community, week, claim))
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
        claim = await self._claim(stored, week, at)
        return Sent(week, Outcome.TAKEN) if claim is None else await self._send(poster, stored, week, claim)

    async def build(self, community: str, week: Week) -> Summary:
        """Return a community's summary of a week, as it would be posted."""
        chosen = await self._settings.read(community)
        zone = ZoneInfo(chosen.time_zone)
        counts = await self._counts(community, *week.bounds(zone))
        before = await self._counts(community, *week.before().bounds(zone))
        bounds = (chosen.lower, chosen.upper)
        return compose(community, week, counts, before, bounds, chosen.minimum_members)

    async def _claim(self, community: StoredCommunity, week: Week, at: datetime) -> Claim | None:
        async with self._database.writing() as work:
            return await work.summaries.claim(community.id, str(week), self._owner, at, ABANDONED_AFTER)

    async def _due(self, community: StoredCommunity, at: datetime) -> Week | None:
        chosen: CommunityPreferences = self._settings.filled(community)
        schedule = Schedule(chosen.weekday, chosen.hour, ZoneInfo(chosen.time_zone))
        async with self._database.reading() as work:
            changes = await work.communities.audited(community.id)
        since = min((when for when, _, key, _ in changes if key == "summary_channel"), default=None)
        return None if since is None else due_week(at, schedule, moment(since))

    async def _send(self, poster: Adapter, community: StoredCommunity, week: Week, claim: Claim) -> Sent:
        channel = community.summary_channel
        if channel is None:
            return Sent(week, Outcome.REFUSED, "no channel")
        mark = marker(week)
        if claim.healing:
            match await poster.find(channel, mark):
                case True:
                    await self._mark(claim, SummaryState.POSTED)
                    return Sent(week, Outcome.FOUND)
                case None:
                    await self._mark(claim, SummaryState.UNCERTAIN)
                    return Sent(week, Outcome.UNCERTAIN)
                case False:
                    pass
        summary = await self.build(community.name, week)
        try:
            await poster.post(channel, summary, mark)
        except AdapterError as error:
            async with self._database.writing() as work:
                await work.summaries.release(claim.community, claim.week, self._owner)
            return Sent(week, Outcome.REFUSED, str(error))
        except Exception as error:  # noqa: BLE001 - it may or may not stand in the channel: the claim stays
            return Sent(week, Outcome.FAILED, type(error).__name__)
        await self._mark(claim, SummaryState.POSTED)
        return Sent(week, Outcome.POSTED)

    async def _mark(self, claim: Claim, state: SummaryState) -> None:
        async with self._database.writing() as work:
            await work.summaries.mark(claim.community, claim.week, self._owner, state)


def marker(week: Week) -> str:
    """Return the text by which a week's summary is found again in its channel."""
    return f"Checkpost {week}"
