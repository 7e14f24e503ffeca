"""A member's own word on whether their posts may be counted."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

VERSION = 2
"""The version of the words a member is asked with; raised when what is kept changes."""


class ConsentState(StrEnum):
    """Where a member stands. Only `UNASKED` is ever asked, and only inside an answer they started."""

    UNASKED = "unasked"
    GIVEN = "given"
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
