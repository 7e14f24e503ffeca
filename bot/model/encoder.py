"""The encoder half of the reader: three transformer layers in plain numpy, one draft at a time."""

from dataclasses import dataclass
from math import sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

WIDTH: Final = 384
HEADS: Final = 12
_TINY = np.float32(1e-12)
_GELU = (np.float32(0.7978845608), np.float32(0.044715))
_SHARPNESS = np.float32(1 / sqrt(WIDTH // HEADS))


@dataclass(frozen=True, slots=True)
class Layer:
    """One transformer layer; matrices are laid out input by output."""

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

    def __call__(self, states: Floats) -> Floats:
        """Return the states after the layer."""
        count = len(states)
        parts: Floats = (states @ self.attend + self.attend_bias).reshape(count, 3, HEADS, -1)
        asks, keys, tells = parts.transpose(1, 2, 0, 3)
        heed = asks @ keys.transpose(0, 2, 1) * _SHARPNESS
        heed -= heed.max(axis=-1, keepdims=True)
        np.exp(heed, out=heed)
        heed /= heed.sum(axis=-1, keepdims=True)
        seen: Floats = (heed @ tells).transpose(1, 0, 2).reshape(count, WIDTH)
        heard: Floats = seen @ self.mix + self.mix_bias
        states = normalise(states + heard, self.mix_norm)
        thought: Floats = gelu(states @ self.widen + self.widen_bias) @ self.narrow + self.narrow_bias
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
        states = self.words[numbers] * self.word_scale[numbers, None]
        states += self.positions[: len(pieces)]
        states[:drafted] += self.parts[0]
        states[drafted:] += self.parts[1]
        states = normalise(states, self.norm)
        for layer in self.layers:
            states = layer(states)
        own = states[:drafted]
        mean_part = own @ self.head[:WIDTH] / np.float32(drafted)
        strongest = own.argmax(axis=0)
        peak_part = own[strongest, np.arange(WIDTH)][:, None] * self.head[WIDTH:]
        added = mean_part.copy()
        np.add.at(added, strongest, peak_part)
        return mean_part.sum(axis=0) + peak_part.sum(axis=0) + self.head_bias, added


def normalise(states: Floats, norm: Floats) -> Floats:
    """Return each state shifted and scaled to mean 0 and variance 1, then by `norm`."""
    centred = states - states.mean(axis=1, keepdims=True)
    variance = np.einsum("ij,ij->i", centred, centred) / np.float32(WIDTH)
    centred *= (1 / np.sqrt(variance + _TINY))[:, None]
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
