"""Claims on weekly summaries, so that many processes on one database post each of them once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.balance.instant import instant, moment
from bot.storage.inserting import insert_new
from bot.storage.tables import SummaryRow


class SummaryState(StrEnum):
    """How far a summary got."""

    CLAIMED = "claimed"
    POSTED = "posted"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Claim:
    """One community's summary of one week, claimed.

    Attributes:
        community: the community's number.
        week: the ISO week, such as `2026-W47`.
        state: how far it got.
        claimed_at: when it was claimed last.
        owner: which process claimed it last.
        healing: an earlier claim was abandoned, perhaps after posting: look for the marker first.
    """

    community: int
    week: str
    state: SummaryState
    claimed_at: datetime
    owner: str
    healing: bool = False


class SummaryClaims:
    """Reads and writes claims within one transaction."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find(self, community: int, week: str) -> Claim | None:
        """Return the claim on a summary; None where there was none."""
        query = select(SummaryRow.state, SummaryRow.claimed_at, SummaryRow.owner).where(
            SummaryRow.community == community, SummaryRow.week == week
        )
        row = (await self._connection.execute(query)).one_or_none()
        return None if row is None else Claim(community, week, SummaryState(row[0]), moment(row[1]), row[2])

    async def claim(
        self, community: int, week: str, owner: str, at: datetime, abandoned_after: timedelta
    ) -> Claim | None:
        """Claim a summary for one process.

        Args:
            community: the community's number.
            week: the ISO week, such as `2026-W47`.
            owner: a name for this process, at most 64 characters.
            at: now.
            abandoned_after: a claim older than this belongs to a process that died.

        Returns:
            The claim, committed with the transaction; None where the summary was posted, is
            uncertain, or is another process's. Two processes never both get it.
        """
        now = instant(at)
        state = SummaryState.CLAIMED
        if await insert_new(
            self._connection,
            SummaryRow,
            community=community,
            week=week,
            state=state.value,
            claimed_at=now,
            owner=owner,
        ):
            return Claim(community, week, state, moment(now), owner)
        abandoned = (
            select(SummaryRow.community)
            .where(
                SummaryRow.community == community,
                SummaryRow.week == week,
                SummaryRow.state == state.value,
                SummaryRow.claimed_at <= instant(at - abandoned_after),
            )
            .with_for_update(skip_locked=True)
        )
        if (await self._connection.execute(abandoned)).one_or_none() is None:
            return None
        await self._connection.execute(
            update(SummaryRow)
            .where(SummaryRow.community == community, SummaryRow.week == week)
            .values(claimed_at=now, owner=owner)
        )
        return Claim(community, week, state, moment(now), owner, healing=True)

    async def mark(self, community: int, week: str, owner: str, state: SummaryState) -> bool:
        """Say how far a claimed summary got; False where another process has taken it over."""
        result = await self._connection.execute(
            update(SummaryRow)
            .where(SummaryRow.community == community, SummaryRow.week == week, SummaryRow.owner == owner)
            .values(state=state.value)
        )
        return result.rowcount > 0

    async def release(self, community: int, week: str, owner: str) -> bool:
        """Give an own claim back, certain that nothing was posted, so that it is claimed afresh."""
        result = await self._connection.execute(
            delete(SummaryRow).where(
                SummaryRow.community == community,
                SummaryRow.week == week,
                SummaryRow.owner == owner,
                SummaryRow.state == SummaryState.CLAIMED.value,
            )
        )
        return result.rowcount > 0
