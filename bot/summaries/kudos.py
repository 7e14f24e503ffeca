"""Kudos: what a member who agreed to be named did for others; never a ranking."""

from bot.summaries.counts import MemberCounts

FEWEST = 3
"""Fewer deeds than this are not worth a public word."""

_DEEDS = (
    ("answering", "answered {} questions"),
    ("sharing", "shared {} things others made"),
    ("thanking", "said thank you {} times"),
)


def deed_of(counts: MemberCounts) -> tuple[str, str] | None:
    """Return the figure a member is thanked for and what they did; None where there is too little.

    It is what they did most of; where two are equal, what costs more effort.
    """
    name, words = max(_DEEDS, key=lambda deed: getattr(counts, deed[0]))
    count: int = getattr(counts, name)
    return None if count < FEWEST else (name, words.format(count))
