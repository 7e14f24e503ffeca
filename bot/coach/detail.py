"""How much of an answer a member wants to see; what is noticed stays the same."""

from enum import StrEnum


class Detail(StrEnum):
    """The first finding alone, three and the rest on request, or all of them with where they come from."""

    SHORT = "short"
    USUAL = "usual"
    FULL = "full"
