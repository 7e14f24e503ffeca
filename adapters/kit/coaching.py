"""What the coach answers to a draft, and to the buttons beneath that answer."""

from datetime import datetime, timedelta

from adapters.kit import answers, blocked, introductions
from adapters.kit.card import Action, Card, masked
from adapters.kit.record import Record
from adapters.kit.visit import Visit
from bot.bootstrap import Application
from bot.text.draft import Author, Draft, ReplyTo, Surface, is_blank


class Coaching:
    """Checks drafts and words the answers.

    Args:
        application: the services.
        record: asks about changed words of the consent, inside an answer.
        longest: the longest draft the platform takes, in code points.
        blocked_offers: whether the adapter hears of messages that a filter stopped.
    """

    def __init__(
        self, application: Application, record: Record, longest: int, *, blocked_offers: bool
    ) -> None:
        self._application = application
        self._record = record
        self._longest = longest
        self._blocked_offers = blocked_offers

    async def check(
        self,
        visit: Visit,
        text: str,
        surface: Surface = Surface.CHANNEL,
        reply_to: ReplyTo | None = None,
        *,
        surfaces: bool = False,
        posted_at: datetime | None = None,
    ) -> Card:
        """Answer a draft.

        Args:
            visit: who asks, and where.
            text: the draft as the member sees it.
            surface: where it is meant to go.
            reply_to: the post it answers, if any.
            surfaces: whether to offer reading it as a reply or as a direct message.
            posted_at: when it was posted, where it already stands there: then it is held against the
                record from before, which does not count it yet.
        """
        unfit = self._unfit(text)
        if unfit is not None:
            return unfit
        author = Author(visit.member.id, visit.display_name)
        checked = await self._checked(visit, Draft(text, surface, reply_to, author), posted_at)
        card = answers.advice_card(checked, self._application.retention_days, surfaces=surfaces)
        if checked.advice.care is not None:
            return card
        return await self._record.asked_again(visit, checked.consent, card, checked.recorded_channels)

    async def direct(self, visit: Visit, text: str) -> Card:
        """Answer a draft in a direct message; just after a filter stopped one, on its tone alone."""
        at = self._application.clock()
        if not (self._blocked_offers and await self._application.blocked_offers.awaited(visit.member, at)):
            return await self.check(visit, text, surfaces=True)
        unfit = self._unfit(text)
        if unfit is not None:
            return unfit
        return blocked.tone_card(await self._checked(visit, Draft(text, author=Author(visit.member.id))))

    async def editable(self, visit: Visit, draft: Draft) -> str:
        """Return a draft's text to put into an editor for the member; secrets are hidden."""
        checked = await self._checked(visit, draft)
        return masked(draft.text, checked.advice.secrets)

    async def pressed(self, visit: Visit, action: Action, argument: str, draft: Draft) -> Card:
        """Answer a button beneath an answer to a draft."""
        if action is Action.AS_REPLY or action is Action.AS_DIRECT:
            surface = Surface.REPLY if action is Action.AS_REPLY else Surface.DIRECT
            return await self.check(visit, draft.text, surface, draft.reply_to, surfaces=True)
        checked = await self._checked(visit, draft)
        match action:
            case Action.APPLY:
                return answers.rewrite_card(checked)
            case Action.WHY:
                return answers.why_card(checked)
            case Action.MORE:
                return answers.more_card(checked, argument)
            case Action.DONE | Action.LATER:
                return answers.aside_card(
                    checked, self._application.retention_days, argument, done=action is Action.DONE
                )
            case _:
                return answers.advice_card(checked, self._application.retention_days)

    def _unfit(self, text: str) -> Card | None:
        """Return what is said about a draft that cannot be read; None where it can."""
        if is_blank(text):
            return introductions.send_text()
        if len(text) > self._longest:
            return introductions.too_long(len(text), self._longest)
        return None

    async def _checked(
        self, visit: Visit, draft: Draft, posted_at: datetime | None = None
    ) -> answers.Checked:
        at = self._application.clock() if posted_at is None else posted_at - timedelta(microseconds=1)
        return await self._application.check_draft(draft, visit.member, visit.community, at)
