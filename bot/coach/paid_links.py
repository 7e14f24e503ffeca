"""A link that pays whoever posts it makes a post promotion, whatever its words say.

The one place where an address outvotes the reader: the check of a draft and the ledger both read
through it, so they agree.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.model.opinion import Opinion, Reader
from bot.text.kind import Kind
from bot.text.reading import Reading
from bot.text.referrals import pays

_CERTAIN = 0.9
"""What promotion has at least; the reader's own scores share the rest."""


class PaidLinks:
    """Reads with another reader, and counts affiliate and referral links as promotion.

    Args:
        reader: scores everything else.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def opinion(self, reading: Reading) -> Opinion:
        """Return the reader's opinion, the kind corrected."""
        opinion = self._reader.opinion(reading)
        return replace(opinion, kinds=_promotion(opinion.kinds)) if _is_paid(reading) else opinion

    def kinds(self, readings: Sequence[Reading]) -> Sequence[Mapping[Kind, float]]:
        """Return the reader's kind scores, corrected in the same way."""
        scored = zip(readings, self._reader.kinds(readings), strict=True)
        return [_promotion(kinds) if _is_paid(reading) else kinds for reading, kinds in scored]


def _is_paid(reading: Reading) -> bool:
    """Tell whether the author's own words, not what they quote, hold a link that pays."""
    return any(
        pays(link) and not any(quoted.start <= link.span.start < quoted.end for quoted in reading.quotations)
        for link in reading.links
    )


def _promotion(kinds: Mapping[Kind, float]) -> Mapping[Kind, float]:
    return {
        kind: round(_CERTAIN * (kind is Kind.PROMOTION) + (1 - _CERTAIN) * score, 4)
        for kind, score in kinds.items()
    }
