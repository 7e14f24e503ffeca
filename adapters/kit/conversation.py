"""What a member says and what the coach answers, the same on every platform."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from adapters.kit import (
    answers,
    balance_card,
    balance_words,
    blocked,
    detail,
    introductions,
    nudging,
    preferences,
    quiet_hours,
    wishes,
)
from adapters.kit.card import Action, Card, ConsentOffer, Note, Paragraph, masked
from adapters.kit.memory import DraftMemory
from bot.balance.consent import Consent, ConsentState
from bot.balance.identity import Member
from bot.balance.nudges import Nudging
from bot.bootstrap import Application
from bot.services.claims import claimed
from bot.services.record_own_post import OwnPost
from bot.text.draft import Author, Draft, ReplyTo, Surface, is_blank

FORCED = "check:"
"""Before a draft in a direct message: what follows is a draft, whatever it says (design.md)."""

ELSEWHERE = "elsewhere"
"""The ledger of posts reported outside any community, as `PLATFORM:elsewhere`."""


TERMINAL = "terminal"
"""The platform on which nobody can be written to, nor is thanked in a summary."""

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


class Conversation:
    """Answers a member, privately; it keeps nothing between two calls.

    Args:
        application: the services.
        longest: the longest draft the platform takes, in code points.
        memory: where the adapter keeps drafts for a few minutes; `forget me` empties it of theirs.
        blocked_offers: whether the adapter hears of messages that a filter stopped.
        quiet_window: whether the adapter has a window for the quiet hours.
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
        self._blocked_offers = blocked_offers
        self._quiet_window = quiet_window
        self._application = application
        self._longest = longest
        self._memory = memory
        self._commands: dict[str, Callable[[Visit], Awaitable[Card]]] = {
            "hi": self._greet,
            "hello": self._greet,
            "hey": self._greet,
            "help": self._help,
            "balance": self.balance,
            "settings": self.settings,
            "export": self._export,
            "forget me": self._forget,
            "stop": self._stop,
        }
        self._plain: dict[Action, Callable[[Visit], Awaitable[Card]]] = {
            Action.CONSENT_NO: self._consent_refused,
            Action.BALANCE: self.balance,
            Action.SETTINGS: self.settings,
            Action.EXPORT: self._export,
            Action.SITES: self._how_to_change_sites,
        }

    async def direct(self, visit: Visit, text: str) -> Card:
        """Answer a direct message: a plain command, or else a draft."""
        said = text.strip()
        command = self._commands.get(said.rstrip("!. ").casefold())
        if command is not None:
            return await command(visit)
        if said.casefold().startswith(FORCED):
            return await self._drafted(visit, said[len(FORCED) :].lstrip())
        changed = await preferences.own_site_command(self._application.member_settings, visit.member, said)
        if changed is None:
            clock = self._application.clock
            changed = await wishes.wish(self._application.personal_wishes, visit.member, said, clock())
        if changed is None:
            changed = await nudging.command(self._application.nudges, visit.member, said)
        if changed is None:
            changed = await detail.command(self._application.member_settings, visit.member, said)
        return changed if changed is not None else await self._drafted(visit, text)

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
        return await self.check(visit, text, draft.surface, draft.reply_to, surfaces=True)

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
        return await self._asked_again(visit, checked.consent, card, checked.recorded_channels)

    async def press(self, visit: Visit, action: Action, argument: str, draft: Draft | None) -> Card:
        """Answer a button.

        Args:
            visit: who pressed it, and where.
            action: what the button does; `AGAIN` and `TRY` are the adapter's own and not answered here.
            argument: the button's argument.
            draft: the draft the button belongs to; None where it is gone.
        """
        if argument == nudging.NUDGED:
            await self._application.nudges.answered(visit.member)
        plain = self._plain.get(action)
        if plain is not None:
            return await plain(visit)
        match action:
            case Action.CONSENT_YES:
                return await self._consent_given(visit, draft if argument == "posted" else None)
            case Action.FORGET:
                return await self._forget(visit) if argument == preferences.SURE else preferences.sure()
            case Action.MUTE | Action.UNMUTE | Action.SET | Action.CORRECT:
                return await self._chosen(visit, action, argument)
            case _ if draft is None:
                return introductions.draft_gone()
            case Action.POSTED:
                return await self._posted(visit, draft)
            case _:
                return await self._about(visit, action, argument, draft)

    async def own_sites(self, visit: Visit) -> tuple[str, ...]:
        """Return the sites the member registered as their own, to be edited by them."""
        return (await self._application.member_settings.read(visit.member)).own_sites

    async def change_own_sites(self, visit: Visit, text: str) -> Card:
        """Make the member's own sites those of an edited list, one a line."""
        return await preferences.change_own_sites(self._application.member_settings, visit.member, text)

    async def nudging(self, visit: Visit) -> Nudging | None:
        """Return when the member may be nudged; None where they asked for none."""
        return await self._application.nudges.read(visit.member)

    async def change_quiet_hours(self, visit: Visit, start: int, end: int, zone: str) -> Card:
        """Set the hours, and their time zone, in which nudges leave the member alone."""
        return await quiet_hours.change(self._application.nudges, visit.member, start, end, zone)

    async def editable(self, visit: Visit, draft: Draft) -> str:
        """Return a draft's text to put into an editor for the member; secrets are hidden."""
        checked = await self._checked(visit, draft)
        return masked(draft.text, checked.advice.secrets)

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
        return await self._asked_again(visit, consent, card)

    async def settings(self, visit: Visit) -> Card:
        """Return what is kept about the member and how to change it."""
        chosen = await self._application.member_settings.read(visit.member)
        consent = await self._application.consents.state(visit.member)
        asked = await self.nudging(visit)
        card = preferences.settings_card(
            chosen,
            consent,
            self._application.retention_days,
            names=visit.member.platform != "discord",
            nudges=asked is not None,
            here=visit.community,
        )
        if visit.member.platform != TERMINAL:
            card = wishes.added(card, await self._application.personal_wishes.read(visit.member))
        if self._quiet_window and asked is not None:
            card = quiet_hours.added(card, asked)
        if not self._blocked_offers:
            return card
        return blocked.added(card, on=await self._application.blocked_offers.read(visit.member))

    async def _asked_again(
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

    async def _drafted(self, visit: Visit, text: str) -> Card:
        """Answer a draft in a direct message; just after a filter stopped one, on its tone alone."""
        at = self._application.clock()
        if not (self._blocked_offers and await self._application.blocked_offers.awaited(visit.member, at)):
            return await self.check(visit, text, surfaces=True)
        unfit = self._unfit(text)
        if unfit is not None:
            return unfit
        return blocked.tone_card(await self._checked(visit, Draft(text, author=Author(visit.member.id))))

    def _unfit(self, text: str) -> Card | None:
        """Return what is said about a draft that cannot be read; None where it can."""
        if is_blank(text):
            return introductions.send_text()
        if len(text) > self._longest:
            return introductions.too_long(len(text), self._longest)
        return None

    async def _chosen(self, visit: Visit, action: Action, argument: str) -> Card:
        settings, member = self._application.member_settings, visit.member
        if action is Action.CORRECT:
            at = self._application.clock()
            return await balance_card.correct(self._application.corrections, member, argument, at)
        name, _, value = argument.partition("=")
        if action is Action.SET and name == nudging.SWITCH:
            return await nudging.switched(self._application.nudges, member, value)
        if action is Action.SET and name == blocked.SETTING:
            return await blocked.switched(self._application.blocked_offers, member, value)
        if argument in (preferences.IN_HERE, preferences.IN_ALL):
            return await preferences.counted_in(settings, member, argument, visit.community)
        return await preferences.pressed(settings, member, action, argument)

    async def _about(self, visit: Visit, action: Action, argument: str, draft: Draft) -> Card:
        if action is Action.AS_REPLY or action is Action.AS_DIRECT:
            surface = Surface.REPLY if action is Action.AS_REPLY else Surface.DIRECT
            return await self.check(visit, draft.text, surface, draft.reply_to, surfaces=True)
        if action is Action.OWN or action is Action.NOT_OWN:
            settings, place = self._application.member_settings, claimed(draft, argument)
            return await preferences.own_or_not(settings, visit.member, place, own=action is Action.OWN)
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

    async def _checked(
        self, visit: Visit, draft: Draft, posted_at: datetime | None = None
    ) -> answers.Checked:
        at = self._application.clock() if posted_at is None else posted_at - timedelta(microseconds=1)
        return await self._application.check_draft(draft, visit.member, visit.community, at)

    async def _posted(self, visit: Visit, draft: Draft) -> Card:
        community = visit.community or f"{visit.member.platform}:{ELSEWHERE}"
        outcome = await self._application.record_own_post(
            draft, visit.member, community, self._application.clock()
        )
        if outcome is OwnPost.NEEDS_CONSENT:
            consent = await self._application.consents.state(visit.member)
            if consent.state in (ConsentState.DECLINED, ConsentState.WITHDRAWN):
                return Card(
                    (Paragraph("I don't count your posts, as you asked. Say settings to change that."),)
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

    async def _consent_given(self, visit: Visit, draft: Draft | None) -> Card:
        await self._application.consents.grant(visit.member, self._application.clock())
        if draft is not None:
            return await self._posted(visit, draft)
        return Card((Paragraph("Thank you. I'll count from now on; say stop at any time to end it."),))

    async def _consent_refused(self, visit: Visit) -> Card:
        if (await self._application.consents.state(visit.member)).state is ConsentState.GIVEN:
            return await self._stop(visit)
        await self._application.consents.decline(visit.member, self._application.clock())
        return Card((Paragraph("All right, I won't count anything, and I won't ask again."),))

    async def _how_to_change_sites(self, _: Visit) -> Card:
        return preferences.how_to_change_sites()

    async def _greet(self, _: Visit) -> Card:
        return introductions.greeting()

    async def _help(self, visit: Visit) -> Card:
        return introductions.help_text(reachable=visit.member.platform != TERMINAL)

    async def _export(self, visit: Visit) -> Card:
        return preferences.export_card(await self._application.privacy.export(visit.member))

    async def _forget(self, visit: Visit) -> Card:
        if self._memory is not None:
            self._memory.forget(str(visit.member))
        erased = await self._application.privacy.forget(visit.member)
        if not erased:
            return Card((Paragraph("I had nothing about you."),))
        return Card((Paragraph("Done: everything I kept about you is erased."),))

    async def _stop(self, visit: Visit) -> Card:
        await self._application.consents.withdraw(visit.member, self._application.clock())
        return Card(
            (
                Paragraph("I've stopped counting your posts."),
                Note("What was counted so far stays until it expires; say forget me to erase it now."),
            )
        )
