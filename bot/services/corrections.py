"""A member's own word on a post of theirs: "this was not promotion"."""

from datetime import datetime

from bot.balance.identity import Member
from bot.balance.instant import instant
from bot.balance.post import Correction
from bot.storage.database import Database
from bot.text.kind import Kind

CORRECTED = "corrected"
"""What a member's own log says about it."""


class Corrections:
    """Corrects the ledger for the member whose post it is; nobody else can.

    Args:
        database: the record.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def __call__(
        self, member: Member, community: str, channel: str, message: str, kind: Kind, at: datetime
    ) -> bool:
        """Store what kind of post the member says it is, with a line in their own log.

        It holds until the post is edited, which is judged anew.

        Args:
            member: whose post it is.
            community: where it stands.
            channel: the platform's channel id.
            message: the platform's message id.
            kind: what the member says it is.
            at: now.

        Returns:
            Whether there is such a post of theirs.
        """
        code = self._database.keyring.message(community, member.platform, channel, message)
        return await self._correct(member, code, kind, at)

    async def no_promotion(self, member: Member, code: str, at: datetime) -> Kind | None:
        """Store that a post is no promotion: it counts as what the reader thought second best.

        Args:
            member: whose post it is.
            code: the coded id in hexadecimal, as `BalanceHistory` names it.
            at: now.

        Returns:
            What it counts as now; None where there is no such post of theirs.
        """
        message = _message(code)
        async with self._database.reading() as work:
            entry = None if message is None else (await work.posts.known([message])).get(message)
        if entry is None:
            return None
        kind = entry.post.otherwise
        return kind if await self.coded(member, code, kind, at) else None

    async def coded(self, member: Member, code: str, kind: Kind, at: datetime) -> bool:
        """Store the same about a post by its coded id.

        Args:
            member: whose post it is.
            code: the coded id in hexadecimal, as `BalanceHistory` names it.
            kind: what the member says it is.
            at: now.

        Returns:
            Whether there is such a post of theirs.
        """
        message = _message(code)
        return message is not None and await self._correct(member, message, kind, at)

    async def _correct(self, member: Member, code: bytes, kind: Kind, at: datetime) -> bool:
        async with self._database.writing() as work:
            stored = await work.members.find(member)
            if stored is None:
                return False
            now = instant(at)
            found = await work.posts.correct(stored.id, code, Correction(kind, now))
            if found:
                await work.members.note(stored.id, now, CORRECTED, kind.value)
        return found


def _message(code: str) -> bytes | None:
    try:
        return bytes.fromhex(code)
    except ValueError:
        return None
