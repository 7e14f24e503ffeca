"""What the program asks of a platform's adapter, and how an adapter says what went wrong."""

from typing import Protocol

from bot.balance.identity import Member
from bot.services.balance_history import Past
from bot.summaries.digest import Digest
from bot.summaries.summary import Summary


class AdapterError(Exception):
    """A platform refused or could not be reached; the text is one line with the remedy."""


class Adapter(Protocol):
    """One platform's connection.

    Attributes:
        name: the platform as in `Member.platform`.
    """

    name: str

    async def run(self) -> None:
        """Connect and serve until cancelled.

        Raises:
            AdapterError: the platform refused; one line that names the setting and the remedy.
        """
        ...

    async def probe(self) -> str:
        """Ask the platform who this bot is, without serving anybody.

        Returns:
            The name the platform knows the bot by.

        Raises:
            AdapterError: the platform refused or could not be reached; one line with the remedy.
        """
        ...

    async def close(self) -> None:
        """Finish what is under way and disconnect."""
        ...

    def connected(self) -> bool:
        """Tell whether the platform can be reached right now; for `/health`."""
        ...

    async def post(self, channel: str, summary: Summary, marker: str) -> None:
        """Post a week's summary once into a channel.

        Args:
            channel: the platform's channel id.
            summary: what to say.
            marker: a short text, unique for community and week, to be found again by `find`.

        Raises:
            AdapterError: it was certainly not posted. Any other error leaves it uncertain.
        """
        ...

    async def send_digest(self, member: Member, digest: Digest) -> None:
        """Send a member their own week by direct message.

        Raises:
            AdapterError: it was certainly not sent.
        """
        ...

    async def find(self, channel: str, marker: str) -> bool | None:
        """Tell whether `marker` stands in the channel's recent messages; None where it may not be read."""
        ...


class Terminal(Adapter, Protocol):
    """The adapter that draws on the process's own terminal, for what commands show to people."""

    def show_balance(self, heading: str, past: Past | None) -> None:
        """Draw a balance as its member sees it, without what only a conversation can do.

        Args:
            heading: whose it is, and when.
            past: the member's last windows; None where there is no record.
        """
        ...
