"""Answers members: a direct message, a command, a message they point at, a button, a window."""

from collections.abc import Awaitable

import discord
from discord import ui

from adapters.discord import modals, translate
from adapters.discord.buttons import Interaction
from adapters.discord.custom_ids import QUIET_MODAL, SITES_MODAL, DraftModalId, PressId, Source
from adapters.discord.delivery import answer, open_window, ready, reply
from adapters.discord.drafts import continued, recall
from adapters.discord.under_way import UnderWay
from adapters.kit.card import Action, Card, Paragraph
from adapters.kit.conversation import Conversation
from adapters.kit.guard import guarded
from adapters.kit.introductions import too_long
from adapters.kit.memory import DraftMemory
from adapters.kit.preferences import how_to_change_sites
from adapters.kit.quiet_hours import no_nudges
from adapters.kit.visit import Visit
from bot.text.draft import ReplyTo, Surface


class Desk:
    """Reads what a member did, asks the conversation and sends the answer.

    Args:
        conversation: what the coach answers.
        memory: drafts of the last minutes.
        under_way: counts what is being answered.
    """

    def __init__(self, conversation: Conversation, memory: DraftMemory, under_way: UnderWay) -> None:
        self._conversation = conversation
        self._memory = memory
        self._under_way = under_way

    async def direct(self, message: discord.Message) -> None:
        """Answer a direct message; one that replies to the coach goes on about that draft."""
        with self._under_way.one():
            await reply(message, self._said(message), self._memory)

    async def _said(self, message: discord.Message) -> Card:
        visit = translate.visit(message.author, None)
        if message.reference is None:
            return await self._conversation.direct(visit, message.content)
        draft = await continued(message, self._memory)
        return await self._conversation.continued(visit, message.content, draft)

    async def asked(self, interaction: Interaction, draft: str | None, surface: Surface) -> None:
        """Answer `/checkpost`."""
        with self._under_way.one():
            if draft is None:
                await open_window(interaction, modals.draft_modal(surface))
            else:
                work = self._conversation.coaching.check(_visit(interaction), draft, surface)
                await answer(interaction, work, self._memory)

    async def asked_for_balance(self, interaction: Interaction) -> None:
        """Answer `/balance`."""
        with self._under_way.one():
            await answer(interaction, self._conversation.record.balance(_visit(interaction)), self._memory)

    async def asked_for_settings(self, interaction: Interaction) -> None:
        """Answer `/coach`."""
        with self._under_way.one():
            await answer(interaction, self._conversation.choices.settings(_visit(interaction)), self._memory)

    async def asked_about_post(self, interaction: Interaction, message: discord.Message) -> None:
        """Answer "Check this post": advice for an edit of one's own."""
        with self._under_way.one():
            if message.author.id != interaction.user.id:
                await self.say(interaction, "That post is somebody else's. To answer it, use Check my reply.")
                return
            reply_to = translate.answered_by(message)
            surface = Surface.CHANNEL if reply_to is None else Surface.REPLY
            work = self._conversation.coaching.check(
                _visit(interaction), message.content, surface, reply_to, posted_at=message.created_at
            )
            await answer(interaction, work, self._memory)

    async def asked_about_reply(self, interaction: Interaction, message: discord.Message) -> None:
        """Answer "Check my reply" with a window that holds what is answered."""
        with self._under_way.one():
            reply_to = ReplyTo(str(message.author.id), message.content)
            await open_window(interaction, modals.draft_modal(Surface.REPLY, reply_to=reply_to))

    async def submitted(self, interaction: Interaction) -> None:
        """Answer a submitted window, recognised by its id so that it works after a restart too."""
        data = translate.submission(interaction)
        custom_id = str(data.get("custom_id", ""))
        window = DraftModalId.parse(custom_id)
        with self._under_way.one():
            visit = _visit(interaction)
            if custom_id == SITES_MODAL:
                sites = modals.submitted_sites(data)
                changed = self._conversation.choices.change_own_sites(visit, sites)
                await answer(interaction, changed, self._memory)
            elif custom_id == QUIET_MODAL:
                hours = modals.submitted_quiet(data)
                changed = self._conversation.choices.change_quiet_hours(visit, *hours)
                await answer(interaction, changed, self._memory)
            elif window is not None:
                text, reply_to = modals.submitted_draft(data)
                work = self._conversation.coaching.check(visit, text, window.surface, reply_to)
                await answer(interaction, work, self._memory)

    async def pressed(self, interaction: Interaction, press: PressId) -> None:
        """Answer a button."""
        with self._under_way.one():
            match press.action:
                case Action.TRY:
                    await open_window(interaction, modals.draft_modal())
                case Action.SITES:
                    await self._open(interaction, self._sites_window(_visit(interaction)))
                case Action.QUIET:
                    await self._open(interaction, self._quiet_window(_visit(interaction)))
                case Action.AGAIN:
                    await self._open(interaction, self._edit_window(interaction, press))
                case _:
                    draft = await recall(interaction.user, interaction.message, press, self._memory)
                    work = self._conversation.press(_visit(interaction), press.action, press.argument, draft)
                    await answer(interaction, work, self._memory)

    async def _open(self, interaction: Interaction, making: Awaitable[ui.Modal | Card]) -> None:
        """Open a window, or show the card that stands in its place; a fault is a kind line here too."""
        windows: list[ui.Modal] = []

        async def instead() -> Card:
            made = await making
            if isinstance(made, Card):
                return made
            windows.append(made)
            return Card(())

        card = await guarded(instead())
        if windows:
            await open_window(interaction, windows[0])
        else:
            await self.show(interaction, ready(card))

    async def _sites_window(self, visit: Visit) -> ui.Modal | Card:
        sites = await self._conversation.choices.own_sites(visit)
        # a list that is cut off would strike the others off when it is sent
        return modals.sites_modal(sites) if modals.fits("\n".join(sites)) else how_to_change_sites()

    async def _quiet_window(self, visit: Visit) -> ui.Modal | Card:
        nudging = await self._conversation.choices.nudging(visit)
        return no_nudges() if nudging is None else modals.quiet_modal(nudging)

    async def _edit_window(self, interaction: Interaction, press: PressId) -> ui.Modal | Card:
        draft = await recall(interaction.user, interaction.message, press, self._memory)
        # a draft with a secret is not repeated, so its window is empty
        text = draft.text if draft is not None and press.source is not Source.HIDDEN else ""
        if not modals.fits(text):
            return too_long(len(text), modals.LONGEST)
        return modals.draft_modal(press.surface, text, draft.reply_to if draft is not None else None)

    async def say(self, interaction: Interaction, sentence: str) -> None:
        """Answer with one sentence."""
        await self.show(interaction, ready(Card((Paragraph(sentence),))))

    async def show(self, interaction: Interaction, work: Awaitable[Card]) -> None:
        """Answer with a card, once it is made."""
        with self._under_way.one():
            await answer(interaction, work, self._memory)


def _visit(interaction: Interaction) -> Visit:
    # where only the member installed the coach, the server has no ledger of its own
    here = interaction.guild_id if interaction.is_guild_integration() else None
    return translate.visit(interaction.user, here)
