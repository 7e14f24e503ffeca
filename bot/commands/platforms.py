"""Finds the installed adapters, so that the core need not know them by name."""

from collections.abc import Callable
from importlib.metadata import entry_points
from typing import cast

import click

from bot.bootstrap import Application
from bot.services.platform import Adapter, Terminal

GROUP = "checkpost.adapters"
"""The entry-point group; each entry is a function `build(application) -> Adapter`."""


def build(name: str, application: Application) -> Adapter:
    """Return a platform's adapter; its SDK is imported here and not before.

    Raises:
        click.UsageError: no such adapter is installed.
    """
    found = {entry.name: entry for entry in entry_points(group=GROUP)}
    if name not in found:
        there_are = ", ".join(sorted(found)) or "none"
        raise click.UsageError(
            f"no adapter named {name} is installed (there are: {there_are}); install checkpost again"
        )
    builder = cast("Callable[[Application], Adapter]", found[name].load())
    return builder(application)


def terminal(application: Application) -> Terminal:
    """Return the terminal's adapter.

    Raises:
        click.UsageError: it is not installed.
    """
    return cast("Terminal", build("terminal", application))
