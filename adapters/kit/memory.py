"""Drafts kept for a few minutes so that buttons work where a platform offers no place of its own."""

import secrets
from collections import OrderedDict
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.text.draft import Draft

KEPT = timedelta(minutes=15)
"""The longest a draft stays in memory (design.md, "The record")."""

CAPACITY = 5_000
"""How many drafts are kept at most; the oldest goes first."""


class DraftMemory:
    """Keeps drafts in memory only, bounded in number and time.

    A draft is given back only to the member who wrote it.
    """

    def __init__(self, clock: Callable[[], datetime], capacity: int = CAPACITY) -> None:
        self._clock = clock
        self._capacity = capacity
        self._drafts: OrderedDict[str, tuple[datetime, str, Draft]] = OrderedDict()

    def keep(self, member: str, draft: Draft) -> str:
        """Remember a draft and return the key to ask for it, 16 URL-safe characters."""
        now = self._clock()
        self._drop_expired(now)
        while len(self._drafts) >= self._capacity:
            self._drafts.popitem(last=False)
        key = secrets.token_urlsafe(12)
        self._drafts[key] = (now, member, draft)
        return key

    def recall(self, member: str, key: str) -> Draft | None:
        """Return the member's draft; None where it is gone, unknown or somebody else's."""
        self._drop_expired(self._clock())
        kept = self._drafts.get(key)
        return kept[2] if kept is not None and kept[1] == member else None

    def forget(self, member: str) -> None:
        """Drop everything kept for a member."""
        for key in [key for key, (_, owner, _) in self._drafts.items() if owner == member]:
            del self._drafts[key]

    def _drop_expired(self, now: datetime) -> None:
        while self._drafts:
            key, (kept_at, _, _) = next(iter(self._drafts.items()))
            if now - kept_at < KEPT:
                return
            del self._drafts[key]
