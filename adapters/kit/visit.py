"""Who is talking to the coach, and where."""

from dataclasses import dataclass

from bot.balance.identity import Member

TERMINAL = "terminal"
"""The platform on which nobody can be written to, nor is thanked in a summary."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Who is talking to the coach, and where.

    Attributes:
        member: the person.
        display_name: the name others see; None where a real name is never suggested.
        community: the ledger of the place, `PLATFORM:ID`; None in a direct message without one.
    """

    member: Member
    display_name: str | None = None
    community: str | None = None
