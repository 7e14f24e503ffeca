"""The word table: bytes on disk, whole numbers in memory, exact sums."""

import numpy as np

from bot.model.linear import Linear, squeeze, values


def table():
    weights = np.random.default_rng(1).normal(size=(50, 3)) ** 3
    squeezed, greatest = squeeze(weights)
    return weights, Linear.unpack(squeezed, greatest, np.array([0.5, 0.0, -1.0]))


def test_a_byte_keeps_a_weight_within_a_hundredth_of_the_greatest():
    weights, linear = table()
    kept = linear.weights * linear.unit
    assert (np.abs(kept - weights) <= 0.01 * np.abs(weights).max(axis=0)).all()


def test_scores_do_not_depend_on_the_order_of_columns():
    _, linear = table()
    columns = np.array([1, 7, 30])
    other = np.zeros(0, np.int64)
    assert (
        linear.scores((columns, other, other, other)) == linear.scores((columns[::-1], other, other, other))
    ).all()


def test_a_part_of_the_outputs_scores_the_same():
    _, linear = table()
    families = tuple(np.array([family, family + 9]) for family in range(4))
    assert (linear.only(slice(1, None)).scores(families) == linear.scores(families)[1:]).all()


def test_many_features_count_less_each():
    assert values(0, 100) < values(0, 10)
    assert values(2, 100) == values(2, 10)
