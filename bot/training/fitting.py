# pyright: reportMissingImports=false, reportUnknownVariableType=false, reportUnknownArgumentType=false, reportUnknownParameterType=false
# torch belongs to the extra `train` and is not installed where the code is checked.
"""How the encoder learns: batches of drafts of like length, and steps that grow smaller."""

import logging
import os
import random
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Final

import torch

from bot.model.pieces import Pieces, pieces_of
from bot.model.plain import plain_sentences
from bot.model.wordpiece import WordPiece
from bot.text.draft import Draft
from bot.text.read import read
from bot.training.base_weights import vocabulary
from bot.training.network import Network
from bot.training.targets import SEED

_NEIGHBOURHOOD: Final = 16  # batches among which drafts are sorted by length, to save padding
_RATE, _HEAD_RATE = 1.5e-4, 1e-3
_WARM_UP: Final = 0.06
_STEEPEST: Final = 1.0
_SAY_EVERY: Final = 50

_log = logging.getLogger(__name__)

Loss = Callable[[torch.Tensor, Sequence[int]], torch.Tensor]
"""From the scores of a batch and the places of its drafts to what is to be made small."""


def pieces_of_all(drafts: Iterable[Draft]) -> list[Pieces]:
    """Return the encoder's input for every draft, exactly as at run time."""
    tokenizer = WordPiece(vocabulary())
    found: list[Pieces] = []
    for draft in drafts:
        reading = read(draft)
        found.append(pieces_of(reading, [text for _, text in plain_sentences(reading)], tokenizer))
    return found


def begin() -> None:
    """Fix the seed, before a network is made."""
    torch.set_num_threads(os.cpu_count() or 1)  # the package keeps numpy to one thread, and torch heeds that
    torch.manual_seed(SEED)


def fit(
    network: Network, inputs: Sequence[Pieces], loss: Loss, epochs: float, size: int, seed: int = SEED
) -> None:
    """Teach a network, and leave it ready to be asked.

    Args:
        network: made after `begin`.
        inputs: the drafts in pieces.
        loss: what is to be made small.
        epochs: passes over all drafts.
        size: drafts in a batch.
        seed: of the order in which it sees them, and of what it drops.
    """
    torch.manual_seed(seed)
    order = random.Random(seed)  # noqa: S311 - the order of training, not a secret
    steps = int(epochs * len(inputs) / size)
    optimizer = torch.optim.AdamW(_groups(network))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / (_WARM_UP * steps)) * max(0.0, 1 - step / steps)
    )
    network.train()
    step, started = 0, time.monotonic()
    while step < steps:
        for batch in _batches(inputs, order, size)[: steps - step]:
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = network(*padded([inputs[index] for index in batch])).float()
            surprise = loss(scores, batch)
            optimizer.zero_grad(set_to_none=True)
            surprise.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), _STEEPEST)
            optimizer.step()
            schedule.step()
            step += 1
            if step % _SAY_EVERY == 0:
                seconds = time.monotonic() - started
                said = float(surprise.detach())
                _log.info("encoder: step %d of %d, loss %.3f, %.0f s", step, steps, said, seconds)
    network.eval()


def padded(batch: Sequence[Pieces]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return drafts as the network takes them: the pieces, what they belong to, and which are no padding."""
    longest = max(len(pieces.numbers) for pieces in batch)
    numbers, parts, mask = (torch.zeros(len(batch), longest, dtype=torch.long) for _ in range(3))
    for index, pieces in enumerate(batch):
        count = len(pieces.numbers)
        numbers[index, :count] = torch.tensor(pieces.numbers)
        parts[index, pieces.drafted : count] = 1
        mask[index, :count] = 1
    return numbers, parts, mask


def _groups(network: Network) -> list[dict[str, object]]:
    head = {id(parameter) for parameter in network.head.parameters()}
    learning = [p for p in network.parameters() if p.requires_grad and id(p) not in head]
    return [
        {"params": [p for p in learning if p.ndim > 1], "lr": _RATE, "weight_decay": 0.01},
        {"params": [p for p in learning if p.ndim == 1], "lr": _RATE, "weight_decay": 0.0},
        {"params": list(network.head.parameters()), "lr": _HEAD_RATE, "weight_decay": 0.01},
    ]


def _batches(inputs: Sequence[Pieces], order: random.Random, size: int) -> list[list[int]]:
    indices = list(range(len(inputs)))
    order.shuffle(indices)
    batches: list[list[int]] = []
    for start in range(0, len(indices), size * _NEIGHBOURHOOD):
        near = sorted(
            indices[start : start + size * _NEIGHBOURHOOD], key=lambda index: len(inputs[index].numbers)
        )
        batches += [near[first : first + size] for first in range(0, len(near), size)]
    order.shuffle(batches)
    return batches
