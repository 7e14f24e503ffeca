"""Checkpost on Discord, by discord.py."""

from bot.bootstrap import Application
from bot.services.platform import Adapter


def build(application: Application) -> Adapter:
    """Return the adapter; the library is imported here and not before.

    Raises:
        AdapterError: the configuration cannot work; one line that names the key and the remedy.
    """
    from adapters.discord.adapter import DiscordAdapter

    return DiscordAdapter(application)
