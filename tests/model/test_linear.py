"""The word table: bytes on disk, whole numbers in memory, exact sums."""

import numpy as np

from bot.model.hashing import Filed
from bot.model.linear import Linear, squeeze, values


def table():
    weights = np.random.default_rng(1).normal(size=(50, 3)) ** 3
    squeezed, greatest = squeeze(weights)
    return weights, Linear.unpack(squeezed, greatest, np.array([0.5, 0.0, -1.0]))


def test_a_byte_keeps_a_weight_within_a_hundredth_of_the_greatest():
    weights, linear = table()
    kept = linear.weights * linear.unit
    assert (np.abs(kept - weights) <= 0.01 * np.abs(weights).max(axis=0)).all()


def of_one(*columns):
    return tuple(Filed(np.array(found, np.int64), np.zeros(len(found), np.int64)) for found in columns)


def test_scores_do_not_depend_on_the_order_of_columns():
    _, linear = table()
    forth, back = of_one([1, 7, 30], [], [], []), of_one([30, 7, 1], [], [], [])
    assert (linear.scores(forth, 1) == linear.scores(back, 1)).all()


def test_a_part_of_the_outputs_scores_the_same():
    _, linear = table()
    families = of_one(*([family, family + 9] for family in range(4)))
    assert (linear.only(slice(1, None)).scores(families, 1) == linear.scores(families, 1)[:, 1:]).all()


def test_a_draft_without_features_scores_the_bias():
    _, linear = table()
    assert (linear.scores(of_one([], [], [], []), 2) == linear.bias).all()


def test_among_others_a_draft_scores_what_it_scores_alone():
    _, linear = table()
    words, characters = (
        Filed(np.array([1, 7, 3]), np.array([0, 0, 2])),
        Filed(np.array([9, 9]), np.array([1, 2])),
    )
    scores = linear.scores((words, characters), 3)
    alone = [of_one([1, 7], []), of_one([], [9]), of_one([3], [9])]
    assert (scores == np.concatenate([linear.scores(families, 1) for families in alone])).all()


def test_many_features_count_less_each():
    assert values(0, np.array([100])) < values(0, np.array([10]))
    assert values(2, np.array([100])) == values(2, np.array([10]))
