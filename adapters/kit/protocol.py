"""What an adapter must be able to do; the program that runs adapters owns the words."""

from bot.services.platform import Adapter, AdapterError

__all__ = ["Adapter", "AdapterError"]
