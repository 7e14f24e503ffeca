"""Keeps the roll-up of the weeks, so that a community's week is a few rows and not a scan."""

import hashlib
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.balance.bounds import Bounds
from bot.balance.consent import ConsentState
from bot.balance.counting import Judged, Standing
from bot.balance.facts import Act
from bot.balance.instant import DAY, NEVER, instant, moment
from bot.balance.window import Window
from bot.services.community_settings import CommunitySettings
from bot.services.ledgers import Ledgers
from bot.storage.communities import StoredCommunity
from bot.storage.database import Database
from bot.storage.members import StoredMember
from bot.storage.tallies import Stale
from bot.storage.unit_of_work import UnitOfWork
from bot.summaries.counts import MemberCounts, WeekCounts
from bot.summaries.week import Week
from bot.text.kind import Kind

BATCH = 20
"""Members counted again in one transaction: others who want to write wait for no more than that."""

_REFUSED = frozenset({ConsentState.DECLINED, ConsentState.WITHDRAWN})
_FIRST_MONDAY = moment(0) - timedelta(days=3)


class WeeklyCounts:
    """Counts weeks.

    Recording a post only notes whose weeks are stale; they are counted again in the background, and
    at the latest when somebody asks for the sum.

    Args:
        database: the record.
        settings: the communities' settings.
        bounds: the configuration's window.
    """

    def __init__(self, database: Database, settings: CommunitySettings, bounds: Bounds) -> None:
        self._database = database
        self._settings = settings
        self._bounds = bounds

    async def __call__(self, community: str, week: Week) -> WeekCounts:
        """Return the sums of a community's week; all zero where nobody takes part.

        What counts is what counts in a balance whose window ends with the week, of everybody who was
        not asked (an operator stated their consent) or did not say no.

        Args:
            community: `PLATFORM:ID`, or the name of an imported one.
            week: the week, in the community's time zone.
        """
        async with self._database.glancing() as work:
            place = await work.communities.find(community)
        if place is None:
            return WeekCounts()
        await self.settle(place)
        async with self._database.glancing() as work:
            sums = await work.tallies.sums(place.id, week.ordinal, week.ordinal)
        return sums.get(week.ordinal, WeekCounts())

    async def refresh(self) -> int:
        """Count again what is stale, a batch at a time; returns how many members' weeks it was."""
        count = 0
        while done := await self._batch(None):
            count += done
        return count

    async def settle(self, place: StoredCommunity) -> None:
        """Count again what is stale in one community."""
        digest = self._basis(place)
        async with self._database.glancing() as work:
            fresh = await work.tallies.fresh(place.id, digest)
        if fresh:
            return
        async with self._database.writing() as work:
            await work.tallies.rebase(place.id, digest)
        while await self._batch(place.id):
            pass

    async def _batch(self, community: int | None) -> int:
        async with self._database.writing() as work:
            stale = await work.tallies.take_stale(BATCH, community)
            if not stale:
                return 0
            places = await work.communities.by_id(one.community for one in stale)
            for place in places.values():
                await work.tallies.rebase(place.id, self._basis(place))
            members = await work.members.by_id(one.member for one in stale)
            for one in stale:
                await self._count(work, places[one.community], members[one.member], one)
            await work.tallies.settle()
            return len(stale)

    async def _count(
        self, work: UnitOfWork, place: StoredCommunity, member: StoredMember, stale: Stale
    ) -> None:
        zone = self._zone(place)
        start = _FIRST_MONDAY + timedelta(weeks=stale.week)
        first = Week.of(start.astimezone(zone).date())
        ledgers = Ledgers(work, self._database.keyring, self._bounds)
        judged = await ledgers.judge(member, place, self._window(first, zone).after, NEVER - 1)
        weeks: dict[Week, list[Judged]] = {}
        for entry in judged:
            week = Week.of(moment(entry.post.posted).astimezone(zone).date())
            if week >= first:
                weeks.setdefault(week, []).append(entry)
        counted = {
            week.ordinal: MemberCounts()
            if member.consent.state in _REFUSED
            else counts_of(entries, self._window(week, zone).after)
            for week, entries in weeks.items()
        }
        await work.tallies.put(place.id, member.id, first.ordinal, counted)

    def _window(self, week: Week, zone: ZoneInfo) -> Window:
        """Return the balance window that ends with a week, and holds all of it."""
        first, after = map(instant, week.bounds(zone))
        return Window(after - 1, max(self._bounds.window_days, -(-(after - first) // DAY)))

    def _zone(self, place: StoredCommunity) -> ZoneInfo:
        return ZoneInfo(self._settings.filled(place).time_zone)

    def _basis(self, place: StoredCommunity) -> bytes:
        chosen = self._settings.filled(place)
        keyring = self._database.keyring
        exempt = sorted(keyring.channel(place.name, channel) for channel in chosen.exempt_channels)
        basis = repr((chosen.time_zone, self._bounds.window_days, exempt))
        return hashlib.blake2b(basis.encode(), digest_size=16).digest()


def counts_of(entries: list[Judged], after: int) -> MemberCounts:
    """Return what a member's posts of one week add to it.

    Args:
        entries: the posts of the week, judged.
        after: the start of the window that ends with the week, excluded.
    """
    counted = [entry for entry in entries if entry.standing_after(after) is Standing.COUNTED]

    def acts(act: Act) -> int:
        return sum(entry.post.act is act for entry in counted)

    return MemberCounts(
        posts=len(counted),
        promotion=sum(entry.kind is Kind.PROMOTION for entry in counted),
        asking=acts(Act.ASKING),
        answering=acts(Act.ANSWERING),
        thanking=acts(Act.THANKING),
        sharing=sum(bool(entry.post.facts and entry.post.facts.shares_others) for entry in counted),
    )
