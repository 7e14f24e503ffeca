"""The ledger an import goes to, and how it keeps the messages of several communities apart."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LedgerName:
    """`--community NAME`: it decides the ledger, whatever community an event says it is of.

    Attributes:
        name: `PLATFORM:ID` for a live community, any other name for an imported one.
    """

    name: str

    def message(self, community: str, id_: str) -> str:
        """Return a message's id in this ledger.

        Two communities in one ledger may use the same ids for different messages, so those of a
        community other than the ledger's own carry its id.

        Args:
            community: the community the message is of; empty for the ledger's own.
            id_: the platform's id of the message.
        """
        return id_ if community in {"", self.name, self.platform_id} else f"{community}/{id_}"

    @property
    def platform_id(self) -> str:
        """Return the platform's own id of a live community; empty for an imported one."""
        return self.name.partition(":")[2]
