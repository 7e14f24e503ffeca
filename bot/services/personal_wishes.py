"""Whether a member wants kudos or a weekly digest; their platform id is kept only while they do."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.balance.identity import Member
from bot.storage.database import Database
from bot.storage.personal import Wishes

_DAY = 24
_QUIET = (22, 8)


class PersonalWishes:
    """Reads and changes wishes; everything is off until the member says otherwise.

    Args:
        database: where to.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def read(self, member: Member) -> Wishes | None:
        """Return what a member wants; None where they want nothing."""
        async with self._database.reading() as work:
            stored = await work.members.find(member)
            return None if stored is None else await work.personal.find(stored.id)

    async def kudos(self, member: Member, at: datetime, *, on: bool) -> None:
        """Let a member be named in their communities' summaries for what they did, or no longer."""
        await self._change(member, at, kudos=on)

    async def no_digest(self, member: Member, at: datetime) -> None:
        """End a member's digest."""
        await self._change(member, at, digest=False)

    async def digest(self, member: Member, at: datetime, weekday: int, hour: int, time_zone: str) -> None:
        """Send a member a digest every week.

        Args:
            member: who.
            at: now, in UTC.
            weekday: 0 is Monday.
            hour: 0 to 23.
            time_zone: an IANA name.

        Raises:
            ValueError: the hour or the time zone does not exist; the message says so.
        """
        if not 0 <= hour < _DAY:
            raise ValueError("the hour is a number from 0 to 23")
        try:
            zone = ZoneInfo(time_zone).key
        except (KeyError, ValueError, OSError):
            raise ValueError("the time zone is written like Europe/Lisbon") from None
        await self._change(member, at, digest=True, weekday=weekday, hour=hour, time_zone=zone, since=at)

    async def quiet(self, member: Member, at: datetime, start: int, end: int) -> bool:
        """Set a member's quiet hours; the same hour twice means none. False where they get no digest.

        Raises:
            ValueError: an hour does not exist.
        """
        if not (0 <= start < _DAY and 0 <= end < _DAY):
            raise ValueError("hours are numbers from 0 to 23")
        wishes = await self.read(member)
        if wishes is None or not wishes.digest:
            return False
        await self._change(member, at, quiet_from=start, quiet_until=end)
        return True

    async def _change(self, member: Member, at: datetime, **changes: object) -> None:
        async with self._database.writing() as work:
            stored = await work.members.add(member)
            found = await work.personal.find(stored.id)
            known = found or Wishes(
                stored.id, member, kudos=False, digest=False, weekday=0, hour=9, time_zone="UTC",
                quiet_from=_QUIET[0], quiet_until=_QUIET[1], since=at,
            )  # fmt: skip
            await work.personal.change(replace(known, **changes))
