"""Which reader stands behind the rules."""

from functools import cache

from bot.coach.kinds import PatternReader
from bot.model.opinion import Reader


@cache
def default_reader() -> Reader:
    """Return the reader the product is run with, loaded once."""
    return PatternReader()
