"""Who is who in the ledger."""

from dataclasses import dataclass

OF_ONE_COMMUNITY = frozenset({"slack"})
"""Platforms on which an account belongs to one community and cannot reach the coach from elsewhere."""


@dataclass(frozen=True, slots=True)
class Member:
    """One person on one platform: `discord:USER`, `slack:TEAM/USER` or `terminal:local`.

    Attributes:
        platform: `discord`, `slack` or `terminal`.
        id: the platform's id; for Slack `TEAM/USER`, since user ids are per workspace.
    """

    platform: str
    id: str

    def __str__(self) -> str:
        """Return the public form `PLATFORM:ID` (contract.md, "The ledger from the shell")."""
        return f"{self.platform}:{self.id}"

    @property
    def home(self) -> str | None:
        """Return the ledger of the one community the account belongs to; None where it may be in many."""
        community, slash, _ = self.id.partition("/")
        return f"{self.platform}:{community}" if slash and self.platform in OF_ONE_COMMUNITY else None

    @classmethod
    def parse(cls, text: str) -> "Member":
        """Read the public form.

        Raises:
            ValueError: the text is not `PLATFORM:ID`; the message says what it should look like.
        """
        platform, colon, id_ = text.partition(":")
        if not (platform and colon and id_ and text.isprintable()):
            message = f"member {text!r} is not of the form discord:USER, slack:TEAM/USER or terminal:local"
            raise ValueError(message)
        return cls(platform, id_)
