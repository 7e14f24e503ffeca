"""The process's own terminal, or the pipe in its place."""

import asyncio
import sys
from io import TextIOWrapper
from typing import Protocol, TextIO

from rich.console import Console
from rich.text import Text

PROMPT = "› "
END_OF_DRAFT = "."
"""In a pipe, a line with only this ends a draft; so does the end of the input."""


class Screen(Protocol):
    """Where the terminal's coach reads and writes.

    Attributes:
        colour: whether styles are seen.
        interactive: whether somebody is typing.
    """

    colour: bool
    interactive: bool

    async def read(self, words: frozenset[str], prefilled: str = "") -> str | None:
        """Return what was typed, several lines if they were pasted; None at the end of the input.

        Args:
            words: what would be understood as a command, in lower case; one that ends with a colon
                is followed by something. In a pipe such a line is not the beginning of a draft.
            prefilled: a text to begin with, where somebody can edit it.
        """
        ...

    def write(self, text: Text) -> None:
        """Show a paragraph."""
        ...


class PipedScreen:
    """Drafts from a pipe, separated by lines with a single dot."""

    interactive = False

    def __init__(self, source: TextIO, console: Console) -> None:
        self._source = source
        self._console = console
        self.colour = console.is_terminal and not console.no_color

    async def read(self, words: frozenset[str], prefilled: str = "") -> str | None:  # noqa: ARG002 - nobody edits a pipe
        """Return the next draft or command of the pipe."""
        return await asyncio.to_thread(self._next, words)

    def write(self, text: Text) -> None:
        """Print a paragraph, unwrapped, so that other programs can read it."""
        self._console.print(text, soft_wrap=True)
        self._console.print()

    def _next(self, words: frozenset[str]) -> str | None:
        collected: list[str] = []
        for line in self._source:
            said = line.rstrip("\r\n")
            if said.strip() == END_OF_DRAFT:
                if collected:
                    break
                continue
            if not collected and _is_command(said, words):
                return said
            if collected or said.strip():
                collected.append(said)
        return "\n".join(collected) if collected else None


def _is_command(line: str, words: frozenset[str]) -> bool:
    said = " ".join(line.casefold().split())
    return said in words or any(said.startswith(word) for word in words if word.endswith(":"))


class TypedScreen:
    """Somebody at a keyboard: Enter sends, a paste keeps its lines, Esc Enter starts a new line."""

    interactive = True

    def __init__(self, console: Console) -> None:
        from prompt_toolkit import PromptSession
        from prompt_toolkit.history import InMemoryHistory

        self._console = console
        self._session: PromptSession[str] = PromptSession(history=InMemoryHistory())
        self.colour = not console.no_color

    async def read(self, words: frozenset[str], prefilled: str = "") -> str | None:  # noqa: ARG002 - Enter ends a draft here
        """Return what was typed; None on Ctrl-D."""
        try:
            return await self._session.prompt_async(PROMPT, default=prefilled)
        except EOFError:
            return None

    def write(self, text: Text) -> None:
        """Print a paragraph, wrapped to the window."""
        self._console.print(text)
        self._console.print()


def open_screen() -> Screen:
    """Return the screen that fits the process's standard streams."""
    console = Console(highlight=False)
    if sys.stdin.isatty() and sys.stdout.isatty():
        return TypedScreen(console)
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    return PipedScreen(sys.stdin, console)
