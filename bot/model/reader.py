"""The trained reader: one opinion from a word table and a small encoder."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

import numpy as np

from bot.model.artifact import Artifact, load
from bot.model.evidence import loudest, weigh_sentences
from bot.model.features import features_of
from bot.model.hashing import Filed
from bot.model.look import look
from bot.model.opinion import Opinion
from bot.model.plain import plain_sentences
from bot.text.kind import Kind
from bot.text.reading import Reading
from bot.text.spans import Span

_DIGITS: Final = 3  # probabilities are rounded, so that the last bits of a machine decide nothing


class TrainedReader:
    """Scores readings one at a time: the same draft gives the same opinion alone, in a batch, tomorrow.

    Args:
        artifact: the trained weights.
    """

    def __init__(self, artifact: Artifact) -> None:
        self._artifact = artifact
        weighing = artifact.weighing
        self._rules = weighing.rules
        self._table = artifact.linear.only(slice(0, len(self._rules)))
        self._kind_table = artifact.linear.only(slice(len(self._rules), None))
        self._linear = np.array(weighing.linear)
        self._encoder = np.array(weighing.encoder)
        self._shift = np.array(weighing.shift)
        self._thresholds = np.array(weighing.thresholds)

    def opinion(self, reading: Reading) -> Opinion:
        """Return the scores of every rule and kind, and the sentences that spoke for what fires."""
        sentences = plain_sentences(reading)
        texts = [text for _, text in sentences]
        families = features_of([reading], [texts])
        artifact = self._artifact
        seen = look(reading, texts, artifact.encoder, artifact.tokenizer)
        (told,) = self._table.scores(families, 1)
        weighed = self._linear * told + self._encoder * seen.scores + self._shift
        chances = np.round(1 / (1 + np.exp(-weighed)), _DIGITS)
        firing = np.flatnonzero(chances >= self._thresholds)
        evidence: dict[str, tuple[Span, ...]] = {}
        if firing.size:
            weights = weigh_sentences(texts, self._table) + seen.sentences
            spans = [span for span, _ in sentences]
            evidence = {self._rules[rule]: loudest(spans, weights[:, rule]) for rule in firing}
        return Opinion(
            kinds=self._kinds(families, 1)[0],
            rules=dict(zip(self._rules, chances.tolist(), strict=True)),
            fires=frozenset(self._rules[rule] for rule in firing),
            evidence=evidence,
            care=round(seen.care - artifact.weighing.care, _DIGITS),
        )

    def kinds(self, readings: Sequence[Reading]) -> Sequence[Mapping[Kind, float]]:
        """Return the kind scores alone: words and structure decide them, so the encoder is not asked."""
        texts = [[text for _, text in plain_sentences(reading)] for reading in readings]
        return self._kinds(features_of(readings, texts), len(readings)) if readings else []

    def _kinds(self, families: Sequence[Filed], count: int) -> Sequence[Mapping[Kind, float]]:
        scores = self._kind_table.scores(families, count)
        chances = np.exp(scores - scores.max(axis=1, keepdims=True))
        shares: list[list[float]] = np.round(chances / chances.sum(axis=1, keepdims=True), 4).tolist()
        return [dict(zip(Kind, row, strict=True)) for row in shares]


@cache
def trained_reader() -> TrainedReader:
    """Return the reader that comes with the package, loaded once."""
    return TrainedReader(load())
