"""Which reader stands behind the rules."""

from bot.coach.paid_links import PaidLinks
from bot.model.opinion import Reader
from bot.model.reader import trained_reader


def default_reader() -> Reader:
    """Return the reader the product is run with, its artifact loaded once."""
    return PaidLinks(trained_reader())
