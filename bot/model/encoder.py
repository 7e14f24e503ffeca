"""The encoder half of the reader: three transformer layers in plain numpy, one draft at a time."""

from dataclasses import dataclass
from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

WIDTH: Final = 384
HEADS: Final = 12
ABREAST: Final = 16
"""Columns that a processor multiplies abreast: with a multiple of them none of its lanes stays empty."""

_TINY = np.float32(1e-12)
_GELU = (np.float32(0.7978845608), np.float32(0.044715))
_SHARPNESS = np.float32(1 / sqrt(WIDTH // HEADS))


@dataclass(frozen=True, slots=True)
class Layer:
    """One transformer layer; matrices are laid out output by input, vectors stand upright."""

    attend: Floats
    attend_bias: Floats
    mix: Floats
    mix_bias: Floats
    mix_norm: Floats
    widen: Floats
    widen_bias: Floats
    narrow: Floats
    narrow_bias: Floats
    narrow_norm: Floats

    def __call__(self, states: Floats, count: int) -> Floats:
        """Return the states after the layer, a column for each of `count` pieces and some of no meaning."""
        parts = (self.attend @ states + self.attend_bias).reshape(3, HEADS, -1, states.shape[1])[..., :count]
        asks, keys, tells = parts
        heed = asks.transpose(0, 2, 1) @ keys * _SHARPNESS
        heed -= heed.max(axis=-1, keepdims=True)
        np.exp(heed, out=heed)
        heed /= heed.sum(axis=-1, keepdims=True)
        seen = np.zeros_like(states)
        seen[:, :count] = (tells @ heed.transpose(0, 2, 1)).reshape(WIDTH, count)
        heard: Floats = self.mix @ seen + self.mix_bias
        states = normalise(states + heard, self.mix_norm)
        thought: Floats = self.narrow @ gelu(self.widen @ states + self.widen_bias) + self.narrow_bias
        return normalise(states + thought, self.narrow_norm)


@dataclass(frozen=True, slots=True)
class Encoder:
    """Reads pieces and scores every output.

    Attributes:
        words: a row of whole numbers for each piece of the vocabulary.
        word_scale: what one unit of a row is worth.
        positions: added by place in the input.
        parts: added to the draft (row 0) and to what it answers (row 1).
        norm: scale and shift after the sum.
        layers: the layers, in order.
        head: weights from the mean and the greatest state to the outputs: the rules, then care.
        head_bias: for each output.
    """

    words: NDArray[np.int8]
    word_scale: Floats
    positions: Floats
    parts: Floats
    norm: Floats
    layers: tuple[Layer, ...]
    head: Floats
    head_bias: Floats

    def read(self, pieces: list[int], drafted: int) -> tuple[Floats, Floats]:
        """Score one draft.

        Args:
            pieces: the numbers of the pieces: the draft, then what it answers.
            drafted: how many of them belong to the draft.

        Returns:
            The score (log-odds) of each output, and what each piece of the draft added to it.
        """
        numbers = np.array(pieces)
        count = len(pieces)
        rows = self.words[numbers] * self.word_scale[numbers, None]
        rows += self.positions[:count]
        rows[:drafted] += self.parts[0]
        rows[drafted:] += self.parts[1]
        states = np.zeros((WIDTH, -(-count // ABREAST) * ABREAST), np.float32)
        states[:, :count] = rows.T
        states = normalise(states, self.norm)
        for layer in self.layers:
            states = layer(states, count)
        own = np.ascontiguousarray(states[:, :drafted].T)
        mean_part = own @ self.head[:WIDTH] / np.float32(drafted)
        strongest = own.argmax(axis=0)
        peak_part = own[strongest, np.arange(WIDTH)][:, None] * self.head[WIDTH:]
        added = mean_part.copy()
        np.add.at(added, strongest, peak_part)
        return mean_part.sum(axis=0) + peak_part.sum(axis=0) + self.head_bias, added


def normalise(states: Floats, norm: Floats) -> Floats:
    """Return each state (a column) shifted and scaled to mean 0 and variance 1, then by `norm`."""
    centred = states - states.mean(axis=0)
    variance = np.einsum("ij,ij->j", centred, centred) / np.float32(WIDTH)
    centred *= 1 / np.sqrt(variance + _TINY)
    return centred * norm[0] + norm[1]


def gelu(states: Floats) -> Floats:
    """Return the Gaussian error linear unit, by its usual approximation with tanh."""
    inner = states * states
    inner *= _GELU[1]
    inner += 1
    inner *= states
    inner *= _GELU[0]
    np.tanh(inner, out=inner)
    inner += 1
    inner *= states
    inner *= np.float32(0.5)
    return inner
