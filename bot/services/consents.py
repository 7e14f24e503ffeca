"""A member's own word on whether their posts may be counted."""

from dataclasses import replace
from datetime import datetime

from bot.balance.consent import VERSION, Consent, ConsentState
from bot.balance.identity import Member
from bot.storage.database import Database


class Consents:
    """Reads and stores consent. Nothing is stored about who never answered.

    Args:
        database: where to.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def state(self, member: Member) -> Consent:
        """Return where a member stands."""
        async with self._database.glancing() as work:
            stored = await work.members.find(member)
        return Consent() if stored is None else stored.consent

    async def grant(self, member: Member, at: datetime) -> Consent:
        """Store that a member agreed to the present words; their posts are recorded from now on."""
        return await self._answer(member, ConsentState.GIVEN, at)

    async def decline(self, member: Member, at: datetime) -> Consent:
        """Store that a member said no; they are never asked again."""
        return await self._answer(member, ConsentState.DECLINED, at)

    async def withdraw(self, member: Member, at: datetime) -> Consent:
        """Store that a member changed their mind; recording stops at once, what is recorded stays."""
        return await self._answer(member, ConsentState.WITHDRAWN, at)

    async def lapse(self, member: Member) -> None:
        """Store that a member who agreed to earlier words was asked about the present ones; never again."""
        async with self._database.writing() as work:
            stored = await work.members.find(member)
            if stored is not None and stored.consent.state is ConsentState.OUTDATED:
                await work.members.answer(stored.id, replace(stored.consent, state=ConsentState.LAPSED))

    async def _answer(self, member: Member, state: ConsentState, at: datetime) -> Consent:
        consent = Consent(state, VERSION, at)
        async with self._database.writing() as work:
            stored = await work.members.add(member)
            if stored.consent.state is state and stored.consent.version == VERSION:
                return stored.consent
            await work.members.answer(stored.id, consent)
        return consent
