"""Shows the Home tab, and shows it anew when something in it has changed."""

from adapters.kit.conversation import Conversation
from adapters.slack import home
from adapters.slack.failures import log_fault
from adapters.slack.recipient import Recipient
from adapters.slack.visits import Visits


class HomeTab:
    """The app's Home tab.

    Args:
        conversation: knows the balance and the settings.
        visits: tells who looks.
    """

    def __init__(self, conversation: Conversation, visits: Visits) -> None:
        self._conversation = conversation
        self._visits = visits

    async def show(self, to: Recipient) -> None:
        """Show it anew; where that fails the member still has what they asked for."""
        try:
            visit = await self._visits.of(to)
            balance = await self._conversation.record.balance(visit, asked=False)
            view = home.view(balance, await self._conversation.choices.settings(visit))
            await to.client.views_publish(user_id=to.user, view=view)
        except Exception as error:  # noqa: BLE001 - the tab is beside the answer, never instead of it
            log_fault("showing the Home tab", error)
