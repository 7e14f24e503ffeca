"""The linear half of the reader: a table of whole-number weights, summed exactly."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.model.features import STRUCTURE
from bot.model.hashing import Filed

Floats = NDArray[np.float64]

STEPS: Final = 127
STRUCTURE_VALUE: Final = 0.25  # what one structural signal counts; chosen by cross-validation
_FAMILY_VALUE: Final = (1.5, 1.0, STRUCTURE_VALUE, 0.5)
_UNITS: Final = 30_000  # whole-number units of the greatest weight


def values(family: int, counts: NDArray[np.int64]) -> Floats:
    """Return what each of so many features of a family counts, so that long drafts do not shout."""
    if family == STRUCTURE:
        return np.full(counts.size, STRUCTURE_VALUE)
    return _FAMILY_VALUE[family] / np.sqrt(counts)


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

    def scores(self, families: Sequence[Filed], count: int) -> Floats:
        """Return the score (log-odds) of each output, a row for each of `count` drafts.

        Sums of whole numbers: a draft scores the same on any machine, alone and among others.
        """
        return self.sums(families, count) * self.unit + self.bias

    def sums(self, families: Sequence[Filed], count: int) -> Floats:
        """Add up the weights of all columns, each family at its value, a row for each of `count` texts."""
        total = np.zeros((count, self.bias.size))
        counted = [np.bincount(found.owners, minlength=count) for found in families]
        there = [np.flatnonzero(sizes) for sizes in counted]
        sizes = np.concatenate([one[where] for one, where in zip(counted, there, strict=True)])
        if not sizes.size:
            return total
        rows = self.weights.take(np.concatenate([found.columns for found in families]), axis=0)
        sums = np.add.reduceat(rows, np.cumsum(sizes) - sizes, axis=0, dtype=np.int64)
        first = 0
        for family, where in enumerate(there):
            last = first + where.size
            total[where] += sums[first:last] * values(family, sizes[first:last])[:, None]
            first = last
        return total
