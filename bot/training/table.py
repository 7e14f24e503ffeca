"""Trains the word table: one logistic regression for each output over the hashed features."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from bot.model.features import features
from bot.model.hashing import BITS, Columns
from bot.model.linear import values
from bot.model.plain import plain_sentences
from bot.text.draft import Draft
from bot.text.read import read
from bot.training.labelled import RULES
from bot.training.targets import OUTPUTS, Floats

RULE_SOFTNESS: Final = 100.0  # inverse of the penalty on great weights; 30 to 100 cross-validate alike
KIND_SOFTNESS: Final = 3.0  # of 3, 10 and 30 the best by author for written and for real text
_STEPS: Final = 60
_SEEN_AT_LEAST: Final = 2

Families = tuple[Columns, ...]


def families_of(draft: Draft) -> Families:
    """Return the feature columns of a draft."""
    reading = read(draft)
    return features(reading, [text for _, text in plain_sentences(reading)])


def matrix(rows: Sequence[Families]) -> sparse.csr_matrix:
    """Return the features of many drafts as one sparse matrix, valued as `Linear.scores` values them."""
    parts = [(k, found) for families in rows for k, found in enumerate(families) if found.size]
    data = np.concatenate([np.repeat(values(k, np.array([found.size])), found.size) for k, found in parts])
    columns = np.concatenate([found for _, found in parts])
    ends = np.cumsum([0, *(sum(found.size for found in families) for families in rows)])
    built = sparse.csr_matrix((data, columns, ends), shape=(len(rows), 1 << BITS))
    built.sum_duplicates()
    return built


def fit(table: sparse.csr_matrix, wanted: Floats, counts: Floats) -> tuple[Floats, Floats]:
    """Fit every output.

    Args:
        table: features, a row for each draft.
        wanted: answers between 0 and 1.
        counts: how much each answer counts.

    Returns:
        Weights (a row for each column of the feature table) and the bias of each output.
    """
    width = 1 << BITS
    seen = np.flatnonzero(np.bincount(table.indices, minlength=width) >= _SEEN_AT_LEAST)
    used = table[:, seen].tocsr()
    turned = used.T.tocsr()
    rules = len(RULES)
    weights = np.zeros((width, OUTPUTS))
    bias = np.zeros(OUTPUTS)
    for output in range(rules):
        found = _logistic(used, turned, wanted[:, output], counts[:, output])
        weights[seen, output] = found[:-1]
        bias[output] = found[-1]
    found = _softmax(used, turned, wanted[:, rules:], counts[:, rules])
    weights[seen, rules:] = found[:-1]
    bias[rules:] = found[-1]
    return weights, bias


def _logistic(table: sparse.csr_matrix, turned: sparse.csr_matrix, wanted: Floats, counts: Floats) -> Floats:
    def loss(point: Floats) -> tuple[float, Floats]:
        scores = table @ point[:-1] + point[-1]
        error = counts * (1 / (1 + np.exp(-scores)) - wanted)
        slope = np.empty_like(point)
        slope[:-1] = turned @ error + point[:-1] / RULE_SOFTNESS
        slope[-1] = error.sum()
        surprise = float((counts * (np.logaddexp(0, scores) - wanted * scores)).sum())
        return surprise + 0.5 * float(point[:-1] @ point[:-1]) / RULE_SOFTNESS, slope

    return _minimum(loss, turned.indptr.size)


def _softmax(table: sparse.csr_matrix, turned: sparse.csr_matrix, wanted: Floats, counts: Floats) -> Floats:
    shape = (turned.indptr.size, wanted.shape[1])

    def loss(flat: Floats) -> tuple[float, Floats]:
        point = flat.reshape(shape)
        scores = table @ point[:-1] + point[-1]
        scores -= scores.max(axis=1, keepdims=True)
        chances = np.exp(scores)
        total = chances.sum(axis=1, keepdims=True)
        error = counts[:, None] * (chances / total - wanted)
        slope = np.empty_like(point)
        slope[:-1] = turned @ error + point[:-1] / KIND_SOFTNESS
        slope[-1] = error.sum(axis=0)
        surprise = float((counts[:, None] * wanted * (np.log(total) - scores)).sum())
        return surprise + 0.5 * float((point[:-1] ** 2).sum()) / KIND_SOFTNESS, slope.ravel()

    return _minimum(loss, shape[0] * shape[1]).reshape(shape)


def _minimum(loss: Callable[[Floats], tuple[float, Floats]], size: int) -> Floats:
    options = {"maxiter": _STEPS, "maxcor": 8, "ftol": 1e-6}
    return minimize(loss, np.zeros(size), jac=True, method="L-BFGS-B", options=options).x
