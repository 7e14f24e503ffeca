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
from bot.training.targets import CARE, SEED, WITH_CARE, care_targets, targets

EPOCHS: Final = 3
_BATCH: Final = 16


def tune(
    rows: Sequence[Labelled],
    cases: Sequence[CareCase],
    epochs: float = EPOCHS,
    seeds: Sequence[int] = (SEED,),
) -> Network:
    """Return an encoder that learned from `rows` and `cases`: the mean of one for each seed.

    They start from the same weights and so stay near each other; their mean is surer than either.
    """
    inputs = pieces_of_all([example.draft for example in (*rows, *cases)])
    wanted, counts = _answers(rows, cases)
    rules = len(RULES)

    def loss(scores: torch.Tensor, batch: Sequence[int]) -> torch.Tensor:
        answers, weights = wanted[batch], counts[batch]
        fires = functional.binary_cross_entropy_with_logits(scores, answers, reduction="none") * weights
        kind = functional.cross_entropy(scores[:, rules:CARE], answers[:, rules:CARE], reduction="none")
        return (fires[:, :rules].sum(1) + kind * weights[:, rules] + fires[:, CARE]).mean()

    networks: list[Network] = []
    for seed in seeds:
        begin()
        networks.append(Network(WITH_CARE))
        fit(networks[-1], inputs, loss, epochs, _BATCH, seed)
    states = [network.state_dict() for network in networks]
    mean = {name: torch.stack([state[name].float() for state in states]).mean(0) for name in states[0]}
    networks[0].load_state_dict(mean)
    return networks[0]


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
