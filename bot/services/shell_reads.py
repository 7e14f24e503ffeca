"""Writes a read of somebody's ledger from the shell into that member's own log (design.md, "The record")."""

from datetime import datetime

from bot.balance.identity import Member
from bot.balance.instant import instant
from bot.storage.database import Database

_WHAT = "read from the shell"


class ShellReads:
    """Keeps whoever runs the installation from reading a ledger unseen.

    Args:
        database: the record.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def __call__(self, member: Member, command: str, at: datetime) -> None:
        """Note that a command read a member's ledger; nothing is noted where nothing is kept."""
        async with self._database.writing() as work:
            stored = await work.members.find(member)
            if stored is not None:
                await work.members.note(stored.id, instant(at), _WHAT, command)
