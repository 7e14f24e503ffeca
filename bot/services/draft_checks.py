"""Counts drafts checked, and those that came back with fewer findings, of members who agreed to be counted.

Nothing of a draft is stored: that two of them are nearly the same is known from keyed fingerprints,
in memory and for an hour. What is stored is two numbers for each member, community and week.
"""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.balance.fingerprint import alike
from bot.services.community_settings import CommunitySettings
from bot.storage.communities import StoredCommunity
from bot.storage.database import Database
from bot.storage.members import StoredMember
from bot.summaries.week import Week

AGAIN_WITHIN = timedelta(hours=1)
"""A draft checked again so soon is the same draft, if it is nearly the same."""

_REMEMBERED = 10_000


@dataclass(slots=True)
class _Draft:
    at: datetime
    fingerprint: bytes
    findings: int
    improved: bool = False


class DraftChecks:
    """Counts in memory, and writes the counts down every now and then: no answer waits for the disk.

    A crash loses the counts of the last minute at most.

    Args:
        database: where to.
        settings: the communities' time zones.
    """

    def __init__(self, database: Database, settings: CommunitySettings) -> None:
        self._database = database
        self._settings = settings
        self._recent: OrderedDict[bytes, list[_Draft]] = OrderedDict()
        self._counted: dict[tuple[int, bytes, int], tuple[int, int]] = {}

    def note(
        self, member: StoredMember, place: StoredCommunity, fingerprint: bytes, findings: int, at: datetime
    ) -> None:
        """Count the check of a draft.

        Args:
            member: who asked, and agreed to be counted.
            place: the community the draft is meant for.
            fingerprint: the draft's, under the member's own key.
            findings: how many the coach had.
            at: now.
        """
        recent = [draft for draft in self._recent.pop(member.code, []) if draft.at > at - AGAIN_WITHIN]
        known = next((draft for draft in recent if alike(draft.fingerprint, fingerprint)), None)
        if known is None:
            recent.append(_Draft(at, fingerprint, findings))
            self._count(member, place, at, checked=1)
        else:
            if findings < known.findings and not known.improved:
                known.improved = True
                self._count(member, place, at, improved=1)
            known.at, known.fingerprint, known.findings = at, fingerprint, findings
        self._recent[member.code] = recent
        while len(self._recent) > _REMEMBERED:
            self._recent.popitem(last=False)

    async def flush(self) -> None:
        """Write the counts down; those of members who said no in between, or were forgotten, are dropped."""
        counted, self._counted = self._counted, {}
        if not counted:
            return
        async with self._database.writing() as work:
            members = await work.members.by_code(code for _, code, _ in counted)
            places = await work.communities.by_id(place for place, _, _ in counted)
            for (place, code, week), (checked, improved) in counted.items():
                member = members.get(code)
                if member is not None and member.recorded and place in places:
                    await work.tallies.add_checks(place, member.id, week, checked, improved)
            await work.tallies.settle()

    def _count(
        self, member: StoredMember, place: StoredCommunity, at: datetime, checked: int = 0, improved: int = 0
    ) -> None:
        zone = ZoneInfo(self._settings.filled(place).time_zone)
        key = (place.id, member.code, Week.of(at.astimezone(zone).date()).ordinal)
        before = self._counted.get(key, (0, 0))
        self._counted[key] = (before[0] + checked, before[1] + improved)
