"""Which reader stands behind the rules."""

from bot.model.opinion import Reader
from bot.model.reader import trained_reader


def default_reader() -> Reader:
    """Return the reader the product is run with, loaded once."""
    return trained_reader()
