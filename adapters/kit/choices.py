"""What a member chooses for themselves: by a button, in words, or in a window."""

from adapters.kit import blocked, detail, nudging, preferences, quiet_hours, wishes
from adapters.kit.card import Action, Card
from adapters.kit.visit import TERMINAL, Visit
from bot.balance.nudges import Nudging
from bot.bootstrap import Application


class Choices:
    """Shows and changes a member's settings.

    Args:
        application: the services.
        blocked_offers: whether the adapter hears of messages that a filter stopped.
        quiet_window: whether the adapter has a window for the quiet hours.
    """

    def __init__(self, application: Application, *, blocked_offers: bool, quiet_window: bool) -> None:
        self._application = application
        self._blocked_offers = blocked_offers
        self._quiet_window = quiet_window

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

    async def said(self, visit: Visit, said: str) -> Card | None:
        """Change what a message asks for in so many words; None where it asks for no change."""
        settings, member = self._application.member_settings, visit.member
        changed = await preferences.own_site_command(settings, member, said)
        if changed is None:
            at = self._application.clock()
            changed = await wishes.wish(self._application.personal_wishes, member, said, at)
        if changed is None:
            changed = await nudging.command(self._application.nudges, member, said)
        if changed is None:
            changed = await detail.command(settings, member, said)
        return changed

    async def pressed(self, visit: Visit, action: Action, argument: str) -> Card:
        """Change what a button of a card changes."""
        settings, member = self._application.member_settings, visit.member
        name, _, value = argument.partition("=")
        if action is Action.SET and name == nudging.SWITCH:
            return await nudging.switched(self._application.nudges, member, value)
        if action is Action.SET and name == blocked.SETTING:
            return await blocked.switched(self._application.blocked_offers, member, value)
        if argument in (preferences.IN_HERE, preferences.IN_ALL):
            return await preferences.counted_in(settings, member, argument, visit.community)
        return await preferences.pressed(settings, member, action, argument)

    async def own_or_not(self, visit: Visit, place: str | None, *, own: bool) -> Card:
        """Note whether a place that a draft calls its author's own is theirs."""
        return await preferences.own_or_not(self._application.member_settings, visit.member, place, own=own)

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
