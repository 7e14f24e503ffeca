"""Opens the window of a member's settings, and makes them what it asks for."""

from collections.abc import Mapping
from typing import Any

from adapters.kit.card import Card, ConsentOffer, Paragraph
from adapters.slack import member_choices, member_window
from adapters.slack.member_choices import Chosen, Quiet
from adapters.slack.recipient import Recipient
from bot.balance.consent import ConsentState
from bot.balance.identity import Member
from bot.bootstrap import Application

Payload = Mapping[str, Any]


class MemberSettings:
    """A member's settings in a window.

    Args:
        application: the services.
    """

    def __init__(self, application: Application) -> None:
        self._application = application

    async def open(self, to: Recipient, trigger: str) -> None:
        """Open the window with what is set now.

        Args:
            to: who wants it, and where they asked.
            trigger: Slack's leave to open a window, good for three seconds.
        """
        settings = await self._application.community_settings.read(to.community)
        consent = ConsentOffer(tuple(sorted(settings.recorded_channels)), self._application.retention_days)
        view = member_window.window(to.origin, await self._now(to.member), consent)
        await to.client.views_open(trigger_id=trigger, view=view)

    async def save(self, member: Member, view: Payload) -> None:
        """Make the settings what the window asks for; what it leaves as it is leaves no trace.

        Raises:
            fields.NotUnderstoodError: a field holds what fits no setting, and nothing was changed.
        """
        now = await self._now(member)
        wanted = member_window.wanted(view, now)
        if wanted.counting != now.counting:
            consents, at = self._application.consents, self._application.clock()
            await (consents.grant(member, at) if wanted.counting else consents.withdraw(member, at))
        await self._places_and_rules(member, now, wanted)
        hints = wanted.widen_circle, wanted.real_name, wanted.detail
        if hints != (now.widen_circle, now.real_name, now.detail):
            await self._application.member_settings.change(
                member,
                widen_circle=wanted.widen_circle,
                real_name=wanted.real_name,
                detail=wanted.detail,
            )
        if wanted.nudges != now.nudges:
            await self._nudges(member, wanted.nudges)

    async def erased(self, to: Recipient, view_id: str, card: Card) -> None:
        """Say in the window what became of everything, so that it shows no settings that are gone."""
        said = " ".join(block.text for block in card.blocks if isinstance(block, Paragraph))
        await to.client.views_update(view_id=view_id, view=member_window.closing(said))

    async def _now(self, member: Member) -> Chosen:
        application = self._application
        consent = await application.consents.state(member)
        nudging = await application.nudges.read(member)
        quiet = nudging and Quiet(nudging.quiet_from, nudging.quiet_until, nudging.zone.key)
        return member_choices.chosen(
            await application.member_settings.read(member),
            counting=consent.state is ConsentState.GIVEN,
            nudges=quiet,
        )

    async def _places_and_rules(self, member: Member, now: Chosen, wanted: Chosen) -> None:
        settings = self._application.member_settings
        await settings.change_own_sites(member, now.own_sites or (), wanted.own_sites or ())
        for rule in sorted(wanted.muted - now.muted):
            await settings.mute(member, rule)
        for rule in sorted(now.muted - wanted.muted):
            await settings.unmute(member, rule)

    async def _nudges(self, member: Member, quiet: Quiet | None) -> None:
        nudges = self._application.nudges
        if quiet is None:
            await nudges.switch_off(member)
            return
        await nudges.switch_on(member)
        await nudges.quiet(member, quiet.start, quiet.end, quiet.zone)
