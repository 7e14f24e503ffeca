"""Claims on weekly summaries, so that many processes on one database post each of them once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.balance.instant import instant, moment
from bot.storage.inserting import insert_new
from bot.storage.keyring import Keyring
from bot.storage.weekly_tables import PostingRow

_REASON = "summary refusal"


class SummaryState(StrEnum):
    """How far a summary got.

    `CLAIMED` is certainly not posted, `POSTING` perhaps; a process that dies leaves one of the two.
    `REFUSED` is certainly not posted and tried again; `UNCERTAIN` is perhaps posted and is left alone.
    """

    CLAIMED = "claimed"
    POSTING = "posting"
    POSTED = "posted"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Claim:
    """One community's summary of one week, and how far it got.

    Attributes:
        community: the community's number.
        week: the ISO week, such as `2026-W47`.
        state: how far it got; in a claim just made, how far the process got that claimed it before.
        claimed_at: when it was claimed last.
        owner: which process claimed it last.
        attempts: how often a platform refused it.
        retry_at: when it may be tried again after a refusal.
        reason: what the platform said.
    """

    community: int
    week: str
    state: SummaryState
    claimed_at: datetime
    owner: str
    attempts: int = 0
    retry_at: datetime | None = None
    reason: str = ""

    def open(self, at: datetime, abandoned_after: timedelta) -> bool:
        """Tell whether a process may claim it now."""
        if self.state is SummaryState.REFUSED:
            return self.retry_at is None or self.retry_at <= at
        abandoned = self.claimed_at <= at - abandoned_after
        return self.state in {SummaryState.CLAIMED, SummaryState.POSTING} and abandoned


class SummaryClaims:
    """Reads and writes claims within one transaction."""

    def __init__(self, connection: AsyncConnection, keyring: Keyring) -> None:
        self._connection = connection
        self._keyring = keyring

    async def find(self, community: int, week: str) -> Claim | None:
        """Return the claim on a summary; None where there was none."""
        chosen = and_(PostingRow.community == community, PostingRow.week == week)
        return next(iter(await self._where(chosen)), None)

    async def of_weeks(self, weeks: Iterable[str]) -> dict[tuple[int, str], Claim]:
        """Return every claim on a summary of some weeks, by the community's number and the week."""
        found = await self._where(PostingRow.week.in_(sorted(set(weeks))))
        return {(claim.community, claim.week): claim for claim in found}

    async def latest(self, community: int) -> Claim | None:
        """Return the claim on a community's latest summary."""
        found = await self._where(PostingRow.community == community)
        return max(found, key=lambda claim: claim.week, default=None)

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
            The claim, with the state it had before; None where the summary was posted, is uncertain, is
            put off, or is another process's. Two processes never both get it.
        """
        now = instant(at)
        fresh = SummaryState.CLAIMED
        values = {"state": fresh.value, "claimed_at": now, "owner": owner, "attempts": 0}
        if await insert_new(self._connection, PostingRow, community=community, week=week, **values):
            return Claim(community, week, fresh, moment(now), owner)
        chosen = and_(PostingRow.community == community, PostingRow.week == week)
        found = next(iter(await self._where(chosen, lock=True)), None)
        if found is None or not found.open(at, abandoned_after):
            return None
        state = SummaryState.POSTING if found.state is SummaryState.POSTING else fresh
        await self._connection.execute(
            update(PostingRow).where(chosen).values(state=state.value, claimed_at=now, owner=owner)
        )
        return found

    async def mark(self, claim: Claim, owner: str, state: SummaryState, at: datetime) -> bool:
        """Say how far a claimed summary got; False where another process has taken it over."""
        return await self._change(claim, owner, state=state.value, claimed_at=instant(at))

    async def refuse(self, claim: Claim, owner: str, reason: str, retry_at: datetime) -> bool:
        """Say that the platform refused a summary, which was certainly not posted.

        Returns:
            Whether that is news: the same reason is reported once.
        """
        changed = await self._change(
            claim,
            owner,
            state=SummaryState.REFUSED.value,
            attempts=claim.attempts + 1,
            retry_at=instant(retry_at),
            reason=self._keyring.seal(reason, _REASON),
        )
        return changed and reason != claim.reason

    async def _change(self, claim: Claim, owner: str, **values: object) -> bool:
        result = await self._connection.execute(
            update(PostingRow)
            .where(
                PostingRow.community == claim.community,
                PostingRow.week == claim.week,
                PostingRow.owner == owner,
                or_(
                    PostingRow.state == SummaryState.CLAIMED.value,
                    PostingRow.state == SummaryState.POSTING.value,
                ),
            )
            .values(**values)
        )
        return result.rowcount > 0

    async def _where(self, chosen: object, *, lock: bool = False) -> list[Claim]:
        query = select(
            PostingRow.community,
            PostingRow.week,
            PostingRow.state,
            PostingRow.claimed_at,
            PostingRow.owner,
            PostingRow.attempts,
            PostingRow.retry_at,
            PostingRow.reason,
        ).where(chosen)  # pyright: ignore[reportArgumentType]
        if lock:
            query = query.with_for_update(skip_locked=True)
        return [
            Claim(
                community,
                week,
                SummaryState(state),
                moment(claimed_at),
                owner,
                attempts,
                None if retry_at is None else moment(retry_at),
                "" if reason is None else self._keyring.open(reason, _REASON),
            )
            for community, week, state, claimed_at, owner, attempts, retry_at, reason in (
                await self._connection.execute(query)
            )
        ]
