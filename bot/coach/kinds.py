"""What a draft is for, from its words and its shape: the reader that needs no trained artifact.

It stands in where none is loaded. Its signs are the sections of `phrases/kinds.txt` and a few shapes; what
each weighs stands in `kind_weights.txt`: the scores are those of a logistic regression over signs that a
person can read.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from math import exp

from bot.model.opinion import Opinion
from bot.text.draft import Surface
from bot.text.kind import Kind
from bot.text.lexicon import load_lexicon
from bot.text.passages import lay_out
from bot.text.reading import Reading

_START = "start"
_SHORT = 8  # words
_LONG = 60
_MOST_OF_SELF = 0.2  # from this share of words on, a draft speaks wholly of oneself, or to somebody
_MOST_SHOUTED = 3
_HASHTAGS = 2
_FIRST_PERSON = frozenset("i i'm im i've ive i'd i'll me my mine myself we we're we've our ours us".split())
_SECOND_PERSON = frozenset("you your yours you're youre u ur yourself y'all ya".split())


class PatternReader:
    """Scores kinds by signs; has no opinion on the rules, which then decide by their own patterns."""

    def opinion(self, reading: Reading) -> Opinion:
        """Return the kind scores, and no scores for rules."""
        return Opinion(kinds=_scores(reading))

    def kinds(self, readings: Sequence[Reading]) -> Sequence[Mapping[Kind, float]]:
        """Return a score for each kind; they sum to 1."""
        return [_scores(reading) for reading in readings]


def _scores(reading: Reading) -> Mapping[Kind, float]:
    weights = _weights()
    points = list(weights[_START])
    for sign, strength in _signs(reading):
        for index, weight in enumerate(weights.get(sign, (0.0, 0.0, 0.0))):
            points[index] += strength * weight
    strengths = [exp(point) for point in points]
    return {kind: strength / sum(strengths) for kind, strength in zip(Kind, strengths, strict=True)}


def _signs(reading: Reading) -> Iterator[tuple[str, float]]:
    """Yield the signs of a draft with their strength between 0 and 1."""
    passages = lay_out(reading)
    for case in {hit.case for hit in load_lexicon("bot.coach.phrases", "kinds.txt").hits(passages)}:
        yield case, 1.0
    yield from _shapes(reading)
    words = [word.lower() for word in reading.words]
    count = max(len(words), 1)
    yield "short", float(count < _SHORT)
    yield "long", float(count > _LONG)
    yield "speaks-of-self", min(sum(word in _FIRST_PERSON for word in words) / count / _MOST_OF_SELF, 1.0)
    yield "speaks-to-you", min(sum(word in _SECOND_PERSON for word in words) / count / _MOST_OF_SELF, 1.0)


def _shapes(reading: Reading) -> Iterator[tuple[str, float]]:
    surface, prose = reading.draft.surface, reading.prose
    others = len(reading.links) > len(reading.own_links)
    yield "reply", float(surface is Surface.REPLY)
    yield "direct", float(surface is Surface.DIRECT)
    yield "question", float("?" in prose)
    yield "ends-asking", float(prose.rstrip().endswith("?"))
    yield "mention", float(bool(reading.mentions))
    yield "own-link", float(bool(reading.own_links))
    yield "own-links", float(len(reading.own_links) > 1)
    yield "own-link-reply", float(bool(reading.own_links) and surface is Surface.REPLY)
    yield "other-link", float(others)
    yield "other-link-channel", float(others and surface is Surface.CHANNEL)
    yield "hashtag", float(prose.count("#") >= _HASHTAGS)
    yield "shouting", min(prose.count("!"), _MOST_SHOUTED) / _MOST_SHOUTED
    yield "price", float(any(mark in prose for mark in "$£€%"))


@cache
def _weights() -> Mapping[str, tuple[float, ...]]:
    """Load what every sign weighs, in the order of `Kind`."""
    weights: dict[str, tuple[float, ...]] = {}
    for line in files("bot.coach").joinpath("kind_weights.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith(";"):
            sign, *numbers = line.split()
            weights[sign] = tuple(float(number) for number in numbers)
    return weights
