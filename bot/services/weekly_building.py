"""Builds a community's week from the roll-up, and freezes what is about to be shown."""

from collections import Counter
from collections.abc import Sequence

from bot.services.community_settings import CommunityPreferences, CommunitySettings
from bot.services.weekly_counts import WeeklyCounts
from bot.storage.communities import StoredCommunity
from bot.storage.database import Database
from bot.storage.unit_of_work import UnitOfWork
from bot.summaries.chart import WEEKS
from bot.summaries.compose import compose
from bot.summaries.counts import WeekCounts
from bot.summaries.kudos import deed_of
from bot.summaries.point import Point, point_of
from bot.summaries.summary import Kudos, Summary
from bot.summaries.week import Week


class WeeklyBuilding:
    """Builds summaries.

    Args:
        database: the record.
        settings: the communities' settings.
        counts: the roll-up.
    """

    def __init__(self, database: Database, settings: CommunitySettings, counts: WeeklyCounts) -> None:
        self._database = database
        self._settings = settings
        self._counts = counts

    async def build(self, community: str, week: Week) -> Summary:
        """Return a community's summary as it would be posted now; nothing is stored."""
        async with self._database.glancing() as work:
            place = await work.communities.find(community)
        if place is None:
            return self._composed(community, week, [Point()], (), self._settings.filled(None))
        await self._counts.settle(place)
        async with self._database.glancing() as work:
            points, kudos = await self._points(work, place, week)
        return self._composed(community, week, points, kudos, self._settings.filled(place))

    async def publish(self, place: StoredCommunity, week: Week) -> Summary:
        """Return a community's summary for posting, after freezing every figure it shows.

        A figure stays as it was first published, whoever leaves or is forgotten afterwards.
        """
        await self._counts.settle(place)
        first = week.ordinal - WEEKS + 1
        async with self._database.writing() as work:
            points, kudos = await self._points(work, place, week)
            await work.published.freeze(place.id, dict(enumerate(points, first)))
        return self._composed(place.name, week, points, kudos, self._settings.filled(place))

    async def _points(
        self, work: UnitOfWork, place: StoredCommunity, week: Week
    ) -> tuple[list[Point], tuple[Kudos, ...]]:
        """Return what is or may be published of the weeks up to one, oldest first, and its kudos."""
        first, last = week.ordinal - WEEKS + 1, week.ordinal
        floor = self._settings.filled(place).minimum_members
        frozen = await work.published.find(place.id, first, last)
        sums = await work.tallies.sums(place.id, first, last)
        kudos, named = await self._kudos(work, place, week)
        points = [
            frozen.get(number)
            or point_of(sums.get(number, WeekCounts()), floor, named if number == last else None)
            for number in range(first, last + 1)
        ]
        return points, kudos

    async def _kudos(
        self, work: UnitOfWork, place: StoredCommunity, week: Week
    ) -> tuple[tuple[Kudos, ...], Counter[str]]:
        platform = place.name.partition(":")[0]
        wishes = [
            one
            for one in await work.personal.named(place.id, week.ordinal)
            if one.person.platform == platform
        ]
        if not wishes:
            return (), Counter()
        counts = await work.tallies.of_members(place.id, week.ordinal, (one.member for one in wishes))
        named: Counter[str] = Counter()
        kudos: list[Kudos] = []
        for one in wishes:
            deed = deed_of(counts[one.member])
            if deed is not None:
                named[deed[0]] += 1
                kudos.append(Kudos(one.person, deed[1]))
        # In the order of platform ids, which says nothing about who did most.
        return tuple(sorted(kudos, key=lambda each: each.person.id)), named

    @staticmethod
    def _composed(
        community: str,
        week: Week,
        points: Sequence[Point],
        kudos: tuple[Kudos, ...],
        chosen: CommunityPreferences,
    ) -> Summary:
        bounds = (chosen.lower, chosen.upper)
        return compose(community, week, points, bounds, chosen.minimum_members, kudos)
