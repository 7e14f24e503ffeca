"""Which events of the past may be counted, and why the others are not."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Self

from bot.balance.consent import ConsentState
from bot.balance.event import Change, MessageEvent
from bot.services.record_posts import SKEW, may_record
from bot.storage.members import StoredMember
from bot.storage.posts import Entry


class Reason(StrEnum):
    """Why an event is not counted."""

    BOT = "bot"
    NO_CONSENT = "no-consent"
    BEFORE_CONSENT = "before-consent"
    CHANNEL = "channel"
    EXPIRED = "expired"
    FUTURE = "future"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Terms:
    """What an import goes by.

    Attributes:
        oldest: what was posted before has expired (design.md, "The record").
        newest: what claims to be later comes from a clock that is wrong.
        consent_all: the operator states the members' consent.
    """

    oldest: datetime
    newest: datetime
    consent_all: bool = False

    @classmethod
    def of(cls, at: datetime, retention_days: int, *, consent_all: bool) -> Self:
        """Return the terms of an import that starts at a moment."""
        return cls(at - timedelta(days=retention_days), at + SKEW, consent_all)

    def refusal(
        self,
        event: MessageEvent,
        author: StoredMember | None,
        chosen: AbstractSet[str],
        known: Entry | None = None,
    ) -> Reason | None:
        """Return why an event is not counted; None where it is.

        Args:
            event: the event.
            author: what is kept about who wrote the message; None where nothing is.
            chosen: the channels the community chose; none where it chose none, and then all count.
            known: what the ledger knows of the message.
        """
        if event.at < self.oldest:
            return Reason.EXPIRED
        if event.at > self.newest:
            return Reason.FUTURE
        if chosen and event.channel not in chosen:
            return Reason.CHANNEL
        if event.change is Change.DELETED and not event.author:
            return Reason.UNKNOWN
        if self.agreed(author):
            # The operator speaks for the past; a member agrees to future posts only.
            early = author is not None and not self.consent_all and not may_record(author, event, known)
            return Reason.BEFORE_CONSENT if early else None
        return Reason.NO_CONSENT

    def agreed(self, author: StoredMember | None) -> bool:
        """Tell whether a member's posts may be counted; a member's own no outweighs the operator's word."""
        if author is None or author.consent.state is ConsentState.UNASKED:
            return self.consent_all
        return author.recorded
