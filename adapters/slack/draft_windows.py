"""Opens the windows in which drafts are typed: an empty one, one with a draft in it, one for a reply."""

from collections.abc import Mapping
from typing import Any

from adapters.kit.card import Card, Paragraph
from adapters.kit.conversation import Conversation
from adapters.kit.introductions import draft_gone
from adapters.kit.visit import Visit
from adapters.slack import modals, shortcuts
from adapters.slack.recipient import Recipient
from adapters.slack.settings import MODAL_LONGEST
from bot.text.draft import Draft, ReplyTo, Surface
from bot.text.spans import utf16_offset

NOTHING = Card(())
"""A card without words: the window is the answer."""


class DraftWindows:
    """Windows for drafts.

    Args:
        conversation: hides what must not be shown again.
    """

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation

    async def empty(self, to: Recipient, trigger: str) -> Card:
        """Open an empty window.

        Args:
            to: for whom.
            trigger: Slack's leave to open a window, good for three seconds.
        """
        return await self._open(to, trigger)

    async def reply(self, to: Recipient, body: Mapping[str, Any]) -> Card:
        """Open a window for the answer to a message; nobody mentioned is looked up, for want of time."""
        surface = Surface.DIRECT if shortcuts.surface_of(body) is Surface.DIRECT else Surface.REPLY
        return await self._open(to, str(body["trigger_id"]), "", surface, shortcuts.answered(body, {}))

    async def edit(self, to: Recipient, visit: Visit, draft: Draft | None, trigger: str) -> Card:
        """Open a window with the draft in it; the card has no words unless there is something to say."""
        if draft is None:
            return draft_gone()
        text = await self._conversation.coaching.editable(visit, draft)
        if utf16_offset(text, len(text)) > MODAL_LONGEST:
            return _too_long_to_edit()
        return await self._open(to, trigger, text, draft.surface, draft.reply_to)

    async def _open(
        self,
        to: Recipient,
        trigger: str,
        text: str = "",
        surface: Surface = Surface.CHANNEL,
        reply_to: ReplyTo | None = None,
    ) -> Card:
        await to.client.views_open(trigger_id=trigger, view=modals.window(to.origin, text, surface, reply_to))
        return NOTHING


def _too_long_to_edit() -> Card:
    return Card(
        (
            Paragraph(
                f"This draft is longer than a window takes ({MODAL_LONGEST:,} characters). "
                "Change it and send it to me as a direct message; I'll read it again."
            ),
        )
    )
