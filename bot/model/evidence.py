"""Points at the sentences that spoke for a rule."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.model.features import character_features, word_features
from bot.model.linear import Linear
from bot.text.spans import Span

MOST_SENTENCES: Final = 60  # of a longer draft, the first are weighed
_NEARLY = 0.4  # a further sentence counts when it speaks at least this much as loudly
_MOST_SHOWN = 3


def weigh_sentences(sentences: Sequence[str], linear: Linear) -> NDArray[np.float64]:
    """Return how much the words of each sentence speak for each output, a row for each sentence."""
    weights = np.zeros((len(sentences), linear.bias.size))
    weighed = sentences[:MOST_SENTENCES]
    if weighed:
        found = (word_features(weighed), character_features(weighed))
        weights[: len(weighed)] = linear.sums(found, len(weighed)) * linear.unit
    return weights


def loudest(spans: Sequence[Span], weights: NDArray[np.float64]) -> tuple[Span, ...]:
    """Return the spans of the sentences that spoke most, at most three, in the order of the draft."""
    if not spans:
        return ()
    order = np.argsort(-np.round(weights, 2), kind="stable")[:_MOST_SHOWN]
    best = weights[order[0]]
    chosen = [order[0], *(i for i in order[1:] if weights[i] > 0 and weights[i] >= _NEARLY * best)]
    return tuple(spans[i] for i in sorted(int(i) for i in chosen))
