"""A member's own record: whether it is kept, what stands in it, and its end."""

from dataclasses import replace

from adapters.kit import answers, balance_card, balance_words, preferences
from adapters.kit.card import Card, ConsentOffer, Note, Paragraph
from adapters.kit.memory import DraftMemory
from adapters.kit.visit import Visit
from bot.balance.consent import Consent, ConsentState
from bot.bootstrap import Application
from bot.services.record_own_post import OwnPost
from bot.text.draft import Draft

ELSEWHERE = "elsewhere"
"""The ledger of posts reported outside any community, as `PLATFORM:elsewhere`."""


class Record:
    """Asks for consent, counts what a member says they posted, and shows, exports and erases.

    Args:
        application: the services.
        memory: where the adapter keeps drafts for a few minutes; `forget` empties it of theirs.
    """

    def __init__(self, application: Application, memory: DraftMemory | None = None) -> None:
        self._application = application
        self._memory = memory

    async def balance(self, visit: Visit, *, asked: bool = True) -> Card:
        """Return the member's balance here, or over all their communities in a direct message.

        Args:
            visit: who looks, and where.
            asked: whether the member asked for it; what is shown unasked puts no question either.
        """
        past = await self._application.balance_history(
            visit.member, visit.community, self._application.clock()
        )
        card = balance_card.balance_card(past)
        if not asked:
            return card
        consent = await self._application.consents.state(visit.member)
        return await self.asked_again(visit, consent, card)

    async def asked_again(
        self, visit: Visit, consent: Consent, card: Card, channels: tuple[str, ...] = ()
    ) -> Card:
        """Ask who agreed to earlier words about the present ones, once."""
        if consent.state is not ConsentState.OUTDATED:
            return card
        await self._application.consents.lapse(visit.member)
        offer = ConsentOffer(channels, self._application.retention_days, again=True)
        return replace(
            card, blocks=(*card.blocks, offer), buttons=(*card.buttons, *answers.consent_buttons())
        )

    async def posted(self, visit: Visit, draft: Draft) -> Card:
        """Count a draft that the member says they posted."""
        community = visit.community or f"{visit.member.platform}:{ELSEWHERE}"
        outcome = await self._application.record_own_post(
            draft, visit.member, community, self._application.clock()
        )
        if outcome is OwnPost.NEEDS_CONSENT:
            consent = await self._application.consents.state(visit.member)
            if consent.state in (ConsentState.DECLINED, ConsentState.WITHDRAWN):
                return Card(
                    (
                        Paragraph(
                            "I don't count your posts, as you asked. Message me “settings” to change that."
                        ),
                    )
                )
            again = consent.state is not ConsentState.UNASKED
            offer = ConsentOffer((), self._application.retention_days, again=again)
            # whether the draft holds a secret is not known here, so it is treated as if it did
            return Card((offer,), tuple(answers.consent_buttons("posted")), draft=draft, secret=True)
        said = "I had already counted this one." if outcome is OwnPost.ALREADY else "Counted."
        balance = await self._application.show_balance(
            visit.member, visit.community, self._application.clock()
        )
        return Card((Paragraph(f"{said} {balance_words.standing(balance)}"),))

    async def corrected(self, visit: Visit, argument: str) -> Card:
        """Take the member's word that a post was no promotion, or take that word back."""
        at = self._application.clock()
        return await balance_card.correct(self._application.corrections, visit.member, argument, at)

    async def consent_given(self, visit: Visit, draft: Draft | None) -> Card:
        """Start counting.

        Args:
            visit: who agreed, and where.
            draft: what they said they posted when they were asked, if that was the occasion.
        """
        await self._application.consents.grant(visit.member, self._application.clock())
        if draft is not None:
            return await self.posted(visit, draft)
        return Card(
            (Paragraph("Thank you. I'll count from now on; message me “stop” at any time to end it."),)
        )

    async def consent_refused(self, visit: Visit) -> Card:
        """Count nothing and never ask again; who agreed before has it stopped."""
        if (await self._application.consents.state(visit.member)).state is ConsentState.GIVEN:
            return await self.stop(visit)
        await self._application.consents.decline(visit.member, self._application.clock())
        return Card((Paragraph("All right, I won't count anything, and I won't ask again."),))

    async def stop(self, visit: Visit) -> Card:
        """Stop counting; what was counted stays."""
        await self._application.consents.withdraw(visit.member, self._application.clock())
        return Card(
            (
                Paragraph("I've stopped counting your posts."),
                Note(
                    "What was counted so far stays until it expires; message me “forget me” to erase it now."
                ),
            )
        )

    async def export(self, visit: Visit) -> Card:
        """Return everything kept about the member."""
        return preferences.export_card(await self._application.privacy.export(visit.member))

    async def forget(self, visit: Visit) -> Card:
        """Erase everything kept about the member."""
        if self._memory is not None:
            self._memory.forget(str(visit.member))
        erased = await self._application.privacy.forget(visit.member)
        if not erased:
            return Card((Paragraph("I had nothing about you."),))
        return Card((Paragraph("Done: everything I kept about you is erased."),))
