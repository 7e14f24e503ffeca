"""What a member says and what the coach answers, the same on every platform."""

from collections.abc import Awaitable, Callable

from adapters.kit import introductions, nudging, preferences
from adapters.kit.card import Action, Card
from adapters.kit.choices import Choices
from adapters.kit.coaching import Coaching
from adapters.kit.memory import DraftMemory
from adapters.kit.record import Record
from adapters.kit.visit import TERMINAL, Visit
from bot.bootstrap import Application
from bot.services.claims import claimed
from bot.text.draft import Draft

FORCED = "check:"
"""Before a draft in a direct message: what follows is a draft, whatever it says (design.md)."""

_ABOUT = {
    "why": Action.WHY,
    "more": Action.MORE,
    "apply": Action.APPLY,
    "apply fixes": Action.APPLY,
    "as a reply": Action.AS_REPLY,
    "as reply": Action.AS_REPLY,
    "as a direct message": Action.AS_DIRECT,
    "as direct": Action.AS_DIRECT,
    "i posted this": Action.POSTED,
}
"""What is said about a draft instead of being its next version."""


class Conversation:
    """Hands what a member says or presses to who answers it, privately; it keeps nothing between two calls.

    Args:
        application: the services.
        longest: the longest draft the platform takes, in code points.
        memory: where the adapter keeps drafts for a few minutes; `forget me` empties it of theirs.
        blocked_offers: whether the adapter hears of messages that a filter stopped.
        quiet_window: whether the adapter has a window for the quiet hours.

    Attributes:
        coaching: answers drafts.
        record: answers about consent and what is counted.
        choices: answers about settings.
    """

    def __init__(
        self,
        application: Application,
        longest: int,
        memory: DraftMemory | None = None,
        *,
        blocked_offers: bool = False,
        quiet_window: bool = False,
    ) -> None:
        self.record = Record(application, memory)
        self.coaching = Coaching(application, self.record, longest, blocked_offers=blocked_offers)
        self.choices = Choices(application, blocked_offers=blocked_offers, quiet_window=quiet_window)
        self._nudges = application.nudges
        self._commands: dict[str, Callable[[Visit], Awaitable[Card]]] = {
            "hi": self._greet,
            "hello": self._greet,
            "hey": self._greet,
            "help": self._help,
            "balance": self.record.balance,
            "settings": self.choices.settings,
            "export": self.record.export,
            "forget me": self.record.forget,
            "stop": self.record.stop,
        }
        self._plain: dict[Action, Callable[[Visit], Awaitable[Card]]] = {
            Action.CONSENT_NO: self.record.consent_refused,
            Action.BALANCE: self.record.balance,
            Action.SETTINGS: self.choices.settings,
            Action.EXPORT: self.record.export,
            Action.SITES: self._how_to_change_sites,
        }

    async def direct(self, visit: Visit, text: str) -> Card:
        """Answer a direct message: a plain command, or else a draft."""
        said = text.strip()
        command = self._commands.get(said.rstrip("!. ").casefold())
        if command is not None:
            return await command(visit)
        if said.casefold().startswith(FORCED):
            return await self.coaching.direct(visit, said[len(FORCED) :].lstrip())
        changed = await self.choices.said(visit, said)
        return changed if changed is not None else await self.coaching.direct(visit, text)

    async def continued(self, visit: Visit, text: str, draft: Draft | None) -> Card:
        """Answer a direct message that answers the coach: it goes on about the draft of that answer.

        A word such as `why` or `as a reply` is about the draft; anything else is its next version, with
        the same place to go and the same post it answers.

        Args:
            visit: who answers, and where.
            text: what they say.
            draft: the draft of the coach's answer; None where it had none or it is gone.
        """
        said = " ".join(text.rstrip("?!. ").casefold().split())
        if draft is None or said in self._commands:
            return await self.direct(visit, text)
        action = _ABOUT.get(said)
        if action is not None:
            return await self.press(visit, action, "", draft)
        if said.startswith(FORCED):
            text = text.lstrip()[len(FORCED) :].lstrip()
        return await self.coaching.check(visit, text, draft.surface, draft.reply_to, surfaces=True)

    async def press(self, visit: Visit, action: Action, argument: str, draft: Draft | None) -> Card:
        """Answer a button.

        Args:
            visit: who pressed it, and where.
            action: what the button does; `AGAIN` and `TRY` are the adapter's own and not answered here.
            argument: the button's argument.
            draft: the draft the button belongs to; None where it is gone.
        """
        if argument == nudging.NUDGED:
            await self._nudges.answered(visit.member)
        plain = self._plain.get(action)
        if plain is not None:
            return await plain(visit)
        match action:
            case Action.CONSENT_YES:
                return await self.record.consent_given(visit, draft if argument == "posted" else None)
            case Action.FORGET:
                return await self.record.forget(visit) if argument == preferences.SURE else preferences.sure()
            case Action.CORRECT:
                return await self.record.corrected(visit, argument)
            case Action.MUTE | Action.UNMUTE | Action.SET:
                return await self.choices.pressed(visit, action, argument)
            case _ if draft is None:
                return introductions.draft_gone()
            case _:
                return await self._about(visit, action, argument, draft)

    async def _about(self, visit: Visit, action: Action, argument: str, draft: Draft) -> Card:
        match action:
            case Action.POSTED:
                return await self.record.posted(visit, draft)
            case Action.OWN | Action.NOT_OWN:
                place = claimed(draft, argument)
                return await self.choices.own_or_not(visit, place, own=action is Action.OWN)
            case _:
                return await self.coaching.pressed(visit, action, argument, draft)

    async def _how_to_change_sites(self, _: Visit) -> Card:
        return preferences.how_to_change_sites()

    async def _greet(self, _: Visit) -> Card:
        return introductions.greeting()

    async def _help(self, visit: Visit) -> Card:
        return introductions.help_text(reachable=visit.member.platform != TERMINAL)
