# pyright: reportMissingImports=false, reportUnknownVariableType=false, reportUnknownArgumentType=false, reportUnknownParameterType=false, reportUntypedBaseClass=false
# torch belongs to the extra `train` and is not installed where the code is checked.
"""The encoder while it learns: a few layers of MiniLM with one linear head."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn import functional

from bot.model.encoder import HEADS, WIDTH
from bot.model.pieces import POSITIONS
from bot.training.base_weights import tensors

LAYERS: Final = (0, 2, 4)  # every second layer of the six
_DROPPED: Final = 0.1
_LOWEST: Final = -1e4


class TrainedLayer(nn.Module):
    """One transformer layer, filled from layer `number` of the base weights."""

    def __init__(self, number: int, base: dict[str, NDArray[np.float32]]) -> None:
        super().__init__()
        wide = base[f"encoder.layer.{number}.intermediate.dense.bias"].size
        self.attend = nn.Linear(WIDTH, 3 * WIDTH)
        self.mix = nn.Linear(WIDTH, WIDTH)
        self.mix_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.widen = nn.Linear(WIDTH, wide)
        self.narrow = nn.Linear(wide, WIDTH)
        self.narrow_norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.drop = nn.Dropout(_DROPPED)
        prefix = f"encoder.layer.{number}."
        for part in ("weight", "bias"):
            three = [base[f"{prefix}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            getattr(self.attend, part).data = torch.from_numpy(np.concatenate(three))
            for module, name in (
                (self.mix, "attention.output.dense"),
                (self.mix_norm, "attention.output.LayerNorm"),
                (self.widen, "intermediate.dense"),
                (self.narrow, "output.dense"),
                (self.narrow_norm, "output.LayerNorm"),
            ):
                getattr(module, part).data = torch.from_numpy(base[f"{prefix}{name}.{part}"])

    def forward(self, states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Return the states after the layer; `mask` tells which pieces are no padding."""
        drafts, count, _ = states.shape
        parts = self.attend(states).view(drafts, count, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(*parts, attn_mask=mask)
        seen = self.mix(seen.transpose(1, 2).reshape(drafts, count, WIDTH))
        states = self.mix_norm(states + self.drop(seen))
        wide = functional.gelu(self.widen(states), approximate="tanh")
        return self.narrow_norm(states + self.drop(self.narrow(wide)))


class Network(nn.Module):
    """The whole encoder; the word vectors stay as they are, so that rare words keep their meaning."""

    def __init__(self, outputs: int, layers: Sequence[int] = LAYERS) -> None:
        super().__init__()
        base = tensors()
        self.words = nn.Embedding.from_pretrained(
            torch.from_numpy(base["embeddings.word_embeddings.weight"]), freeze=True
        )
        self.positions = nn.Parameter(
            torch.from_numpy(base["embeddings.position_embeddings.weight"][:POSITIONS]), requires_grad=False
        )
        self.parts = nn.Embedding.from_pretrained(
            torch.from_numpy(base["embeddings.token_type_embeddings.weight"]), freeze=False
        )
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.norm.weight.data = torch.from_numpy(base["embeddings.LayerNorm.weight"])
        self.norm.bias.data = torch.from_numpy(base["embeddings.LayerNorm.bias"])
        self.layers = nn.ModuleList([TrainedLayer(number, base) for number in layers])
        self.drop = nn.Dropout(_DROPPED)
        self.head = nn.Linear(2 * WIDTH, outputs)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    def forward(self, numbers: torch.Tensor, parts: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Return the scores of a batch; `parts` is 1 for pieces of what the draft answers."""
        states = self.words(numbers) + self.positions[: numbers.shape[1]] + self.parts(parts)
        states = self.drop(self.norm(states))
        heeded = mask[:, None, None, :].bool()
        for layer in self.layers:
            states = layer(states, heeded)
        own = (mask * (1 - parts))[..., None].to(states.dtype)
        mean = (states * own).sum(1) / own.sum(1)
        peak = states.masked_fill(own == 0, _LOWEST).max(1).values
        return self.head(self.drop(torch.cat([mean, peak], 1)).float())
