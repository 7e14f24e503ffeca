"""Chooses how the two halves are weighed and when a rule fires, on drafts held back from both."""

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bot.model.artifact import Weighing
from bot.training.labelled import RULES, Labelled
from bot.training.targets import Floats, targets

_SHARED: Final = 2.0  # penalty that keeps the two weights of a rule near each other where examples are few
_QUIET: Final = 0.975  # share of the harmless, written and real, that has to stay quiet
_PRICES: Final = tuple(np.arange(1.0, 8.1, 0.25).tolist())  # of a false alarm on a harmless draft
_CARE_PRECISION: Final = 0.9
_CARE_ALARMS: Final = 0.005  # of ordinary drafts: in doubt it is care
_CANDIDATES: Final = np.round(np.arange(0.10, 0.951, 0.01), 2)


def choose(rows: Sequence[Labelled], linear: Floats, encoder: Floats, care: float) -> Weighing:
    """Return weights, shifts and thresholds.

    Args:
        rows: drafts that neither half was trained on.
        linear: the word table's scores of them, an output a column.
        encoder: the encoder's scores.
        care: what everything that speaks for care has to come to (`care_from`).
    """
    wanted, counts = targets(rows)
    weights = [
        _weigh(np.stack([linear[:, rule], encoder[:, rule]], axis=1), wanted[:, rule], counts[:, rule])
        for rule in range(len(RULES))
    ]
    table, network, shift = (np.round(column, 4) for column in np.array(weights).T)
    chances = probabilities(linear, encoder, table, network, shift)
    thresholds = _thresholds(rows, chances, wanted, counts)
    return Weighing(
        rules=RULES,
        linear=tuple(table.tolist()),
        encoder=tuple(network.tolist()),
        shift=tuple(shift.tolist()),
        thresholds=tuple(thresholds.tolist()),
        care=care,
    )


def care_from(wanted: NDArray[np.bool_], pleas: Floats, ordinary: Floats) -> float:
    """Return the least log-odds of care that are nearly always right.

    Args:
        wanted: whether each case, of an author that nothing was trained on, has to be met with care.
        pleas: the log-odds of the cases.
        ordinary: those of ordinary drafts.
    """
    candidates = np.round(np.arange(-6.0, 6.0, 0.1), 1).tolist()
    for score in candidates:
        met = pleas >= score
        right = wanted[met].mean() if met.any() else 1.0
        if right >= _CARE_PRECISION and (ordinary >= score).mean() <= _CARE_ALARMS:
            return score
    return candidates[-1]


def probabilities(linear: Floats, encoder: Floats, *weighing: Floats) -> Floats:
    """Return the probability of each rule, rounded as the reader rounds it."""
    table, network, shift = weighing
    count = len(RULES)
    return np.round(1 / (1 + np.exp(-(table * linear[:, :count] + network * encoder[:, :count] + shift))), 3)


def _weigh(scores: Floats, wanted: Floats, counts: Floats) -> tuple[float, float, float]:
    """Fit a logistic regression with two weights, both drawn towards one half."""

    def loss(point: Floats) -> float:
        score = scores @ point[:2] + point[2]
        surprise = float((counts * (np.logaddexp(0, score) - wanted * score)).sum())
        return surprise + _SHARED * float(((point[:2] - 0.5) ** 2).sum())

    found = minimize(
        loss, np.array([0.5, 0.5, 0.0]), method="L-BFGS-B", bounds=[(0.1, 2), (0.1, 2), (-6, 6)]
    ).x
    return float(found[0]), float(found[1]), float(found[2])


def _thresholds(rows: Sequence[Labelled], chances: Floats, wanted: Floats, counts: Floats) -> Floats:
    """Return the thresholds of best F1, at the least price of false alarms that keeps the harmless quiet."""
    clean: NDArray[np.bool_] = np.array([row.clean for row in rows], bool)
    groups = [clean & np.array([row.real is real for row in rows], bool) for real in (False, True)]
    thresholds = np.full(len(RULES), 0.5)
    for price in _PRICES:
        cost = np.where(clean, price, 1.0)
        columns = range(len(RULES))
        thresholds = np.array(
            [_threshold(chances[:, rule], wanted[:, rule], counts[:, rule] * cost) for rule in columns]
        )
        fires: NDArray[np.bool_] = np.any(chances >= thresholds, axis=1)
        if all(1 - fires[group].mean() >= _QUIET for group in groups if group.any()):
            break
    return thresholds


def _threshold(chances: Floats, wanted: Floats, cost: Floats) -> float:
    """Return the threshold with the best F1, false alarms counted by their cost."""
    scored: list[tuple[float, float]] = []
    for threshold in _CANDIDATES:
        fires = chances >= threshold
        hits = float((fires * wanted).sum())
        alarms = float((fires * (1 - wanted) * cost).sum())
        missed = float((~fires * wanted).sum())
        scored.append((2 * hits / max(2 * hits + alarms + missed, 1), float(threshold)))
    best = max(score for score, _ in scored)
    # among thresholds as good as the best, the middle one: it stays good on other drafts
    good = [threshold for score, threshold in scored if score >= best - 0.003]
    return good[len(good) // 2]
