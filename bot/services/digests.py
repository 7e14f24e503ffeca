"""Sends members who want it their own week."""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.scheduler.backoff import wait_after
from bot.scheduler.digests import DigestSchedule, due_digest
from bot.services.platform import Adapter, AdapterError
from bot.services.show_balance import ShowBalance
from bot.storage.database import Database
from bot.storage.personal import Wishes
from bot.summaries.digest import Digest

_WEEK = timedelta(days=7)

_log = logging.getLogger(__name__)


class Digests:
    """Finds who is due, claims, and sends; several processes may run this on one database.

    A crash between claiming and sending costs a digest; it is never sent twice.

    Args:
        database: the record.
        show_balance: counts a member's own balance.
    """

    def __init__(self, database: Database, show_balance: ShowBalance) -> None:
        self._database = database
        self._show_balance = show_balance

    async def send_due(self, adapters: Mapping[str, Adapter], at: datetime) -> int:
        """Send what is due; returns how many were sent.

        Args:
            adapters: the platforms, by name; those not connected now are left for later.
            at: now, in UTC.
        """
        async with self._database.reading() as work:
            everybody = await work.personal.digests(at)
        sent = 0
        for wishes in everybody:
            adapter = adapters.get(wishes.person.platform)
            week = due_digest(at, _schedule(wishes), wishes.sent)
            if adapter is None or week is None or not adapter.connected():
                continue
            try:
                sent += await self._send(adapter, wishes, week, at)
            except Exception as error:  # noqa: BLE001 - one member's digest is not the others'
                _log.warning("a digest was perhaps not sent: %s", type(error).__name__)
        return sent

    async def _send(self, adapter: Adapter, wishes: Wishes, week: int, at: datetime) -> bool:
        balance = await self._show_balance(wishes.person, None, at)
        if balance is None:
            return False
        digest = Digest(balance, await self._show_balance(wishes.person, None, at - _WEEK))
        async with self._database.writing() as work:
            if not await work.personal.claim(wishes.member, week):
                return False
        retry_at: datetime | None = None
        try:
            await adapter.send_digest(wishes.person, digest)
        except AdapterError:
            retry_at = at + wait_after(wishes.attempts + 1)
        async with self._database.writing() as work:
            await work.personal.settle(wishes, week, retry_at)
        return retry_at is None


def _schedule(wishes: Wishes) -> DigestSchedule:
    return DigestSchedule(
        wishes.weekday,
        wishes.hour,
        ZoneInfo(wishes.time_zone),
        wishes.quiet_from,
        wishes.quiet_until,
        wishes.since,
    )
