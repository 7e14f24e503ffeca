"""A member's own word on whether their posts may be counted."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Self

VERSION = 2
"""The version of the words a member is asked with; raised when what is kept changes.

Whoever agreed to an earlier version agreed to something else: nothing is recorded under it any more, and
the question is put once again, in the next answer that the member asks for.
"""


class ConsentState(StrEnum):
    """Where a member stands; only `GIVEN` lets anything be recorded.

    Only `UNASKED` and `OUTDATED` are ever asked, once, and only inside an answer they started.
    `OUTDATED` is an agreement to an earlier version; `LAPSED` one that was asked about again, without an
    answer so far.
    """

    UNASKED = "unasked"
    GIVEN = "given"
    OUTDATED = "outdated"
    LAPSED = "lapsed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Consent:
    """A member's consent.

    Attributes:
        state: whether they agreed.
        version: the version of the words they answered to; None while unasked.
        at: when they answered; None while unasked.
    """

    state: ConsentState = ConsentState.UNASKED
    version: int | None = None
    at: datetime | None = None

    @classmethod
    def kept(cls, state: ConsentState, version: int | None, at: datetime | None) -> Self:
        """Return a consent as it was stored, held against the present words."""
        outdated = state is ConsentState.GIVEN and (version or 0) < VERSION
        return cls(ConsentState.OUTDATED if outdated else state, version, at)
