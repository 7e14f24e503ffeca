# pyright: reportMissingImports=false, reportUnknownVariableType=false, reportUnknownArgumentType=false, reportUnknownParameterType=false
# torch belongs to the extra `train` and is not installed where the code is checked.
"""Fine-tunes the encoder on the labelled drafts and the cases written for care.

Its outputs are the rules, the kinds (which help it learn and are not shipped), and care.
"""

import logging
import os
import random
import time
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from bot.model.pieces import Pieces, pieces_of
from bot.model.plain import plain_sentences
from bot.model.wordpiece import WordPiece
from bot.text.draft import Draft
from bot.text.read import read
from bot.training.base_weights import vocabulary
from bot.training.labelled import RULES, CareCase, Labelled
from bot.training.network import Network
from bot.training.targets import CARE, WITH_CARE, care_targets, targets

SEED: Final = 7
EPOCHS: Final = 3
_BATCH: Final = 16
_NEIGHBOURHOOD: Final = 16  # batches among which drafts are sorted by length, to save padding
_RATE, _HEAD_RATE = 1.5e-4, 1e-3
_WARM_UP: Final = 0.06
_STEEPEST: Final = 1.0
_SAY_EVERY: Final = 50

_log = logging.getLogger(__name__)


def pieces_of_all(drafts: Iterable[Draft]) -> list[Pieces]:
    """Return the encoder's input for every draft, exactly as at run time."""
    tokenizer = WordPiece(vocabulary())
    found: list[Pieces] = []
    for draft in drafts:
        reading = read(draft)
        found.append(pieces_of(reading, [text for _, text in plain_sentences(reading)], tokenizer))
    return found


def tune(rows: Sequence[Labelled], cases: Sequence[CareCase], epochs: float = EPOCHS) -> Network:
    """Return an encoder that learned from `rows` and `cases`, with the seed fixed."""
    torch.set_num_threads(os.cpu_count() or 1)  # the package keeps numpy to one thread, and torch heeds that
    torch.manual_seed(SEED)
    network = Network(WITH_CARE)
    order = random.Random(SEED)  # noqa: S311 - the order of training, not a secret
    inputs = pieces_of_all([example.draft for example in (*rows, *cases)])
    wanted, counts = _answers(rows, cases)
    steps = int(epochs * len(inputs) / _BATCH)
    optimizer = torch.optim.AdamW(_groups(network))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, (step + 1) / (_WARM_UP * steps)) * max(0.0, 1 - step / steps)
    )
    network.train()
    step, started, rules = 0, time.monotonic(), len(RULES)
    while step < steps:
        for batch in _batches(inputs, order)[: steps - step]:
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = network(*_padded([inputs[index] for index in batch])).float()
            answers, weights = wanted[batch], counts[batch]
            fires = functional.binary_cross_entropy_with_logits(scores, answers, reduction="none") * weights
            kind = functional.cross_entropy(scores[:, rules:CARE], answers[:, rules:CARE], reduction="none")
            loss = (fires[:, :rules].sum(1) + kind * weights[:, rules] + fires[:, CARE]).mean()
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), _STEEPEST)
            optimizer.step()
            schedule.step()
            step += 1
            if step % _SAY_EVERY == 0:
                seconds = time.monotonic() - started
                _log.info(
                    "encoder: step %d of %d, loss %.3f, %.0f s", step, steps, float(loss.detach()), seconds
                )
    return network.eval()


def predict(network: Network, drafts: Sequence[Draft]) -> NDArray[np.float64]:
    """Return the scores of every output, a row for each draft."""
    inputs = pieces_of_all(drafts)
    scores = np.zeros((len(drafts), WITH_CARE))
    by_length = sorted(range(len(inputs)), key=lambda index: len(inputs[index].numbers))
    with torch.no_grad():
        for start in range(0, len(by_length), 32):
            batch = by_length[start : start + 32]
            scores[batch] = network(*_padded([inputs[index] for index in batch])).numpy()
    return scores


def _answers(rows: Sequence[Labelled], cases: Sequence[CareCase]) -> tuple[torch.Tensor, torch.Tensor]:
    """Return what each example should answer and how much each answer counts; cases teach care alone."""
    wanted, counts = np.zeros((2, len(rows) + len(cases), WITH_CARE))
    wanted[: len(rows), :CARE], counts[: len(rows), :CARE] = targets(rows)
    wanted[:, CARE], counts[:, CARE] = care_targets(rows, cases)
    return torch.from_numpy(wanted).float(), torch.from_numpy(counts).float()


def _groups(network: Network) -> list[dict[str, object]]:
    head = {id(parameter) for parameter in network.head.parameters()}
    learning = [p for p in network.parameters() if p.requires_grad and id(p) not in head]
    return [
        {"params": [p for p in learning if p.ndim > 1], "lr": _RATE, "weight_decay": 0.01},
        {"params": [p for p in learning if p.ndim == 1], "lr": _RATE, "weight_decay": 0.0},
        {"params": list(network.head.parameters()), "lr": _HEAD_RATE, "weight_decay": 0.01},
    ]


def _batches(inputs: Sequence[Pieces], order: random.Random) -> list[list[int]]:
    indices = list(range(len(inputs)))
    order.shuffle(indices)
    batches: list[list[int]] = []
    for start in range(0, len(indices), _BATCH * _NEIGHBOURHOOD):
        near = sorted(
            indices[start : start + _BATCH * _NEIGHBOURHOOD], key=lambda index: len(inputs[index].numbers)
        )
        batches += [near[first : first + _BATCH] for first in range(0, len(near), _BATCH)]
    order.shuffle(batches)
    return batches


def _padded(batch: Sequence[Pieces]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    longest = max(len(pieces.numbers) for pieces in batch)
    numbers, parts, mask = (torch.zeros(len(batch), longest, dtype=torch.long) for _ in range(3))
    for index, pieces in enumerate(batch):
        count = len(pieces.numbers)
        numbers[index, :count] = torch.tensor(pieces.numbers)
        parts[index, pieces.drafted : count] = 1
        mask[index, :count] = 1
    return numbers, parts, mask
