"""The trained reader as one file: what is in it, and how it is written and loaded."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bot.model.encoder import Encoder, Layer
from bot.model.linear import Linear
from bot.model.wordpiece import WordPiece

FORMAT: Final = 2
FILE: Final = "reader.npz"
_MATRICES = ("attend", "mix", "widen", "narrow")
_VECTORS = ("attend_bias", "mix_bias", "mix_norm", "widen_bias", "narrow_bias", "narrow_norm")

Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Weighing:
    """How the two halves become one probability for each rule.

    Attributes:
        rules: the rules, in the order of the outputs.
        linear: for each rule, the weight of the word table's score.
        encoder: for each rule, the weight of the encoder's score.
        shift: for each rule, added to the weighted sum; the logistic of the result is the probability.
        thresholds: for each rule, the probability from which it fires.
        care: what the encoder's score for care and what else speaks for it have to come to together.
    """

    rules: tuple[str, ...]
    linear: tuple[float, ...]
    encoder: tuple[float, ...]
    shift: tuple[float, ...]
    thresholds: tuple[float, ...]
    care: float


@dataclass(frozen=True, slots=True)
class Artifact:
    """Everything the reader needs, ready to use."""

    linear: Linear
    encoder: Encoder
    tokenizer: WordPiece
    weighing: Weighing


def load(path: Path | None = None) -> Artifact:
    """Load the artifact; without a path, the one that comes with the package.

    Raises:
        ValueError: the file is of another format than this version reads.
    """
    content = path.read_bytes() if path else files("bot.model").joinpath(FILE).read_bytes()
    with np.load(BytesIO(content), allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in stored.files}
    about = json.loads(arrays["about"].tobytes())
    if about["format"] != FORMAT:
        raise ValueError(
            f"{path or FILE} has format {about['format']}, this version reads {FORMAT}; run `make train`"
        )
    care = about["weighing"].pop("care")
    weighing = Weighing(**{key: tuple(value) for key, value in about["weighing"].items()}, care=care)
    return Artifact(
        linear=Linear.unpack(arrays["linear"], arrays["linear_greatest"], arrays["linear_bias"]),
        encoder=_encoder(arrays, about["layers"]),
        tokenizer=WordPiece(arrays["vocabulary"].tobytes().decode().split("\n")),
        weighing=weighing,
    )


def save(path: Path, arrays: Arrays, weighing: Weighing, layers: int) -> None:
    """Write the artifact; the same content gives the same bytes."""
    about = {
        "format": FORMAT,
        "layers": layers,
        "weighing": asdict(weighing),
    }
    packed = np.frombuffer(json.dumps(about).encode(), np.uint8)
    np.savez_compressed(path, about=packed, **arrays)  # pyright: ignore[reportArgumentType] - names are ours


def pack_matrix(name: str, matrix: NDArray[np.float32]) -> dict[str, NDArray[Any]]:
    """Store a matrix (input by output) in bytes, with one scale for each output."""
    scale = np.maximum(np.abs(matrix).max(axis=0), 1e-9).astype(np.float32) / np.float32(127)
    return {name: np.rint(matrix / scale).astype(np.int8), f"{name}_scale": scale}


def _encoder(arrays: Arrays, layers: int) -> Encoder:
    return Encoder(
        words=arrays["words"],
        word_scale=arrays["words_scale"],
        positions=arrays["positions"].astype(np.float32),
        parts=arrays["parts"],
        norm=arrays["norm"][..., None],
        layers=tuple(_layer(arrays, f"layer{index}_") for index in range(layers)),
        head=arrays["head"],
        head_bias=arrays["head_bias"],
    )


def _layer(arrays: Arrays, prefix: str) -> Layer:
    matrices = {
        name: np.ascontiguousarray(arrays[prefix + name].T) * arrays[f"{prefix}{name}_scale"][:, None]
        for name in _MATRICES
    }
    return Layer(**matrices, **{name: arrays[prefix + name][..., None] for name in _VECTORS})
