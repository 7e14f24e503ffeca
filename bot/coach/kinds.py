"""What a draft is for, from its words and its shape: the reader that needs no training.

It stands in where no trained reader is loaded; its scores come from phrases, questions, mentions, links
and the surface, and are deterministic.
"""

from collections.abc import Mapping
from math import exp

from bot.model.opinion import Opinion
from bot.text.draft import Surface
from bot.text.kind import Kind
from bot.text.lexicon import Hit, load_lexicon
from bot.text.passages import lay_out
from bot.text.reading import Reading

_PROMOTION, _ENGAGEMENT, _NEUTRAL = Kind.PROMOTION, Kind.ENGAGEMENT, Kind.NEUTRAL
_OWN_LINK = 1.9
_OWN_LINK_IN_ANSWER = 0.9
_REPLY = 1.2
_DIRECT = 0.5
_QUESTION = 0.9
_MENTION = 0.6
_LINK = 0.3
_NEUTRAL_START = 0.55
_SHARPNESS = 1.9
_MOST_POINTS = 2.4
_SHORT = 12  # words


class PatternReader:
    """Scores kinds by patterns; has no opinion on the rules, which then decide by their own patterns."""

    def opinion(self, reading: Reading) -> Opinion:
        """Return the kind scores, and no scores for rules."""
        return Opinion(kinds=self.kinds(reading))

    def kinds(self, reading: Reading) -> Mapping[Kind, float]:
        """Return a score for each kind; they sum to 1."""
        points = _points(reading)
        strengths = {kind: exp(_SHARPNESS * points[kind]) for kind in Kind}
        total = sum(strengths.values())
        return {kind: strength / total for kind, strength in strengths.items()}


def _points(reading: Reading) -> dict[Kind, float]:
    hits = load_lexicon("bot.coach.phrases", "kinds.txt").hits(lay_out(reading))
    cases = _strongest(hits)
    promotion = sum(value for case, value in cases.items() if case.startswith("promotion"))
    engagement = sum(value for case, value in cases.items() if case.startswith("engagement"))
    neutral = _NEUTRAL_START + sum(value for case, value in cases.items() if case.startswith("neutral"))
    surface = reading.draft.surface
    if surface is Surface.REPLY:
        engagement += _REPLY
        promotion *= 0.75
    elif surface is Surface.DIRECT:
        engagement += _DIRECT
    if "?" in reading.prose:
        engagement += _QUESTION
    if reading.mentions:
        engagement += _MENTION
    if reading.own_links:
        helpful = surface is Surface.REPLY and not cases.get("promotion-ask")
        promotion += _OWN_LINK_IN_ANSWER if helpful else _OWN_LINK
    elif reading.links:
        engagement += _LINK
    if surface is Surface.CHANNEL and len(reading.tokens) < _SHORT and not cases:
        neutral += 0.3
    return {
        _PROMOTION: min(promotion, _MOST_POINTS),
        _ENGAGEMENT: min(engagement, _MOST_POINTS),
        _NEUTRAL: neutral,
    }


def _strongest(hits: tuple[Hit, ...]) -> dict[str, float]:
    """Return for each section its weight, half as much again where several phrases of it were found."""
    counts: dict[str, int] = {}
    weights: dict[str, float] = {}
    for hit in hits:
        counts[hit.case] = counts.get(hit.case, 0) + 1
        weights[hit.case] = hit.weight
    return {case: weight * (1.5 if counts[case] > 1 else 1.0) for case, weight in weights.items()}
