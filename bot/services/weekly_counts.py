"""Totals of one community's week, over the members who agreed to be counted."""

from datetime import datetime

from bot.balance.bounds import Bounds
from bot.balance.counting import Judged, Standing
from bot.balance.facts import Act
from bot.balance.instant import DAY, instant
from bot.balance.window import Window
from bot.services.ledgers import Ledgers
from bot.storage.database import Database
from bot.summaries.counts import WeekCounts
from bot.text.kind import Kind


class WeeklyCounts:
    """Counts weeks.

    Args:
        database: the record.
        bounds: the configuration's window.
    """

    def __init__(self, database: Database, bounds: Bounds) -> None:
        self._database = database
        self._bounds = bounds

    async def __call__(self, community: str, start: datetime, end: datetime) -> WeekCounts:
        """Return the totals of a community's week; all zero where nobody takes part.

        What counts is what counts in a balance whose window ends with the week.

        Args:
            community: `PLATFORM:ID`, or the name of an imported one.
            start: the week's first moment.
            end: the first moment after it.
        """
        first, after = instant(start), instant(end)
        window = Window(after - 1, max(self._bounds.window_days, -(-(after - first) // DAY)))
        counted: list[Judged] = []
        members = 0
        async with self._database.reading() as work:
            place = await work.communities.find(community)
            if place is None:
                return WeekCounts()
            ledgers = Ledgers(work, self._database.keyring, self._bounds)
            active = await work.members.by_id(await work.posts.active_members(place.id, first, after))
            for member in active.values():
                # Members of an import may never have been asked: there the operator stated their consent.
                if member.said_no:
                    continue
                ledger = await ledgers.load(member, place, window)
                own = [
                    entry
                    for entry in (ledger.judged if ledger else ())
                    if first <= entry.post.posted < after
                    and entry.standing_after(window.after) is Standing.COUNTED
                ]
                counted += own
                members += bool(own)
        return _counts(counted, members)


def _counts(counted: list[Judged], members: int) -> WeekCounts:
    def acts(act: Act) -> int:
        return sum(entry.post.act is act for entry in counted)

    return WeekCounts(
        members=members,
        posts=len(counted),
        promotion=sum(entry.kind is Kind.PROMOTION for entry in counted),
        asking=acts(Act.ASKING),
        answering=acts(Act.ANSWERING),
        thanking=acts(Act.THANKING),
        sharing=sum(bool(entry.post.facts and entry.post.facts.shares_others) for entry in counted),
    )
