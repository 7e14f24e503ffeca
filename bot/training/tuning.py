# pyright: reportMissingImports=false, reportUnknownVariableType=false, reportUnknownArgumentType=false, reportUnknownParameterType=false
# torch belongs to the extra `train` and is not installed where the code is checked.
"""Fine-tunes the encoder on the labelled drafts and the cases written for care.

Its outputs are the rules, the kinds (which help it learn and are not shipped), and care.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from bot.text.draft import Draft
from bot.training.fitting import begin, fit, padded, pieces_of_all
from bot.training.labelled import RULES, CareCase, Labelled
from bot.training.network import Network
from bot.training.targets import CARE, WITH_CARE, care_targets, targets

EPOCHS: Final = 3
_BATCH: Final = 16


def tune(rows: Sequence[Labelled], cases: Sequence[CareCase], epochs: float = EPOCHS) -> Network:
    """Return an encoder that learned from `rows` and `cases`, with the seed fixed."""
    inputs = pieces_of_all([example.draft for example in (*rows, *cases)])
    wanted, counts = _answers(rows, cases)
    rules = len(RULES)

    def loss(scores: torch.Tensor, batch: Sequence[int]) -> torch.Tensor:
        answers, weights = wanted[batch], counts[batch]
        fires = functional.binary_cross_entropy_with_logits(scores, answers, reduction="none") * weights
        kind = functional.cross_entropy(scores[:, rules:CARE], answers[:, rules:CARE], reduction="none")
        return (fires[:, :rules].sum(1) + kind * weights[:, rules] + fires[:, CARE]).mean()

    begin()
    network = Network(WITH_CARE)
    fit(network, inputs, loss, epochs, _BATCH)
    return network


def predict(network: Network, drafts: Sequence[Draft]) -> NDArray[np.float64]:
    """Return the scores of every output, a row for each draft."""
    inputs = pieces_of_all(drafts)
    scores = np.zeros((len(drafts), WITH_CARE))
    by_length = sorted(range(len(inputs)), key=lambda index: len(inputs[index].numbers))
    with torch.no_grad():
        for start in range(0, len(by_length), 32):
            batch = by_length[start : start + 32]
            scores[batch] = network(*padded([inputs[index] for index in batch])).numpy()
    return scores


def _answers(rows: Sequence[Labelled], cases: Sequence[CareCase]) -> tuple[torch.Tensor, torch.Tensor]:
    """Return what each example should answer and how much each answer counts; cases teach care alone."""
    wanted, counts = np.zeros((2, len(rows) + len(cases), WITH_CARE))
    wanted[: len(rows), :CARE], counts[: len(rows), :CARE] = targets(rows)
    wanted[:, CARE], counts[:, CARE] = care_targets(rows, cases)
    return torch.from_numpy(wanted).float(), torch.from_numpy(counts).float()
