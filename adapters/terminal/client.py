"""One conversation in the terminal; the member is `terminal:local`."""

from dataclasses import replace

from rich.text import Text

from adapters.kit.balance_card import balance_card
from adapters.kit.card import Action, Button, Card, Heading
from adapters.kit.conversation import Conversation
from adapters.kit.guard import guarded
from adapters.kit.preferences import ADD_SITE, REMOVE_SITE
from adapters.kit.protocol import AdapterError
from adapters.kit.visit import Visit
from adapters.kit.wishes import digest_card
from adapters.terminal import render, settings, translate
from adapters.terminal.screen import Screen
from bot.balance.identity import Member
from bot.bootstrap import Application
from bot.services.balance_history import Past
from bot.summaries.digest import Digest
from bot.summaries.summary import Summary

PLAIN_COMMANDS = frozenset(
    {"hi", "hello", "hey", "help", "balance", "settings", "export", "forget me", "stop", "quit"}
)
_LEAVING = "quit"


LOCAL = Member("terminal", "local")
"""The person at this terminal."""


class TerminalCoach:
    """The coach for one person at a terminal.

    Args:
        application: the services.
        screen: where to read and write.
        member: who sits there.
    """

    name = "terminal"

    def __init__(self, application: Application, screen: Screen, member: Member = LOCAL) -> None:
        self._application = application
        self._screen = screen
        self._conversation = Conversation(application, settings.LONGEST)
        self._visit = Visit(member, None, settings.COMMUNITY)
        self._card: Card | None = None

    async def run(self) -> None:
        """Talk until the input ends or somebody says quit."""
        if self._screen.interactive:
            self._screen.write(Text(settings.WELCOME))
        prefilled = ""
        while (typed := await self._screen.read(self._words(), prefilled)) is not None:
            prefilled = ""
            if not typed.strip():
                continue
            if typed.strip().casefold() == _LEAVING:
                return
            button = translate.pressed(self._card, typed)
            if button is not None and button.action is Action.AGAIN and self._card and self._card.draft:
                prefilled = self._card.draft.text
                self._screen.write(Text("Change what you like and send it again."))
                continue
            self._show(await guarded(self._answer(typed, button)))

    async def probe(self) -> str:
        """Return what the coach is called here."""
        return "Checkpost"

    async def close(self) -> None:
        """Nothing is left open between two answers."""

    def connected(self) -> bool:
        """Return True: a terminal is always there."""
        return True

    async def post(self, channel: str, summary: Summary, marker: str) -> None:  # noqa: ARG002 - there is one screen
        """Show a week's summary."""
        chart = "\n".join(summary.chart.lines()) if summary.chart else ""
        for paragraph in (f"{summary.headline} ({marker})", *summary.paragraphs, chart, summary.tip or ""):
            if paragraph:
                self._screen.write(Text(paragraph))

    async def send_digest(self, member: Member, digest: Digest) -> None:
        """Show a member their own week.

        Raises:
            AdapterError: somebody else sits here.
        """
        if member != self._visit.member:
            raise AdapterError("that member is not at this terminal")
        for paragraph in render.lines(digest_card(digest), colour=self._screen.colour):
            self._screen.write(paragraph)

    def show_balance(self, heading: str, past: Past | None) -> None:
        """Draw a balance as its member sees it, without what only a conversation can do."""
        card = balance_card(None if past is None else replace(past, promotions=()))
        _, *blocks = card.blocks
        for paragraph in render.lines(Card((Heading(heading), *blocks)), colour=self._screen.colour):
            self._screen.write(paragraph)

    async def find(self, channel: str, marker: str) -> bool | None:  # noqa: ARG002 - there is one screen
        """Return None: what scrolled by cannot be read again."""
        return None

    def _words(self) -> frozenset[str]:
        return PLAIN_COMMANDS.union((ADD_SITE, REMOVE_SITE), translate.words(self._card))

    async def _answer(self, typed: str, button: Button | None) -> Card:
        if button is None:
            return await self._conversation.direct(self._visit, typed)
        draft = self._card.draft if self._card else None
        return await self._conversation.press(self._visit, button.action, button.argument, draft)

    def _show(self, card: Card) -> None:
        for paragraph in render.lines(card, colour=self._screen.colour):
            self._screen.write(paragraph)
        if card.attachment is not None:
            self._screen.write(Text(card.attachment.content.decode()))
        self._card = card if card.buttons else self._card
