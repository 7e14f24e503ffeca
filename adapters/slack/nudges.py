"""Looks now and then whom to nudge, and does so by direct message."""

import asyncio

from slack_sdk.errors import SlackApiError

from adapters.kit.card import Card
from adapters.kit.nudging import send_due
from adapters.kit.protocol import AdapterError
from adapters.slack.clients import Clients
from adapters.slack.delivery import Delivery
from adapters.slack.failures import certainly_refused, log_fault
from adapters.slack.recipient import recipient
from adapters.slack.translate import PLATFORM
from bot.balance.identity import Member
from bot.bootstrap import Application

NUDGE_EVERY = 900.0
"""Seconds between two looks at whom to nudge."""


class Nudges:
    """Tells members who asked for it that their balance drifts.

    Args:
        application: the services.
        clients: act in the members' workspaces.
        delivery: brings the message.
    """

    def __init__(self, application: Application, clients: Clients, delivery: Delivery) -> None:
        self._application = application
        self._clients = clients
        self._delivery = delivery

    async def now_and_then(self) -> None:
        """Look for ever."""
        while True:
            try:
                await self.send()
            except Exception as error:  # noqa: BLE001 - whatever it is, the answers go on
                log_fault("nudging", error)
            await asyncio.sleep(NUDGE_EVERY)

    async def send(self) -> None:
        """Tell everybody whose turn it is."""
        await send_due(self._application, PLATFORM, self._tell)

    async def _tell(self, member: Member, card: Card) -> None:
        """Send a member a direct message; a closed door is no fault."""
        team, _, user = member.id.partition("/")
        try:
            await self._delivery.send(recipient(await self._clients.of(team), team, user), card)
        except AdapterError:  # the workspace has removed the app
            return
        except SlackApiError as error:
            if not certainly_refused(error):
                log_fault("a nudge", error)
