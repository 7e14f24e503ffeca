"""The linear half of the reader: a table of whole-number weights, summed exactly."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.model.features import STRUCTURE
from bot.model.hashing import Columns

Floats = NDArray[np.float64]

STEPS: Final = 127
STRUCTURE_VALUE: Final = 0.25  # what one structural signal counts; chosen by cross-validation
_FAMILY_VALUE: Final = (1.5, 1.0, STRUCTURE_VALUE, 0.5)
_UNITS: Final = 30_000  # whole-number units of the greatest weight


def values(family: int, count: int) -> float:
    """Return what each of `count` features of a family counts, so that long drafts do not shout."""
    if family == STRUCTURE:
        return STRUCTURE_VALUE
    return _FAMILY_VALUE[family] / sqrt(max(count, 1))


def squeeze(weights: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Store each weight in a byte, finer near zero: the sign and the square root of its size.

    Returns:
        The bytes, and for each output the size of its greatest weight.
    """
    greatest = np.maximum(np.abs(weights).max(axis=0), 1e-9)
    steps = np.rint(np.sqrt(np.abs(weights) / greatest) * STEPS) * np.sign(weights)
    return steps.astype(np.int8), greatest


@dataclass(frozen=True, slots=True)
class Linear:
    """Weights of all outputs for every column of the feature table.

    Attributes:
        weights: whole-number weights, a row for each column of the table, an output for each column.
        unit: for each output, what one whole-number unit is worth.
        bias: for each output.
    """

    weights: NDArray[np.int16]
    unit: Floats
    bias: Floats

    @classmethod
    def unpack(cls, squeezed: NDArray[np.int8], greatest: Floats, bias: Floats) -> "Linear":
        """Make the table from its bytes (see `squeeze`)."""
        step = np.arange(-128, 128, dtype=np.float64) / STEPS
        table = np.rint(np.sign(step) * step * step * _UNITS).clip(-32767, 32767).astype(np.int16)
        return cls(table[squeezed.astype(np.int16) + 128], greatest / _UNITS, bias)

    def only(self, outputs: slice) -> "Linear":
        """Return the same table for some of its outputs."""
        return Linear(np.ascontiguousarray(self.weights[:, outputs]), self.unit[outputs], self.bias[outputs])

    def scores(self, families: Sequence[Columns]) -> Floats:
        """Return the score (log-odds) of each output; sums of whole numbers, the same on any machine."""
        return self._sum(families) * self.unit + self.bias

    def _sum(self, families: Sequence[Columns]) -> Floats:
        """Add up the weights of all columns, each family at its value."""
        filled = [(values(family, found.size), found) for family, found in enumerate(families) if found.size]
        if not filled:
            return np.zeros(self.bias.size)
        starts = np.cumsum([0, *(found.size for _, found in filled[:-1])])
        rows = self.weights[np.concatenate([found for _, found in filled])]
        sums = np.add.reduceat(rows, starts, axis=0, dtype=np.int64)
        total = np.zeros(self.bias.size)
        for (value, _), part in zip(filled, sums, strict=True):
            total += part * value
        return total

    def part_scores(self, words: Columns, characters: Columns) -> Floats:
        """Return what the words of one part of a draft speak for, as if it stood alone."""
        return self._sum((words, characters)) * self.unit
