"""Finds the adapters that are installed, without importing any SDK before it is needed."""

from collections.abc import Callable
from importlib.metadata import entry_points

from adapters.kit.protocol import Adapter
from bot.bootstrap import Application

GROUP = "checkpost.adapters"
"""The entry-point group; each entry is `build(application) -> Adapter`."""


def builder(name: str) -> Callable[[Application], Adapter]:
    """Return what builds the adapter of a platform.

    Raises:
        LookupError: no such adapter is installed; the message names the ones that are.
    """
    found = {entry.name: entry for entry in entry_points(group=GROUP)}
    if name not in found:
        raise LookupError(f"no adapter named {name!r} is installed; there are: {', '.join(sorted(found)) or 'none'}")
    return found[name].load()
