# pyright: reportMissingImports=false, reportUnknownVariableType=false, reportUnknownArgumentType=false, reportUnknownParameterType=false
# torch belongs to the extra `train` and is not installed where the code is checked.
"""Turns what was trained into the arrays of the artifact."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.model.artifact import pack_matrix
from bot.model.linear import squeeze
from bot.training.base_weights import vocabulary
from bot.training.labelled import RULES
from bot.training.network import Network
from bot.training.targets import CARE, Floats


def linear_arrays(weights: Floats, bias: Floats) -> dict[str, NDArray[Any]]:
    """Return the arrays of the word table."""
    squeezed, greatest = squeeze(weights)
    return {"linear": squeezed, "linear_greatest": greatest, "linear_bias": np.round(bias, 6)}


def encoder_arrays(network: Network) -> dict[str, NDArray[Any]]:
    """Return the arrays of the encoder: matrices in bytes, everything small as it is; no kinds."""
    shipped = [*range(len(RULES)), CARE]
    state = {name: tensor.detach().float().numpy() for name, tensor in network.state_dict().items()}
    words = pack_matrix("words", np.ascontiguousarray(state["words.weight"].T))
    arrays: dict[str, NDArray[Any]] = {
        "vocabulary": np.frombuffer("\n".join(vocabulary()).encode(), np.uint8),
        "words": np.ascontiguousarray(words["words"].T),
        "words_scale": words["words_scale"],
        "positions": state["positions"].astype(np.float16),
        "parts": state["parts.weight"],
        "norm": np.stack([state["norm.weight"], state["norm.bias"]]),
        "head": np.ascontiguousarray(state["head.weight"][shipped].T),
        "head_bias": state["head.bias"][shipped],
    }
    for index in range(len(network.layers)):
        source, target = f"layers.{index}.", f"layer{index}_"
        for name in ("attend", "mix", "widen", "narrow"):
            arrays |= pack_matrix(target + name, np.ascontiguousarray(state[f"{source}{name}.weight"].T))
            arrays[f"{target}{name}_bias"] = state[f"{source}{name}.bias"]
        for name in ("mix_norm", "narrow_norm"):
            arrays[target + name] = np.stack([state[f"{source}{name}.weight"], state[f"{source}{name}.bias"]])
    return arrays
