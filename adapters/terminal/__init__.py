"""The coach in the terminal: no token, no network, no configuration."""

from adapters.terminal.client import TerminalCoach
from bot.bootstrap import Application


def build(application: Application) -> TerminalCoach:
    """Return the terminal's coach on the process's own standard streams."""
    from adapters.terminal.screen import open_screen

    return TerminalCoach(application, open_screen())
